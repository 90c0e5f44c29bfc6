// SPDX-License-Identifier: MIT
// What a block may hold: fields with type, unit, range, default and one line of documentation. The
// same tables validate, document (`epode help`), format and complete (decision W3). A module that
// reads blocks registers its tables here; this file knows none of them.
#ifndef EPODE_ZW_SCHEMA_H
#define EPODE_ZW_SCHEMA_H

#include "zw/tree.h"

typedef enum EpodeZwType {
    EPODE_ZW_TYPE_ANY = 0,    ///< Number, word or string, as written.
    EPODE_ZW_TYPE_TEXT = 1,   ///< String or bare word.
    EPODE_ZW_TYPE_NUMBER = 2, ///< Any number within `min`..`max`.
    EPODE_ZW_TYPE_INT = 3,    ///< Whole number within `min`..`max`.
    EPODE_ZW_TYPE_FLAG = 4,   ///< `{loop}`, `{loop true}`, a trailing `loop`, `{loop false}`.
    EPODE_ZW_TYPE_CHOICE = 5, ///< One of `choices`.
    EPODE_ZW_TYPE_TIME = 6,   ///< `1.5` or `1.5s`, `500ms`, `4beats`, `2bars`; see EpodeZwTime.
    EPODE_ZW_TYPE_VECTOR = 7, ///< List of 1..4 numbers, or one number.
    EPODE_ZW_TYPE_BLOCK = 8   ///< A block of `schema`; without one, a block whose tag is in
                              ///< `choices`, or without those any registered tag.
} EpodeZwType;

typedef enum EpodeZwTimeUnit {
    EPODE_ZW_SECONDS = 0,
    EPODE_ZW_BEATS = 1,
    EPODE_ZW_BARS = 2
} EpodeZwTimeUnit;

/// A time as written; a tempo map turns it into flicks. Milliseconds arrive as seconds.
typedef struct EpodeZwTime {
    double amount;
    EpodeZwTimeUnit unit;
} EpodeZwTime;

enum {
    EPODE_ZW_REQUIRED = 1, ///< Missing is an error.
    EPODE_ZW_LIST_OF = 2,  ///< The value is a list of the type; one value alone is a list of one.
    EPODE_ZW_REPEATS = 4,  ///< The field may stand several times; the values are joined.
    EPODE_ZW_ID = 8        ///< TEXT: the name of the block, [A-Za-z0-9_.-]+. That it is the only
                           ///< one of its kind is for the owner of the blocks to check.
};

typedef struct EpodeZwSchema EpodeZwSchema;

typedef struct EpodeZwField {
    const char* name;
    EpodeZwType type;
    uint32_t flags;
    const char* doc;      // one line
    const char* unit;     // "s", "dB", "Hz", "beats" ...; NULL when none
    const char* fallback; // the default as one would write it; NULL when there is none; not BLOCK
    int has_range;        // whether min and max apply (NUMBER, INT, VECTOR, TIME in seconds)
    double min;           // -DBL_MAX: no lower end
    double max;           // DBL_MAX: no upper end
    const char* const* choices;  // CHOICE, BLOCK without schema: names, ended by NULL
    const EpodeZwSchema* schema; // BLOCK: of the value
} EpodeZwField;

struct EpodeZwSchema {
    const char* name;    // the tag
    const char* doc;     // one sentence: what it is
    const char* example; // a few lines that check clean, or NULL
    const EpodeZwField* fields;
    uint32_t field_count;
    uint32_t flags; // EPODE_ZW_POSITIONAL, EPODE_ZW_NAMED
};

enum {
    /// The block may be written as a list of its first fields: `[0.5 1 linear]` for a key.
    EPODE_ZW_POSITIONAL = 1,
    /// The word that begins the block is not the tag but the value of the first field:
    /// `{speed {type float}}`. Not for blocks at the top of a file.
    EPODE_ZW_NAMED = 2
};

struct EpodeZwRecord;

/// A value bound to a field. LIST_OF and REPEATS have `count` values at `items`, each bound as the
/// field's type says; other fields have the member of their type. What a default sets and what an
/// absent field holds (zeros) is shared by all records.
typedef struct EpodeZwValue {
    uint8_t is_present; // stands in the text
    uint8_t is_set;     // holds a value: what was written, if it was right, or a default
    uint8_t kind;       // EpodeZwKind of what was written (ANY)
    uint8_t width;      // VECTOR
    uint32_t choice;    // CHOICE: index in `choices`
    uint32_t count;     // of `items`
    EpodeText text;     // TEXT, CHOICE, ANY; NUL-terminated in the arena
    union {
        double number;                      // NUMBER, INT, FLAG (0 or 1), ANY of kind NUMBER
        EpodeZwTime time;                   // TIME
        const double* vector;               // VECTOR: `width` numbers
        const struct EpodeZwRecord* record; // BLOCK
        const struct EpodeZwValue* items;   // LIST_OF, REPEATS
    };
    const EpodeZwNode* node; // of the value; NULL for a default
} EpodeZwValue;

/// A block that was checked against its schema: `values[i]` belongs to `schema->fields[i]` and is
/// never NULL.
typedef struct EpodeZwRecord {
    const EpodeZwSchema* schema;
    const EpodeZwTree* tree; // must outlive the record
    const EpodeZwNode* node;
    const EpodeZwValue* const* values;
} EpodeZwRecord;

/// The schemas a reader knows, in the order of registration; plus those that %type declares.
typedef struct EpodeZwSchemas EpodeZwSchemas;

/// Creates an empty set in an arena.
///
/// Errors:  NULL when the heap is exhausted.
/// Thread:  [load].
EpodeZwSchemas* epode_zw_schemas_create(EpodeArena* arena);

/// Adds a table that outlives the set, with the tables its fields name. `is_top` says that it may
/// stand at the top of a file.
///
/// Errors:  EPODE_ERR_BAD_ARG when the name is taken or the table is wrong (a default that its own
///          field refuses, two fields of a name ...): epode_zw_schemas_fault says what, and the set
///          is of no more use. EPODE_ERR_NO_MEM.
/// Thread:  [load].
EpodeStatus epode_zw_schemas_add(EpodeZwSchemas* schemas, const EpodeZwSchema* schema, int is_top);

/// One sentence about the last table that was refused; "" when none was.
///
/// Thread:  [load].
const char* epode_zw_schemas_fault(const EpodeZwSchemas* schemas);

/// Count of schemas, the schema at `index`, the schema of a name (NULL when unknown).
///
/// Thread:  [load].
uint32_t epode_zw_schemas_count(const EpodeZwSchemas* schemas);
const EpodeZwSchema* epode_zw_schemas_at(const EpodeZwSchemas* schemas, uint32_t index);
const EpodeZwSchema* epode_zw_schemas_find(const EpodeZwSchemas* schemas, EpodeText name);

/// Whether the schema at `index` may stand at the top of a file.
///
/// Thread:  [load].
int epode_zw_schemas_is_top(const EpodeZwSchemas* schemas, uint32_t index);

/// Binds one block to its schema, nested blocks included. Adds a finding for every unknown key
/// (with the nearest known one), missing field, wrong type, value out of range and repeated field,
/// and goes on.
///
/// Shapes:  `node` is a block (with or without the leading tag) or, for positional schemas, a list.
///          `schema` was added to `schemas` or is named by one that was.
/// Errors:  EPODE_ERR_TEXT when it added an error; the record then holds what could be bound.
///          EPODE_ERR_NO_MEM.
/// Thread:  [load].
EpodeStatus epode_zw_bind(EpodeArena* arena, const EpodeZwSchemas* schemas,
                          const EpodeZwSchema* schema, const EpodeZwTree* tree,
                          const EpodeZwNode* node, EpodeDiagList* diags, EpodeZwRecord* out);

/// Binds every top-level block of a file, in order, %type directives included: they declare block
/// types of the author's own, or repeat (compatibly) one that is built in.
///
/// Shapes:  `*out` is an array of `*count` records in the arena; `tree` must outlive them.
/// Errors:  as epode_zw_bind.
/// Thread:  [load].
EpodeStatus epode_zw_bind_file(EpodeArena* arena, EpodeZwSchemas* schemas, const EpodeZwTree* tree,
                               EpodeDiagList* diags, const EpodeZwRecord** out, uint32_t* count);

/// Index of a field by its name; -1 when the schema has none.
///
/// Thread:  [load].
int32_t epode_zw_field_index(const EpodeZwSchema* schema, EpodeText name);

/// Writes the reference page of a schema as plain text or as Markdown: what it is, a table of its
/// fields, an example.
///
/// Errors:  kept in `out->status`.
/// Thread:  [load].
void epode_zw_help(const EpodeZwSchema* schema, EpodeTextBuffer* out);
void epode_zw_help_markdown(const EpodeZwSchema* schema, EpodeTextBuffer* out);

/// Adds a finding at a record's field (at its value when present, else at the block).
///
/// Thread:  [load].
__attribute__((format(printf, 7, 8))) void
epode_zw_complain(EpodeDiagList* diags, EpodeSeverity severity, const char* code,
                  const EpodeZwRecord* record, uint32_t field, const char* hint, const char* format,
                  ...);

#endif
