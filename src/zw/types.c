// SPDX-License-Identifier: MIT
// The %type directives, through which an author declares block types of his own or repeats what is
// built in. A directive is itself bound by a schema. Types may name each other in any order, so all
// of a file are declared before any is filled in.
#include <float.h>
#include <stdio.h>

#include "zw/bind.h"

enum {
    SPEC_NAME,
    SPEC_TYPE,
    SPEC_VALUES,
    SPEC_REQUIRED,
    SPEC_OPTIONAL,
    SPEC_DEFAULT,
    SPEC_MIN,
    SPEC_MAX,
    SPEC_DOC,
    SPEC_COUNT
};

static const EpodeZwField SPEC_FIELDS[SPEC_COUNT] = {
    [SPEC_NAME] = {.name = "name",
                   .type = EPODE_ZW_TYPE_TEXT,
                   .flags = EPODE_ZW_REQUIRED | EPODE_ZW_ID,
                   .doc = "the key of the field"},
    [SPEC_TYPE] = {.name = "type",
                   .type = EPODE_ZW_TYPE_TEXT,
                   .flags = EPODE_ZW_REQUIRED,
                   .doc =
                       "string, float, int, bool, enum, any, vector, time, block<NAME>, list<T>"},
    [SPEC_VALUES] = {.name = "values",
                     .type = EPODE_ZW_TYPE_TEXT,
                     .flags = EPODE_ZW_LIST_OF,
                     .doc = "the words of an enum"},
    [SPEC_REQUIRED] = {.name = "required", .type = EPODE_ZW_TYPE_FLAG, .doc = "must stand"},
    [SPEC_OPTIONAL] = {.name = "optional", .type = EPODE_ZW_TYPE_FLAG, .doc = "may be left out"},
    [SPEC_DEFAULT] = {.name = "default",
                      .type = EPODE_ZW_TYPE_ANY,
                      .flags = EPODE_ZW_LIST_OF,
                      .doc = "the value when it is left out"},
    [SPEC_MIN] = {.name = "min", .type = EPODE_ZW_TYPE_NUMBER, .doc = "least number allowed"},
    [SPEC_MAX] = {.name = "max", .type = EPODE_ZW_TYPE_NUMBER, .doc = "greatest number allowed"},
    [SPEC_DOC] = {.name = "doc", .type = EPODE_ZW_TYPE_TEXT, .doc = "what the field means"},
};

static const EpodeZwSchema SPEC = {.name = "field",
                                   .doc = "A field of a declared block type.",
                                   .fields = SPEC_FIELDS,
                                   .field_count = SPEC_COUNT,
                                   .flags = EPODE_ZW_NAMED};

enum { TYPE_FIELDS, TYPE_DOC, TYPE_COUNT };

static const EpodeZwField TYPE_FIELD_LIST[TYPE_COUNT] = {
    [TYPE_FIELDS] = {.name = "fields",
                     .type = EPODE_ZW_TYPE_BLOCK,
                     .flags = EPODE_ZW_REQUIRED | EPODE_ZW_LIST_OF,
                     .doc = "what a block of this type may hold",
                     .schema = &SPEC},
    [TYPE_DOC] = {.name = "doc", .type = EPODE_ZW_TYPE_TEXT, .doc = "what the block is"},
};

static const EpodeZwSchema TYPE = {.name = "%type",
                                   .doc = "Declares a type of block.",
                                   .fields = TYPE_FIELD_LIST,
                                   .field_count = TYPE_COUNT};

// One directive of the file.
typedef struct Directive {
    const EpodeZwNode* name;
    EpodeZwRecord record;
    const EpodeZwSchema* known; // built in or declared before: this one must agree with it
    EpodeZwSchema* own;         // else what this one declares
} Directive;

typedef struct TypeName {
    const char* name;
    EpodeZwType type;
} TypeName;

static const TypeName TYPE_NAMES[] = {
    {"string", EPODE_ZW_TYPE_TEXT},   {"text", EPODE_ZW_TYPE_TEXT},
    {"float", EPODE_ZW_TYPE_NUMBER},  {"number", EPODE_ZW_TYPE_NUMBER},
    {"int", EPODE_ZW_TYPE_INT},       {"bool", EPODE_ZW_TYPE_FLAG},
    {"enum", EPODE_ZW_TYPE_CHOICE},   {"any", EPODE_ZW_TYPE_ANY},
    {"vector", EPODE_ZW_TYPE_VECTOR}, {"time", EPODE_ZW_TYPE_TIME},
};

static int is_text(EpodeText text, const char* string)
{
    return epode_text_is(text, epode_text(string));
}

// Takes `inner` out of `outer<inner>`; 0 when the text is not so made.
static int unwrap(EpodeText* text, const char* outer)
{
    size_t size = strlen(outer);
    int is_wrapped = text->size > size + 2 && memcmp(text->bytes, outer, size) == 0 &&
                     text->bytes[size] == '<' && text->bytes[text->size - 1] == '>';
    if (is_wrapped) {
        *text = (EpodeText){text->bytes + size + 1, text->size - size - 2};
    }
    return is_wrapped;
}

static void refuse_type_name(EpodeZwBinder* binder, const EpodeZwNode* node, EpodeText name)
{
    EpodeNearest nearest = epode_nearest(name);
    EpodeText names[EPODE_COUNT_OF(TYPE_NAMES) + 2];
    for (size_t i = 0; i < EPODE_COUNT_OF(TYPE_NAMES); i++) {
        names[i] = epode_text(TYPE_NAMES[i].name);
        epode_nearest_offer(&nearest, names[i]);
    }
    names[EPODE_COUNT_OF(TYPE_NAMES)] = epode_text("block<NAME>");
    names[EPODE_COUNT_OF(TYPE_NAMES) + 1] = epode_text("list<TYPE>");
    char hint[EPODE_ZW_HINT_SIZE];
    if (*epode_nearest_hint(&nearest, hint, sizeof hint) == '\0') {
        epode_zw_hint_names(hint, "types are: ", names, EPODE_COUNT_OF(names));
    }
    epode_zw_error(binder, "E0216", node, hint, "`%.*s` is no type", EPODE_NAME(name));
}

static void refuse_block_name(EpodeZwBinder* binder, const EpodeZwNode* node, EpodeText name)
{
    EpodeNearest nearest = epode_nearest(name);
    for (uint32_t i = 0; i < epode_zw_schemas_count(binder->schemas); i++) {
        epode_nearest_offer(&nearest, epode_text(epode_zw_schemas_at(binder->schemas, i)->name));
    }
    char hint[EPODE_ZW_HINT_SIZE];
    epode_zw_error(binder, "E0216", node, epode_nearest_hint(&nearest, hint, sizeof hint),
                   "there is no block type `%.*s`", EPODE_NAME(name));
}

// Reads `list<block<ap_action>>` and the like into the type, flags and schema of a field. What is
// no type becomes `any`, so that the field stays known.
static void read_type(EpodeZwBinder* binder, const EpodeZwValue* value, EpodeZwField* out)
{
    out->type = EPODE_ZW_TYPE_ANY;
    if (!value->is_set) {
        return;
    }
    EpodeText name = value->text;
    if (unwrap(&name, "list")) {
        out->flags |= EPODE_ZW_LIST_OF;
    }
    if (unwrap(&name, "block")) {
        const EpodeZwSchema* schema = epode_zw_schemas_find(binder->schemas, name);
        if (schema == NULL) {
            refuse_block_name(binder, value->node, name);
            return;
        }
        out->type = EPODE_ZW_TYPE_BLOCK;
        out->schema = schema;
        return;
    }
    for (size_t i = 0; i < EPODE_COUNT_OF(TYPE_NAMES); i++) {
        if (is_text(name, TYPE_NAMES[i].name)) {
            out->type = TYPE_NAMES[i].type;
            return;
        }
    }
    refuse_type_name(binder, value->node, name);
}

static EpodeStatus read_choices(EpodeZwBinder* binder, const EpodeZwRecord* spec, EpodeZwField* out)
{
    const EpodeZwValue* values = spec->values[SPEC_VALUES];
    int is_enum = out->type == EPODE_ZW_TYPE_CHOICE;
    if (is_enum && values->count == 0) {
        epode_zw_error(binder, "E0215", spec->node, "for example `values [calm angry]`",
                       "the enum `%s` needs `values`", out->name);
    } else if (!is_enum && values->is_present) {
        epode_zw_error(binder, "E0215", values->node, "write `type enum`",
                       "only an enum has `values`");
    }
    const char** choices = epode_arena_array(binder->arena, values->count + 1U, sizeof *choices);
    if (choices == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        if (values->items[i].is_set) {
            choices[count++] = values->items[i].text.bytes;
        }
    }
    out->choices = choices;
    return EPODE_OK;
}

static int takes_range(EpodeZwType type)
{
    return type == EPODE_ZW_TYPE_NUMBER || type == EPODE_ZW_TYPE_INT ||
           type == EPODE_ZW_TYPE_TIME || type == EPODE_ZW_TYPE_VECTOR;
}

static void read_range(EpodeZwBinder* binder, const EpodeZwRecord* spec, EpodeZwField* out)
{
    const EpodeZwValue* min = spec->values[SPEC_MIN];
    const EpodeZwValue* max = spec->values[SPEC_MAX];
    out->min = min->is_set ? min->number : -DBL_MAX;
    out->max = max->is_set ? max->number : DBL_MAX;
    out->has_range = min->is_set || max->is_set;
    if (out->has_range && !takes_range(out->type)) {
        epode_zw_error(binder, "E0215", min->is_set ? min->node : max->node, NULL,
                       "only numbers, times and vectors have `min` and `max`");
        out->has_range = 0;
    } else if (out->min > out->max) {
        epode_zw_error(binder, "E0215", max->node, NULL, "`max` is less than `min`");
        out->has_range = 0;
    }
}

// Whether a default is a value of its field.
static EpodeStatus check_default(EpodeZwBinder* binder, const EpodeZwField* field,
                                 const EpodeZwNode* node, EpodeZwValue* out)
{
    int is_list = node->kind == EPODE_ZW_LIST && (field->flags & EPODE_ZW_LIST_OF) &&
                  field->type != EPODE_ZW_TYPE_VECTOR;
    if (!is_list) {
        return epode_zw_read_value(binder, field, node, out);
    }
    const EpodeZwNode* item = epode_zw_first(binder->tree, node);
    for (; item != NULL; item = epode_zw_next(binder->tree, item)) {
        EPODE_TRY(epode_zw_read_value(binder, field, item, out));
    }
    return EPODE_OK;
}

static EpodeStatus read_fallback(EpodeZwBinder* binder, const EpodeZwRecord* spec,
                                 EpodeZwField* out)
{
    const EpodeZwNode* node = spec->values[SPEC_DEFAULT]->node;
    if (node == NULL) {
        return EPODE_OK;
    }
    if (out->type == EPODE_ZW_TYPE_BLOCK || (out->flags & EPODE_ZW_REQUIRED)) {
        epode_zw_error(binder, "E0215", node, NULL, "%s cannot have a default",
                       out->type == EPODE_ZW_TYPE_BLOCK ? "a block" : "what is required");
        return EPODE_OK;
    }
    EpodeZwValue ignored;
    uint32_t error_count = binder->error_count;
    EPODE_TRY(check_default(binder, out, node, &ignored));
    if (binder->error_count == error_count) {
        out->fallback =
            epode_arena_text(binder->arena, binder->tree->source.bytes + node->offset, node->size);
        return out->fallback == NULL ? EPODE_ERR_NO_MEM : EPODE_OK;
    }
    return EPODE_OK;
}

static EpodeStatus read_field(EpodeZwBinder* binder, const EpodeZwRecord* spec, EpodeZwField* out)
{
    const EpodeZwValue* doc = spec->values[SPEC_DOC];
    const EpodeZwValue* optional = spec->values[SPEC_OPTIONAL];
    int is_required = spec->values[SPEC_REQUIRED]->number > 0.0;
    *out = (EpodeZwField){.name = spec->values[SPEC_NAME]->text.bytes,
                          .doc = doc->is_set ? doc->text.bytes : "",
                          .flags = is_required ? EPODE_ZW_REQUIRED : 0};
    if (is_required && optional->number > 0.0) {
        epode_zw_error(binder, "E0215", optional->node, NULL,
                       "`%s` cannot be both required and optional", out->name);
    }
    read_type(binder, spec->values[SPEC_TYPE], out);
    if (out->type == EPODE_ZW_TYPE_FLAG && (out->flags & EPODE_ZW_LIST_OF)) {
        epode_zw_error(binder, "E0216", spec->values[SPEC_TYPE]->node, NULL,
                       "there are no lists of bool");
        out->flags &= ~(uint32_t)EPODE_ZW_LIST_OF;
    }
    EPODE_TRY(read_choices(binder, spec, out));
    read_range(binder, spec, out);
    return read_fallback(binder, spec, out);
}

// Whether a field's name can stand in a declared schema; says so if not.
static int is_good_name(EpodeZwBinder* binder, const EpodeZwSchema* schema,
                        const EpodeZwValue* name)
{
    if (!name->is_set) {
        return 0;
    }
    if (name->text.bytes[0] >= '0' && name->text.bytes[0] <= '9') {
        epode_zw_error(binder, "E0210", name->node, "begin it with a letter",
                       "`%.*s` cannot be a key", EPODE_NAME(name->text));
        return 0;
    }
    if (is_text(name->text, schema->name)) {
        epode_zw_error(binder, "E0215", name->node, NULL,
                       "a field cannot have the name of its block");
        return 0;
    }
    if (epode_zw_field_index(schema, name->text) >= 0) {
        epode_zw_error(binder, "E0207", name->node, "remove one of them",
                       "the field `%.*s` stands twice", EPODE_NAME(name->text));
        return 0;
    }
    return 1;
}

static EpodeStatus fill_schema(EpodeZwBinder* binder, const Directive* directive)
{
    const EpodeZwValue* specs = directive->record.values[TYPE_FIELDS];
    EpodeZwSchema* schema = directive->own;
    EpodeZwField* fields = epode_arena_array(binder->arena, specs->count, sizeof *fields);
    if (fields == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    schema->fields = fields;
    for (uint32_t i = 0; i < specs->count; i++) {
        const EpodeZwRecord* spec = specs->items[i].record;
        if (spec != NULL && is_good_name(binder, schema, spec->values[SPEC_NAME])) {
            EPODE_TRY(read_field(binder, spec, &fields[schema->field_count]));
            schema->field_count++;
        }
    }
    return EPODE_OK;
}

// Whether every value of the declared type is one that the known field could take.
static int is_type_compatible(const EpodeZwField* declared, const EpodeZwField* known)
{
    if ((declared->flags & EPODE_ZW_LIST_OF) &&
        !(known->flags & (EPODE_ZW_LIST_OF | EPODE_ZW_REPEATS))) {
        return 0;
    }
    EpodeZwType type = known->type;
    switch (declared->type) {
    case EPODE_ZW_TYPE_ANY: return type == EPODE_ZW_TYPE_ANY;
    case EPODE_ZW_TYPE_TEXT: return type == EPODE_ZW_TYPE_TEXT || type == EPODE_ZW_TYPE_ANY;
    case EPODE_ZW_TYPE_NUMBER:
        return type == EPODE_ZW_TYPE_NUMBER || type == EPODE_ZW_TYPE_TIME ||
               type == EPODE_ZW_TYPE_VECTOR || type == EPODE_ZW_TYPE_ANY;
    case EPODE_ZW_TYPE_INT:
        return type == EPODE_ZW_TYPE_INT || type == EPODE_ZW_TYPE_NUMBER ||
               type == EPODE_ZW_TYPE_TIME || type == EPODE_ZW_TYPE_VECTOR ||
               type == EPODE_ZW_TYPE_ANY;
    case EPODE_ZW_TYPE_CHOICE:
        return type == EPODE_ZW_TYPE_CHOICE || type == EPODE_ZW_TYPE_TEXT ||
               type == EPODE_ZW_TYPE_ANY;
    case EPODE_ZW_TYPE_BLOCK:
        return type == EPODE_ZW_TYPE_BLOCK &&
               (known->schema == NULL || known->schema == declared->schema);
    default: return type == declared->type;
    }
}

static int has_choice(const EpodeZwField* field, const char* name)
{
    const char* const* choice = field->choices;
    while (*choice != NULL && strcmp(*choice, name) != 0) {
        choice++;
    }
    return *choice != NULL;
}

static int is_same_default(const EpodeZwField* field, const EpodeZwValue* a, const EpodeZwValue* b)
{
    switch (field->type) {
    case EPODE_ZW_TYPE_NUMBER:
    case EPODE_ZW_TYPE_INT:
    case EPODE_ZW_TYPE_FLAG: return a->number == b->number;
    case EPODE_ZW_TYPE_TIME:
        return a->time.amount == b->time.amount && a->time.unit == b->time.unit;
    case EPODE_ZW_TYPE_VECTOR:
        return a->width == b->width &&
               memcmp(a->vector, b->vector, a->width * sizeof *a->vector) == 0;
    default: return epode_text_is(a->text, b->text);
    }
}

// A declared default must be the one that is built in; where none is built in, the absence of the
// field has a meaning of its own that a declaration may describe.
static EpodeStatus agree_default(EpodeZwBinder* binder, const EpodeZwSchema* schema, uint32_t index,
                                 const EpodeZwNode* node)
{
    const EpodeZwField* field = &schema->fields[index];
    const EpodeZwValue* built_in = epode_zw_table(binder->schemas, schema)->absent[index];
    int is_plain = !(field->flags & (EPODE_ZW_LIST_OF | EPODE_ZW_REPEATS)) &&
                   field->type != EPODE_ZW_TYPE_BLOCK;
    if (node == NULL || !is_plain || !built_in->is_set) {
        return EPODE_OK;
    }
    EpodeZwValue value;
    EPODE_TRY(epode_zw_read_value(binder, field, node, &value));
    if (value.is_set && !is_same_default(field, &value, built_in)) {
        epode_zw_error(binder, "E0217", node, "remove it, or give the same value",
                       "the default of `%s` in `%s` is %s", field->name, schema->name,
                       field->fallback);
    }
    return EPODE_OK;
}

static void agree_choices(EpodeZwBinder* binder, const EpodeZwField* known,
                          const EpodeZwValue* values)
{
    for (uint32_t i = 0; i < values->count; i++) {
        const EpodeZwValue* item = &values->items[i];
        if (item->is_set && !has_choice(known, item->text.bytes)) {
            epode_zw_error(binder, "E0217", item->node, NULL, "`%s` cannot be `%.*s`", known->name,
                           EPODE_NAME(item->text));
        }
    }
}

static EpodeStatus agree_field(EpodeZwBinder* binder, const EpodeZwSchema* schema,
                               const EpodeZwRecord* spec)
{
    const EpodeZwValue* name = spec->values[SPEC_NAME];
    int32_t index = epode_zw_field_index(schema, name->text);
    if (index < 0) {
        EpodeNearest nearest = epode_nearest(name->text);
        for (uint32_t i = 0; i < schema->field_count; i++) {
            epode_nearest_offer(&nearest, epode_text(schema->fields[i].name));
        }
        char hint[EPODE_ZW_HINT_SIZE];
        epode_zw_error(binder, "E0217", name->node, epode_nearest_hint(&nearest, hint, sizeof hint),
                       "the known type `%s` has no field `%.*s`", schema->name,
                       EPODE_NAME(name->text));
        return EPODE_OK;
    }
    const EpodeZwField* known = &schema->fields[index];
    const EpodeZwValue* optional = spec->values[SPEC_OPTIONAL];
    EpodeZwField declared = {.name = known->name};
    read_type(binder, spec->values[SPEC_TYPE], &declared);
    read_range(binder, spec, &declared);
    if (!is_type_compatible(&declared, known)) {
        epode_zw_error(binder, "E0217", spec->values[SPEC_TYPE]->node, NULL,
                       "`%s` of the known type `%s` is of another type", known->name, schema->name);
        return EPODE_OK;
    }
    if (declared.has_range && (declared.min != known->min || declared.max != known->max)) {
        epode_zw_error(binder, "E0217", spec->node, "leave `min` and `max` out",
                       "`%s` of the known type `%s` has another range", known->name, schema->name);
    }
    if (optional->number > 0.0 && (known->flags & EPODE_ZW_REQUIRED)) {
        epode_zw_error(binder, "E0217", optional->node, NULL,
                       "`%s` of the known type `%s` is required", known->name, schema->name);
    }
    if (known->type == EPODE_ZW_TYPE_CHOICE) {
        agree_choices(binder, known, spec->values[SPEC_VALUES]);
    }
    return agree_default(binder, schema, (uint32_t)index, spec->values[SPEC_DEFAULT]->node);
}

// Checks a directive that repeats a known type.
static EpodeStatus agree(EpodeZwBinder* binder, const Directive* directive)
{
    const EpodeZwValue* specs = directive->record.values[TYPE_FIELDS];
    for (uint32_t i = 0; i < specs->count; i++) {
        const EpodeZwRecord* spec = specs->items[i].record;
        if (spec != NULL && spec->values[SPEC_NAME]->is_set) {
            EPODE_TRY(agree_field(binder, directive->known, spec));
        }
    }
    return EPODE_OK;
}

static int is_type_name(EpodeText name)
{
    size_t at = 0;
    for (; at < name.size; at++) {
        char c = name.bytes[at];
        int is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        int is_later = (c >= '0' && c <= '9') || c == '.' || c == '-';
        if (!is_letter && (at == 0 || !is_later)) {
            return 0;
        }
    }
    return at > 0;
}

// Enters a directive's type in the set, still without fields, unless it is known.
static EpodeStatus declare(EpodeZwBinder* binder, EpodeZwSchemas* schemas, Directive* directive)
{
    EpodeText name = epode_zw_text(binder->tree, directive->name);
    directive->known = epode_zw_schemas_find(schemas, name);
    if (directive->known != NULL) {
        return EPODE_OK;
    }
    const EpodeZwValue* doc = directive->record.values[TYPE_DOC];
    const char* own_name = epode_arena_text(binder->arena, name.bytes, name.size);
    directive->own = epode_arena_alloc(binder->arena, sizeof *directive->own);
    if (own_name == NULL || directive->own == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    *directive->own = (EpodeZwSchema){.name = own_name, .doc = doc->is_set ? doc->text.bytes : ""};
    return epode_zw_schemas_declare(schemas, directive->own, 1);
}

// Binds the directive that begins at `word`; leaves `name` NULL when it is malformed.
static EpodeStatus read_directive(EpodeZwBinder* binder, EpodeZwSchemas* schemas,
                                  const EpodeZwNode* word, Directive* out)
{
    const EpodeZwNode* name = epode_zw_next(binder->tree, word);
    const EpodeZwNode* block = name == NULL ? NULL : epode_zw_next(binder->tree, name);
    *out = (Directive){.name = NULL};
    if (block == NULL || name->kind != EPODE_ZW_WORD || block->kind != EPODE_ZW_BLOCK) {
        epode_zw_error(binder, "E0215", word,
                       "for example %type door {fields [{id {type string}}]}",
                       "%%type is followed by a name and a block");
        return EPODE_OK;
    }
    EpodeText text = epode_zw_text(binder->tree, name);
    if (!is_type_name(text)) {
        epode_zw_error(binder, "E0210", name, "use letters, digits, `_`, `.` and `-`",
                       "`%.*s` cannot be the name of a type", EPODE_NAME(text));
        return EPODE_OK;
    }
    EPODE_TRY(epode_zw_bind_block(binder, epode_zw_table(schemas, &TYPE), block, &out->record));
    out->name = name;
    return declare(binder, schemas, out);
}

static EpodeStatus finish_directive(EpodeZwBinder* binder, EpodeZwSchemas* schemas,
                                    const Directive* directive)
{
    if (directive->own != NULL) {
        return epode_zw_schemas_compile(schemas, directive->own);
    }
    return directive->name == NULL ? EPODE_OK : agree(binder, directive);
}

static int is_type_word(const EpodeZwTree* tree, const EpodeZwNode* node)
{
    return epode_zw_is_word(tree, node, "%type");
}

EpodeStatus epode_zw_bind_types(EpodeZwBinder* binder, EpodeZwSchemas* schemas)
{
    const EpodeZwTree* tree = binder->tree;
    const EpodeZwNode* node;
    uint32_t count = 0;
    for (node = epode_zw_first(tree, tree->nodes); node != NULL; node = epode_zw_next(tree, node)) {
        count += (uint32_t)is_type_word(tree, node);
    }
    if (count == 0) {
        return EPODE_OK;
    }
    Directive* directives = epode_arena_array(binder->arena, count, sizeof *directives);
    if (directives == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    EPODE_TRY(epode_zw_schemas_compile(schemas, &TYPE));
    count = 0;
    for (node = epode_zw_first(tree, tree->nodes); node != NULL; node = epode_zw_next(tree, node)) {
        if (is_type_word(tree, node)) {
            EPODE_TRY(read_directive(binder, schemas, node, &directives[count++]));
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if (directives[i].own != NULL) {
            EPODE_TRY(fill_schema(binder, &directives[i]));
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        EPODE_TRY(finish_directive(binder, schemas, &directives[i]));
    }
    return EPODE_OK;
}
