// SPDX-License-Identifier: MIT
// What the files that bind blocks share: compiled schemas and the state of one binding. Inside the
// module only.
#ifndef EPODE_ZW_BIND_H
#define EPODE_ZW_BIND_H

#include "zw/schema.h"

/// A schema made ready for binding. `absent[i]` is what field i holds when it does not stand in the
/// text: its default, or nothing.
typedef struct EpodeZwTable {
    const EpodeZwSchema* schema;
    EpodeText* names; // of the fields
    EpodeZwValue** absent;
    const struct EpodeZwTable** blocks; // BLOCK with a schema: its table, else NULL
    int has_repeats;
} EpodeZwTable;

/// A binding in progress.
typedef struct EpodeZwBinder {
    EpodeArena* arena;
    const EpodeZwSchemas* schemas;
    const EpodeZwTree* tree;
    EpodeDiagList* diags;
    uint32_t error_count;
} EpodeZwBinder;

/// Adds an error at a node.
///
/// Thread:  [load].
__attribute__((format(printf, 5, 6))) void epode_zw_error(EpodeZwBinder* binder, const char* code,
                                                          const EpodeZwNode* node, const char* hint,
                                                          const char* format, ...);

/// The table of a schema, NULL when the set does not have it.
///
/// Thread:  [load].
const EpodeZwTable* epode_zw_table(const EpodeZwSchemas* schemas, const EpodeZwSchema* schema);

/// Enters a schema whose fields are not filled in yet under its name; epode_zw_schemas_compile
/// makes its table once they are.
///
/// Errors:  EPODE_ERR_NO_MEM; compile as epode_zw_schemas_add.
/// Thread:  [load].
EpodeStatus epode_zw_schemas_declare(EpodeZwSchemas* schemas, const EpodeZwSchema* schema,
                                     int is_top);
EpodeStatus epode_zw_schemas_compile(EpodeZwSchemas* schemas, const EpodeZwSchema* schema);

/// Binds the value of a field: a list, one value or a block, as its flags say.
///
/// Errors:  EPODE_ERR_NO_MEM only; what is wrong is counted in the binder.
/// Thread:  [load].
EpodeStatus epode_zw_bind_value(EpodeZwBinder* binder, const EpodeZwTable* table, uint32_t field,
                                const EpodeZwNode* node, EpodeZwValue* out);

/// Binds a block to a table; see epode_zw_bind.
///
/// Errors:  EPODE_ERR_NO_MEM only; what is wrong is counted in the binder.
/// Thread:  [load].
EpodeStatus epode_zw_bind_block(EpodeZwBinder* binder, const EpodeZwTable* table,
                                const EpodeZwNode* node, EpodeZwRecord* out);

/// Reads one value that is no block. Leaves `is_set` 0 when it is wrong.
///
/// Errors:  EPODE_ERR_NO_MEM only; what is wrong is counted in the binder.
/// Thread:  [load].
EpodeStatus epode_zw_read_value(EpodeZwBinder* binder, const EpodeZwField* field,
                                const EpodeZwNode* node, EpodeZwValue* out);

/// Complains that a field does not take what was written.
///
/// Thread:  [load].
void epode_zw_refuse(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node);

/// Room for the names of a schema's fields or choices in a hint.
enum { EPODE_ZW_HINT_SIZE = 400 };

/// Writes "a, b and c" from names ended by NULL, as far as they fit; returns `out`.
///
/// Shapes:  `out` has EPODE_ZW_HINT_SIZE bytes and begins with `lead`.
/// Thread:  [load].
const char* epode_zw_hint_names(char* out, const char* lead, const EpodeText* names,
                                uint32_t count);

/// Declares and checks the %type directives of a file.
///
/// Errors:  EPODE_ERR_NO_MEM only; what is wrong is counted in the binder.
/// Thread:  [load].
EpodeStatus epode_zw_bind_types(EpodeZwBinder* binder, EpodeZwSchemas* schemas);

#endif
