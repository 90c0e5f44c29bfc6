// SPDX-License-Identifier: MIT
// The set of schemas: registration, and the check of every table when it is registered. Defaults
// are read once, here, by the reader that reads shows, so a table whose default does not fit its
// own field never gets into a program.
#include <stdio.h>

#include "zw/bind.h"

enum { FAULT_SIZE = 256 };

typedef struct Entry {
    const EpodeZwSchema* schema;
    int is_top;
} Entry;

struct EpodeZwSchemas {
    EpodeArena* arena;
    Entry* entries; // what is registered, in order
    uint32_t count;
    uint32_t capacity;
    EpodeZwTable** tables; // what is registered or named by what is
    uint32_t table_count;
    uint32_t table_capacity;
    char fault[FAULT_SIZE];
};

EpodeZwSchemas* epode_zw_schemas_create(EpodeArena* arena)
{
    EpodeZwSchemas* schemas = epode_arena_alloc(arena, sizeof *schemas);
    if (schemas != NULL) {
        schemas->arena = arena;
    }
    return schemas;
}

const char* epode_zw_schemas_fault(const EpodeZwSchemas* schemas)
{
    return schemas->fault;
}

uint32_t epode_zw_schemas_count(const EpodeZwSchemas* schemas)
{
    return schemas->count;
}

const EpodeZwSchema* epode_zw_schemas_at(const EpodeZwSchemas* schemas, uint32_t index)
{
    return index < schemas->count ? schemas->entries[index].schema : NULL;
}

int epode_zw_schemas_is_top(const EpodeZwSchemas* schemas, uint32_t index)
{
    return index < schemas->count && schemas->entries[index].is_top;
}

static Entry* find_entry(const EpodeZwSchemas* schemas, EpodeText name)
{
    for (uint32_t i = 0; i < schemas->count; i++) {
        if (epode_text_is(epode_text(schemas->entries[i].schema->name), name)) {
            return &schemas->entries[i];
        }
    }
    return NULL;
}

const EpodeZwSchema* epode_zw_schemas_find(const EpodeZwSchemas* schemas, EpodeText name)
{
    const Entry* entry = find_entry(schemas, name);
    return entry == NULL ? NULL : entry->schema;
}

const EpodeZwTable* epode_zw_table(const EpodeZwSchemas* schemas, const EpodeZwSchema* schema)
{
    for (uint32_t i = 0; i < schemas->table_count; i++) {
        if (schemas->tables[i]->schema == schema) {
            return schemas->tables[i];
        }
    }
    return NULL;
}

// A grown copy of an array in the arena; what it replaces is left behind, which doubling bounds.
static void* grow(EpodeArena* arena, const void* items, uint32_t count, uint32_t* capacity,
                  size_t item_size)
{
    uint32_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    void* grown = epode_arena_array(arena, wanted, item_size);
    if (grown != NULL) {
        if (count > 0) {
            memcpy(grown, items, count * item_size);
        }
        *capacity = wanted;
    }
    return grown;
}

EpodeStatus epode_zw_schemas_declare(EpodeZwSchemas* schemas, const EpodeZwSchema* schema,
                                     int is_top)
{
    if (schemas->count == schemas->capacity) {
        Entry* entries = grow(schemas->arena, schemas->entries, schemas->count, &schemas->capacity,
                              sizeof *entries);
        if (entries == NULL) {
            return EPODE_ERR_NO_MEM;
        }
        schemas->entries = entries;
    }
    schemas->entries[schemas->count++] = (Entry){schema, is_top};
    return EPODE_OK;
}

__attribute__((format(printf, 4, 5))) static EpodeStatus fault(EpodeZwSchemas* schemas,
                                                               const EpodeZwSchema* schema,
                                                               const EpodeZwField* field,
                                                               const char* format, ...)
{
    const char* dot = field == NULL ? "" : ".";
    int size =
        snprintf(schemas->fault, FAULT_SIZE, "%s%s%s: ", schema->name == NULL ? "?" : schema->name,
                 dot, field == NULL ? "" : field->name);
    if (size >= 0 && size < FAULT_SIZE) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(schemas->fault + size, (size_t)(FAULT_SIZE - size), format, arguments);
        va_end(arguments);
    }
    return EPODE_ERR_BAD_ARG;
}

// The directives' own schemas have names that begin with `%`.
static int is_key(const char* name)
{
    name += name[0] == '%';
    const char* at = name;
    while ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') ||
           *at == '_' || *at == '.' || *at == '-') {
        at++;
    }
    return at != name && *at == '\0' && !(name[0] >= '0' && name[0] <= '9');
}

static EpodeStatus check_field(EpodeZwSchemas* schemas, const EpodeZwSchema* schema, uint32_t index)
{
    const EpodeZwField* field = &schema->fields[index];
    if (field->name == NULL || !is_key(field->name)) {
        return fault(schemas, schema, NULL, "field %u has no proper name", index);
    }
    if (strcmp(field->name, schema->name) == 0 && !(schema->flags & EPODE_ZW_NAMED)) {
        return fault(schemas, schema, field, "a field cannot have the name of its block");
    }
    if (epode_zw_field_index(schema, epode_text(field->name)) != (int32_t)index) {
        return fault(schemas, schema, field, "two fields have this name");
    }
    if (field->doc == NULL) {
        return fault(schemas, schema, field, "has no documentation");
    }
    if (field->type == EPODE_ZW_TYPE_CHOICE && field->choices == NULL) {
        return fault(schemas, schema, field, "has no choices");
    }
    if (field->type == EPODE_ZW_TYPE_BLOCK && field->fallback != NULL) {
        return fault(schemas, schema, field, "a block cannot have a default");
    }
    if (field->type == EPODE_ZW_TYPE_FLAG &&
        (field->flags & (EPODE_ZW_LIST_OF | EPODE_ZW_REPEATS))) {
        return fault(schemas, schema, field, "there are no lists of flags");
    }
    if ((field->flags & EPODE_ZW_REQUIRED) && field->fallback != NULL) {
        return fault(schemas, schema, field, "what is required has no default");
    }
    if (field->has_range && !(field->min <= field->max)) {
        return fault(schemas, schema, field, "its range is empty");
    }
    return EPODE_OK;
}

// Binds the one value in `tree` as the default of a field.
static EpodeStatus bind_default(EpodeZwSchemas* schemas, EpodeZwTable* table, uint32_t index,
                                const EpodeZwTree* tree, EpodeDiagList* diags)
{
    EpodeZwBinder binder = {
        .arena = schemas->arena, .schemas = schemas, .tree = tree, .diags = diags};
    EpodeZwValue* value = table->absent[index];
    const EpodeZwNode* node = epode_zw_first(tree, tree->nodes);
    if (node == NULL || node->next != 0) {
        return EPODE_ERR_TEXT;
    }
    EPODE_TRY(epode_zw_bind_value(&binder, table, index, node, value));
    value->is_present = 0;
    value->node = NULL;
    return binder.error_count > 0 ? EPODE_ERR_TEXT : EPODE_OK;
}

static EpodeStatus read_default(EpodeZwSchemas* schemas, EpodeZwTable* table, uint32_t index,
                                EpodeDiagList* diags)
{
    EpodeText text = epode_text(table->schema->fields[index].fallback);
    EpodeZwTree* tree = epode_arena_alloc(schemas->arena, sizeof *tree);
    if (tree == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    EpodeZwLimits limits = epode_zw_limits();
    limits.string_size = EPODE_ZW_FILE_SIZE_MAX;
    EPODE_TRY(epode_zw_parse(schemas->arena, limits, "default", text, diags, tree));
    return bind_default(schemas, table, index, tree, diags);
}

static EpodeStatus fill_absent(EpodeZwSchemas* schemas, EpodeZwTable* table, uint32_t index)
{
    const EpodeZwField* field = &table->schema->fields[index];
    if (field->fallback == NULL) {
        return EPODE_OK;
    }
    EpodeDiagList* diags = epode_diag_list_create(schemas->arena->heap);
    if (diags == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    EpodeStatus status = read_default(schemas, table, index, diags);
    if (status == EPODE_ERR_TEXT) {
        const EpodeDiag* diag = epode_diag_at(diags, 0);
        status = fault(schemas, table->schema, field, "the default is wrong: %s",
                       diag == NULL ? "it is not one value" : diag->sentence);
    }
    epode_diag_list_destroy(diags);
    return status;
}

static EpodeZwTable* make_table(EpodeZwSchemas* schemas, const EpodeZwSchema* schema)
{
    EpodeArena* arena = schemas->arena;
    uint32_t count = schema->field_count;
    EpodeZwTable* table = epode_arena_alloc(arena, sizeof *table);
    EpodeZwValue* nothing = epode_arena_array(arena, count, sizeof *nothing);
    if (table == NULL || nothing == NULL) {
        return NULL;
    }
    table->schema = schema;
    table->names = epode_arena_array(arena, count, sizeof *table->names);
    table->absent = epode_arena_array(arena, count, sizeof *table->absent);
    table->blocks = epode_arena_array(arena, count, sizeof *table->blocks);
    if (table->names == NULL || table->absent == NULL || table->blocks == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        table->names[i] = epode_text(schema->fields[i].name);
        table->absent[i] = &nothing[i];
        table->has_repeats |= (schema->fields[i].flags & EPODE_ZW_REPEATS) != 0;
    }
    return table;
}

// The table enters the set before its fields are compiled: schemas may contain themselves.
static EpodeStatus add_table(EpodeZwSchemas* schemas, const EpodeZwSchema* schema,
                             EpodeZwTable** out)
{
    if (schemas->table_count == schemas->table_capacity) {
        EpodeZwTable** tables = grow(schemas->arena, schemas->tables, schemas->table_count,
                                     &schemas->table_capacity, sizeof(EpodeZwTable*));
        if (tables == NULL) {
            return EPODE_ERR_NO_MEM;
        }
        schemas->tables = tables;
    }
    EpodeZwTable* table = make_table(schemas, schema);
    if (table == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    schemas->tables[schemas->table_count++] = table;
    *out = table;
    return EPODE_OK;
}

static EpodeStatus check_schema(EpodeZwSchemas* schemas, const EpodeZwSchema* schema)
{
    if (schema->name == NULL || !is_key(schema->name)) {
        return fault(schemas, schema, NULL, "the block has no proper name");
    }
    if (schema->doc == NULL) {
        return fault(schemas, schema, NULL, "has no documentation");
    }
    if ((schema->flags & EPODE_ZW_NAMED) && schema->field_count == 0) {
        return fault(schemas, schema, NULL, "a named block has a first field");
    }
    for (uint32_t i = 0; i < schema->field_count; i++) {
        EPODE_TRY(check_field(schemas, schema, i));
    }
    return EPODE_OK;
}

EpodeStatus epode_zw_schemas_compile(EpodeZwSchemas* schemas, const EpodeZwSchema* schema)
{
    if (epode_zw_table(schemas, schema) != NULL) {
        return EPODE_OK;
    }
    EpodeZwTable* table = NULL;
    EPODE_TRY(check_schema(schemas, schema));
    EPODE_TRY(add_table(schemas, schema, &table));
    for (uint32_t i = 0; i < schema->field_count; i++) {
        const EpodeZwSchema* inner = schema->fields[i].schema;
        if (inner != NULL) {
            EPODE_TRY(epode_zw_schemas_compile(schemas, inner));
            table->blocks[i] = epode_zw_table(schemas, inner);
        }
        EPODE_TRY(fill_absent(schemas, table, i));
    }
    return EPODE_OK;
}

EpodeStatus epode_zw_schemas_add(EpodeZwSchemas* schemas, const EpodeZwSchema* schema, int is_top)
{
    EPODE_TRY(epode_zw_schemas_compile(schemas, schema));
    if (epode_zw_schemas_find(schemas, epode_text(schema->name)) != NULL) {
        return fault(schemas, schema, NULL, "the name is taken");
    }
    return epode_zw_schemas_declare(schemas, schema, is_top);
}
