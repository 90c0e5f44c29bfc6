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
    EPODE_ZW_TYPE_BLOCK = 8   ///< A block of `schema`.
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
    EPODE_ZW_LIST_OF =
        2, ///< The value is a list of the type; a single value counts as a list of one.
    EPODE_ZW_REPEATS = 4, ///< The field may stand several times; the values are joined.
    EPODE_ZW_ID = 8       ///< The name of the block: unique among its kind, [A-Za-z0-9_.-]+.
};

typedef struct EpodeZwSchema EpodeZwSchema;

typedef struct EpodeZwField {
    const char* name;
    EpodeZwType type;
    uint32_t flags;
    const char* doc;      // one line
    const char* unit;     // "s", "dB", "Hz", "beats" ...; NULL when none
    const char* fallback; // the default as one would write it; NULL when there is none
    int has_range;        // whether min and max apply (NUMBER, INT, TIME in seconds, VECTOR)
    double min;
    double max;
    const char* const* choices;  // CHOICE: names, ended by NULL
    const EpodeZwSchema* schema; // BLOCK: of the value
} EpodeZwField;

struct EpodeZwSchema {
    const char* name;    // the tag
    const char* doc;     // one sentence: what it is
    const char* example; // a few lines that check clean, or NULL
    const EpodeZwField* fields;
    uint32_t field_count;
    uint32_t flags; // EPODE_ZW_POSITIONAL
};

enum {
    /// The block may be written as a list of its first fields: `[0.5 1 linear]` for a key.
    EPODE_ZW_POSITIONAL = 1
};

struct EpodeZwRecord;

/// A value bound to a field. Lists are `count` values at `items`.
typedef struct EpodeZwValue {
    uint8_t is_present; // stands in the text
    uint8_t is_set;     // stands in the text or has a default
    uint8_t kind;       // EpodeZwKind of what was written (ANY)
    uint32_t choice;    // index in `choices`
    uint32_t count;
    double number; // also INT, FLAG (0 or 1)
    double vector[4];
    uint32_t width; // of `vector`
    EpodeZwTime time;
    EpodeText text; // NUL-terminated in the arena
    const struct EpodeZwRecord* record;
    const struct EpodeZwValue* items;
    const EpodeZwNode* node; // of the value; NULL for a default
} EpodeZwValue;

/// A block that was checked against its schema: one value for each field, in the schema's order.
typedef struct EpodeZwRecord {
    const EpodeZwSchema* schema;
    const EpodeZwTree* tree;
    const EpodeZwNode* node;
    const EpodeZwValue* values;
} EpodeZwRecord;

/// The schemas a reader knows, in the order of registration; plus those that %type declares.
typedef struct EpodeZwSchemas EpodeZwSchemas;

/// Creates an empty set in an arena.
///
/// Errors:  NULL when the heap is exhausted.
/// Thread:  [load].
EpodeZwSchemas* epode_zw_schemas_create(EpodeArena* arena);

/// Adds a table that outlives the set. `is_top` says that it may stand at the top of a file.
///
/// Errors:  EPODE_ERR_BAD_ARG when the name is taken; EPODE_ERR_NO_MEM.
/// Thread:  [load].
EpodeStatus epode_zw_schemas_add(EpodeZwSchemas* schemas, const EpodeZwSchema* schema, int is_top);

/// Count of schemas, the schema at `index`, the schema of a name (NULL when unknown).
///
/// Thread:  [load].
uint32_t epode_zw_schemas_count(const EpodeZwSchemas* schemas);
const EpodeZwSchema* epode_zw_schemas_at(const EpodeZwSchemas* schemas, uint32_t index);
const EpodeZwSchema* epode_zw_schemas_find(const EpodeZwSchemas* schemas, EpodeText name);

/// Binds one block to its schema, nested blocks included. Adds a finding for every unknown key
/// (with the nearest known one), missing field, wrong type, value out of range and repeated field,
/// and goes on.
///
/// Shapes:  `node` is a block (with or without the leading tag) or, for positional schemas, a list.
/// Errors:  EPODE_ERR_TEXT when it added an error; the record then holds what could be bound.
///          EPODE_ERR_NO_MEM.
/// Thread:  [load].
EpodeStatus epode_zw_bind(EpodeArena* arena, const EpodeZwSchemas* schemas,
                          const EpodeZwSchema* schema, const EpodeZwTree* tree,
                          const EpodeZwNode* node, EpodeDiagList* diags, EpodeZwRecord* out);

/// Binds every top-level block of a file, in order, %type directives included: they declare block
/// types of the author's own, or repeat (compatibly) one that is built in.
///
/// Shapes:  `*out` is an array of `*count` records in the arena.
/// Errors:  as epode_zw_bind.
/// Thread:  [load].
EpodeStatus epode_zw_bind_file(EpodeArena* arena, EpodeZwSchemas* schemas, const EpodeZwTree* tree,
                               EpodeDiagList* diags, const EpodeZwRecord** out, uint32_t* count);

/// Writes the reference page of a schema as plain text: what it is, a table of its fields, an
/// example.
///
/// Thread:  [load].
void epode_zw_help(const EpodeZwSchema* schema, EpodeTextBuffer* out);

/// Adds a finding at a record's field (at its value when present, else at the block).
///
/// Thread:  [load].
__attribute__((format(printf, 7, 8))) void
epode_zw_complain(EpodeDiagList* diags, EpodeSeverity severity, const char* code,
                  const EpodeZwRecord* record, uint32_t field, const char* hint, const char* format,
                  ...);

#endif
