// SPDX-License-Identifier: MIT
// Blocks against schemas. A block's items come in three spellings (decision W2) that walk() brings
// to one: pairs of a key and a value. Recursion follows the tree, whose depth the parser limits.
#include <stdio.h>

#include "zw/bind.h"

int32_t epode_zw_field_index(const EpodeZwSchema* schema, EpodeText name)
{
    for (uint32_t i = 0; i < schema->field_count; i++) {
        if (epode_text_is(epode_text(schema->fields[i].name), name)) {
            return (int32_t)i;
        }
    }
    return -1;
}

static int32_t find_key(const EpodeZwTable* table, EpodeText key)
{
    for (uint32_t i = 0; i < table->schema->field_count; i++) {
        if (epode_text_is(table->names[i], key)) {
            return (int32_t)i;
        }
    }
    return -1;
}

// One step of a walk over a block's items.
typedef enum StepKind {
    STEP_END,
    STEP_PAIR,    // a known key; `value` is NULL for a flag that stands alone
    STEP_UNKNOWN, // a word that is no key
    STEP_BARE,    // a key without its value
    STEP_STRAY    // something else where a key should stand
} StepKind;

typedef struct Walk {
    const EpodeZwTree* tree;
    const EpodeZwTable* table;
    const EpodeZwNode* at;    // what comes next; NULL at the end of the block it is in
    const EpodeZwNode* outer; // what comes behind the nested block that `at` is in
    int is_nested;
    // The step:
    const EpodeZwNode* key;
    const EpodeZwNode* value;
    uint32_t field;
} Walk;

static const EpodeZwNode* take(Walk* walk)
{
    const EpodeZwNode* node = walk->at;
    walk->at = epode_zw_next(walk->tree, node);
    return node;
}

static int is_key(const Walk* walk, const EpodeZwNode* node)
{
    return node->kind == EPODE_ZW_WORD &&
           find_key(walk->table, epode_zw_text(walk->tree, node)) >= 0;
}

// Whether a block is a group of pairs of the block it stands in, rather than a value.
static int is_group(const Walk* walk, const EpodeZwNode* node)
{
    const EpodeZwNode* first = epode_zw_first(walk->tree, node);
    return node->kind == EPODE_ZW_BLOCK && first != NULL && is_key(walk, first);
}

// A flag takes what follows as its value unless that is the next key or group.
static int flag_takes(const Walk* walk, const EpodeZwNode* node)
{
    return node != NULL && !is_key(walk, node) && (walk->is_nested || node->kind != EPODE_ZW_BLOCK);
}

static StepKind step_key(Walk* walk)
{
    walk->key = take(walk);
    walk->value = NULL;
    int32_t field = find_key(walk->table, epode_zw_text(walk->tree, walk->key));
    const EpodeZwNode* next = walk->at;
    if (field < 0) {
        // Its value goes with it, but not the next key.
        if (next != NULL && !is_key(walk, next) && (walk->is_nested || !is_group(walk, next))) {
            take(walk);
        }
        return STEP_UNKNOWN;
    }
    walk->field = (uint32_t)field;
    if (walk->table->schema->fields[field].type == EPODE_ZW_TYPE_FLAG) {
        walk->value = flag_takes(walk, next) ? take(walk) : NULL;
        return STEP_PAIR;
    }
    if (next == NULL) {
        return STEP_BARE;
    }
    walk->value = take(walk);
    return STEP_PAIR;
}

static StepKind step_stray(Walk* walk)
{
    walk->key = take(walk);
    while (walk->at != NULL && walk->at->kind != EPODE_ZW_WORD &&
           walk->at->kind != EPODE_ZW_BLOCK) {
        take(walk); // one message for a run of them
    }
    return STEP_STRAY;
}

static StepKind step(Walk* walk)
{
    if (walk->at == NULL && walk->is_nested) {
        walk->at = walk->outer;
        walk->is_nested = 0;
    }
    if (walk->at == NULL) {
        return STEP_END;
    }
    const EpodeZwNode* node = walk->at;
    if (node->kind == EPODE_ZW_WORD) {
        return step_key(walk);
    }
    const EpodeZwNode* first = epode_zw_first(walk->tree, node);
    if (walk->is_nested || node->kind != EPODE_ZW_BLOCK || first == NULL ||
        first->kind != EPODE_ZW_WORD) {
        return step_stray(walk);
    }
    walk->outer = epode_zw_next(walk->tree, node);
    walk->at = first;
    walk->is_nested = 1;
    return step_key(walk);
}

// The state of one block's binding.
typedef struct Block {
    const EpodeZwTable* table;
    const EpodeZwNode* node;
    EpodeZwValue** values;
    EpodeZwValue* room;    // for the values that stand in the text
    uint32_t* item_counts; // REPEATS: items of each field in the whole block
} Block;

// After a thousand mistakes the rest is passed over: nobody mends more at once.
static int is_full(const EpodeZwBinder* binder)
{
    return binder->error_count >= EPODE_DIAGS_MAX;
}

static const EpodeZwField* field_of(const EpodeZwTable* table, uint32_t index)
{
    return &table->schema->fields[index];
}

static EpodeStatus bind_tagged(EpodeZwBinder* binder, const EpodeZwField* field,
                               const EpodeZwNode* node, EpodeZwRecord* out, int* is_bound);

// A value that is one of the field's type, not a list of them.
static EpodeStatus bind_one(EpodeZwBinder* binder, const EpodeZwTable* table, uint32_t index,
                            const EpodeZwNode* node, EpodeZwValue* out)
{
    const EpodeZwField* field = field_of(table, index);
    if (field->type != EPODE_ZW_TYPE_BLOCK) {
        return epode_zw_read_value(binder, field, node, out);
    }
    *out = (EpodeZwValue){.is_present = 1, .kind = node->kind, .node = node};
    const EpodeZwTable* inner = table->blocks[index];
    int takes_list = inner != NULL && (inner->schema->flags & EPODE_ZW_POSITIONAL);
    if (node->kind != EPODE_ZW_BLOCK && !(takes_list && node->kind == EPODE_ZW_LIST)) {
        epode_zw_refuse(binder, field, node);
        return EPODE_OK;
    }
    EpodeZwRecord* record = epode_arena_alloc(binder->arena, sizeof *record);
    if (record == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    int is_bound = 1;
    EpodeStatus status = inner != NULL ? epode_zw_bind_block(binder, inner, node, record)
                                       : bind_tagged(binder, field, node, record, &is_bound);
    out->record = is_bound ? record : NULL;
    out->is_set = (uint8_t)is_bound;
    return status;
}

// Whether a node is one value of a LIST_OF field and not the list. A list of numbers is one vector,
// and a list that begins with a scalar is one positional block.
static int is_one_value(const EpodeZwTable* table, uint32_t index, const EpodeZwTree* tree,
                        const EpodeZwNode* node)
{
    const EpodeZwField* field = field_of(table, index);
    if (!(field->flags & EPODE_ZW_LIST_OF) || node->kind != EPODE_ZW_LIST) {
        return 1;
    }
    const EpodeZwTable* inner = table->blocks[index];
    int takes_list = field->type == EPODE_ZW_TYPE_VECTOR ||
                     (inner != NULL && (inner->schema->flags & EPODE_ZW_POSITIONAL));
    const EpodeZwNode* first = epode_zw_first(tree, node);
    return takes_list && first != NULL && first->kind != EPODE_ZW_LIST &&
           first->kind != EPODE_ZW_BLOCK;
}

static uint32_t item_count(const EpodeZwTable* table, uint32_t index, const EpodeZwTree* tree,
                           const EpodeZwNode* node)
{
    return is_one_value(table, index, tree, node) ? 1 : node->count;
}

// A value with room for `capacity` items.
static EpodeStatus make_items(EpodeZwBinder* binder, uint32_t capacity, const EpodeZwNode* node,
                              EpodeZwValue* out)
{
    const EpodeZwValue* items = epode_arena_array(binder->arena, capacity, sizeof *items);
    *out = (EpodeZwValue){
        .is_present = 1, .is_set = 1, .kind = node->kind, .items = items, .node = node};
    return items == NULL ? EPODE_ERR_NO_MEM : EPODE_OK;
}

// Binds what one node adds to the items of a value that has room for them.
static EpodeStatus add_items(EpodeZwBinder* binder, const EpodeZwTable* table, uint32_t index,
                             const EpodeZwNode* node, EpodeZwValue* out)
{
    EpodeZwValue* next = (EpodeZwValue*)out->items + out->count; // made by make_items
    out->count += item_count(table, index, binder->tree, node);
    if (is_one_value(table, index, binder->tree, node)) {
        return bind_one(binder, table, index, node, next);
    }
    const EpodeZwNode* item = epode_zw_first(binder->tree, node);
    for (; item != NULL && !is_full(binder); item = epode_zw_next(binder->tree, item)) {
        EPODE_TRY(bind_one(binder, table, index, item, next++));
    }
    return EPODE_OK;
}

EpodeStatus epode_zw_bind_value(EpodeZwBinder* binder, const EpodeZwTable* table, uint32_t field,
                                const EpodeZwNode* node, EpodeZwValue* out)
{
    if (!(field_of(table, field)->flags & (EPODE_ZW_LIST_OF | EPODE_ZW_REPEATS))) {
        return bind_one(binder, table, field, node, out);
    }
    uint32_t count = item_count(table, field, binder->tree, node);
    EPODE_TRY(make_items(binder, count, node, out));
    return add_items(binder, table, field, node, out);
}

// Binds one occurrence of a field.
static EpodeStatus bind_pair(EpodeZwBinder* binder, Block* block, uint32_t index,
                             const EpodeZwNode* key, const EpodeZwNode* value)
{
    const EpodeZwField* field = field_of(block->table, index);
    EpodeZwValue* bound = block->values[index];
    int is_repeated = bound->is_present;
    if (is_repeated && !(field->flags & EPODE_ZW_REPEATS)) {
        epode_zw_error(binder, "E0207", key, "remove one of them",
                       "`%s` stands twice, first on line %u", field->name,
                       epode_zw_line(binder->tree, bound->node));
        return EPODE_OK;
    }
    if (is_repeated) {
        return add_items(binder, block->table, index, value, bound);
    }
    bound = block->room++;
    block->values[index] = bound;
    if (value == NULL) { // a flag that stands alone
        *bound = (EpodeZwValue){.is_present = 1, .is_set = 1, .number = 1.0, .node = key};
        return EPODE_OK;
    }
    if (!(field->flags & EPODE_ZW_REPEATS)) {
        return epode_zw_bind_value(binder, block->table, index, value, bound);
    }
    EPODE_TRY(make_items(binder, block->item_counts[index], value, bound));
    return add_items(binder, block->table, index, value, bound);
}

static void refuse_key(EpodeZwBinder* binder, const EpodeZwTable* table, const EpodeZwNode* key)
{
    EpodeText text = epode_zw_text(binder->tree, key);
    EpodeNearest nearest = epode_nearest(text);
    for (uint32_t i = 0; i < table->schema->field_count; i++) {
        epode_nearest_offer(&nearest, table->names[i]);
    }
    char last = text.bytes[text.size - 1];
    char hint[EPODE_ZW_HINT_SIZE];
    if (text.bytes[0] == '#' || (text.size > 1 && memcmp(text.bytes, "//", 2) == 0)) {
        snprintf(hint, sizeof hint, "a comment begins with `;`");
    } else if (last == ':' || last == '=' || last == ',') {
        snprintf(hint, sizeof hint, "key and value stand side by side: `{id \"x\"}`, without `%c`",
                 last);
    } else if (*epode_nearest_hint(&nearest, hint, sizeof hint) == '\0') {
        epode_zw_hint_names(hint, "it has: ", table->names, table->schema->field_count);
    }
    epode_zw_error(binder, "E0203", key, hint, "`%s` has no `%.*s`", table->schema->name,
                   EPODE_NAME(text));
}

static void refuse_stray(EpodeZwBinder* binder, const Walk* walk)
{
    if (walk->key->kind == EPODE_ZW_BLOCK) {
        epode_zw_error(binder, "E0211", walk->key, "for example {id \"x\"}",
                       "a block in `%s` begins with a key", walk->table->schema->name);
    } else {
        epode_zw_error(binder, "E0211", walk->key,
                       "several values of one key stand in a list: `[1 2 3]`",
                       "this value in `%s` has no key before it", walk->table->schema->name);
    }
}

static EpodeStatus bind_pairs(EpodeZwBinder* binder, Block* block, Walk walk)
{
    while (!is_full(binder)) {
        switch (step(&walk)) {
        case STEP_END: return EPODE_OK;
        case STEP_PAIR:
            EPODE_TRY(bind_pair(binder, block, walk.field, walk.key, walk.value));
            break;
        case STEP_UNKNOWN: refuse_key(binder, walk.table, walk.key); break;
        case STEP_BARE:
            epode_zw_error(binder, "E0209", walk.key, NULL, "`%s` has no value",
                           field_of(walk.table, walk.field)->name);
            break;
        case STEP_STRAY: refuse_stray(binder, &walk); break;
        }
    }
    return EPODE_OK;
}

static EpodeStatus bind_positions(EpodeZwBinder* binder, Block* block)
{
    uint32_t index = 0;
    const EpodeZwNode* item = epode_zw_first(binder->tree, block->node);
    for (; item != NULL; item = epode_zw_next(binder->tree, item), index++) {
        if (index == block->table->schema->field_count) {
            char hint[EPODE_ZW_HINT_SIZE];
            epode_zw_hint_names(hint, "they are: ", block->table->names, index);
            epode_zw_error(binder, "E0212", item, hint, "a list for `%s` has at most %u values",
                           block->table->schema->name, index);
            break;
        }
        EPODE_TRY(bind_pair(binder, block, index, item, item));
    }
    return EPODE_OK;
}

// Counts the values of a block, so that they get one piece of memory.
static uint32_t count_pairs(const Block* block, Walk walk)
{
    uint32_t count = 0;
    for (StepKind kind = step(&walk); kind != STEP_END; kind = step(&walk)) {
        count += kind == STEP_PAIR;
        if (kind == STEP_PAIR && (field_of(walk.table, walk.field)->flags & EPODE_ZW_REPEATS)) {
            block->item_counts[walk.field] +=
                item_count(walk.table, walk.field, walk.tree, walk.value);
        }
    }
    return count;
}

static EpodeStatus reserve_values(EpodeZwBinder* binder, Block* block, const Walk* walk)
{
    const EpodeZwTable* table = block->table;
    uint32_t field_count = table->schema->field_count;
    block->values = epode_arena_array(binder->arena, field_count, sizeof *block->values);
    if (table->has_repeats) {
        block->item_counts =
            epode_arena_array(binder->arena, field_count, sizeof *block->item_counts);
    }
    if (block->values == NULL || (table->has_repeats && block->item_counts == NULL)) {
        return EPODE_ERR_NO_MEM;
    }
    memcpy(block->values, table->absent, field_count * sizeof *block->values);
    uint32_t count = walk == NULL ? block->node->count : count_pairs(block, *walk);
    count += (table->schema->flags & EPODE_ZW_NAMED) != 0;
    block->room = epode_arena_array(binder->arena, count, sizeof *block->room);
    return block->room == NULL ? EPODE_ERR_NO_MEM : EPODE_OK;
}

static void check_required(EpodeZwBinder* binder, const Block* block)
{
    for (uint32_t i = 0; i < block->table->schema->field_count; i++) {
        const EpodeZwField* field = field_of(block->table, i);
        if ((field->flags & EPODE_ZW_REQUIRED) && !block->values[i]->is_present) {
            char hint[EPODE_ZW_HINT_SIZE];
            snprintf(hint, sizeof hint, "`%s`: %s", field->name, field->doc);
            epode_zw_error(binder, "E0204", block->node, hint, "`%s` needs `%s`",
                           block->table->schema->name, field->name);
        }
    }
}

// What stands at the head of a block: how many words to pass over, or that it is another block.
typedef enum Head { HEAD_NONE, HEAD_TAG, HEAD_OTHER } Head;

static Head read_head(EpodeZwBinder* binder, const EpodeZwTable* table, const EpodeZwNode* node)
{
    const EpodeZwNode* first = epode_zw_first(binder->tree, node);
    if (first == NULL || first->kind != EPODE_ZW_WORD) {
        return HEAD_NONE;
    }
    EpodeText word = epode_zw_text(binder->tree, first);
    EpodeText tag = epode_text(table->schema->name);
    if (epode_text_is(word, tag)) {
        return HEAD_TAG;
    }
    if (find_key(table, word) >= 0) {
        return HEAD_NONE;
    }
    EpodeNearest nearest = epode_nearest(word);
    for (uint32_t i = 0; i < table->schema->field_count; i++) {
        epode_nearest_offer(&nearest, table->names[i]);
    }
    uint32_t key_distance = nearest.distance;
    epode_nearest_offer(&nearest, tag);
    int is_known = epode_zw_schemas_find(binder->schemas, word) != NULL;
    if (!is_known && nearest.distance == key_distance) {
        return HEAD_NONE; // an unknown key
    }
    char hint[EPODE_ZW_HINT_SIZE];
    epode_zw_error(binder, "E0213", first, epode_nearest_hint(&nearest, hint, sizeof hint),
                   "a block `%s` should stand here, not `%.*s`", table->schema->name,
                   EPODE_NAME(word));
    return is_known ? HEAD_OTHER : HEAD_TAG;
}

// `{name {type float}}`: the word at the head is the value of the first field.
static EpodeStatus bind_name(EpodeZwBinder* binder, Block* block, const EpodeZwNode* name)
{
    if (name == NULL || name->kind == EPODE_ZW_BLOCK || name->kind == EPODE_ZW_LIST) {
        return EPODE_OK; // the first field is missing, which is said if it is required
    }
    return bind_pair(binder, block, 0, name, name);
}

static EpodeStatus bind_inside(EpodeZwBinder* binder, Block* block, Head* head)
{
    Walk walk = {.tree = binder->tree, .table = block->table};
    walk.at = epode_zw_first(binder->tree, block->node);
    const EpodeZwNode* first = walk.at;
    int is_named = (block->table->schema->flags & EPODE_ZW_NAMED) != 0;
    *head = is_named ? HEAD_TAG : read_head(binder, block->table, block->node);
    if (*head == HEAD_TAG && first != NULL) {
        take(&walk);
    } else if (*head == HEAD_OTHER) {
        walk.at = NULL;
    }
    EPODE_TRY(reserve_values(binder, block, &walk));
    if (is_named) {
        EPODE_TRY(bind_name(binder, block, first));
    }
    return bind_pairs(binder, block, walk);
}

EpodeStatus epode_zw_bind_block(EpodeZwBinder* binder, const EpodeZwTable* table,
                                const EpodeZwNode* node, EpodeZwRecord* out)
{
    Block block = {.table = table, .node = node};
    Head head = HEAD_NONE;
    if (node->kind == EPODE_ZW_LIST) {
        EPODE_TRY(reserve_values(binder, &block, NULL));
        EPODE_TRY(bind_positions(binder, &block));
    } else {
        EPODE_TRY(bind_inside(binder, &block, &head));
    }
    if (head != HEAD_OTHER) {
        check_required(binder, &block);
    }
    *out = (EpodeZwRecord){.schema = table->schema,
                           .tree = binder->tree,
                           .node = node,
                           .values = (const EpodeZwValue* const*)block.values};
    return EPODE_OK;
}

static int is_choice(const EpodeZwField* field, EpodeText name)
{
    const char* const* choice = field->choices;
    while (choice != NULL && *choice != NULL && !epode_text_is(epode_text(*choice), name)) {
        choice++;
    }
    return choice == NULL || *choice != NULL;
}

static void refuse_tag(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node,
                       EpodeText tag)
{
    EpodeNearest nearest = epode_nearest(tag);
    for (uint32_t i = 0; i < epode_zw_schemas_count(binder->schemas); i++) {
        EpodeText name = epode_text(epode_zw_schemas_at(binder->schemas, i)->name);
        if (is_choice(field, name)) {
            epode_nearest_offer(&nearest, name);
        }
    }
    char hint[EPODE_ZW_HINT_SIZE];
    epode_zw_error(binder, "E0214", node, epode_nearest_hint(&nearest, hint, sizeof hint),
                   "`%s` takes no block `%.*s`", field->name, EPODE_NAME(tag));
}

// A block of a field without a schema: its tag says which.
static EpodeStatus bind_tagged(EpodeZwBinder* binder, const EpodeZwField* field,
                               const EpodeZwNode* node, EpodeZwRecord* out, int* is_bound)
{
    const EpodeZwNode* first = epode_zw_first(binder->tree, node);
    *is_bound = 0;
    if (first == NULL || first->kind != EPODE_ZW_WORD) {
        epode_zw_error(binder, "E0214", node, NULL, "a block in `%s` begins with its tag",
                       field->name);
        return EPODE_OK;
    }
    EpodeText tag = epode_zw_text(binder->tree, first);
    const EpodeZwSchema* schema =
        is_choice(field, tag) ? epode_zw_schemas_find(binder->schemas, tag) : NULL;
    if (schema == NULL) {
        refuse_tag(binder, field, node, tag);
        return EPODE_OK;
    }
    *is_bound = 1;
    return epode_zw_bind_block(binder, epode_zw_table(binder->schemas, schema), node, out);
}

EpodeStatus epode_zw_bind(EpodeArena* arena, const EpodeZwSchemas* schemas,
                          const EpodeZwSchema* schema, const EpodeZwTree* tree,
                          const EpodeZwNode* node, EpodeDiagList* diags, EpodeZwRecord* out)
{
    const EpodeZwTable* table = epode_zw_table(schemas, schema);
    EPODE_ASSERT(table != NULL);
    EpodeZwBinder binder = {.arena = arena, .schemas = schemas, .tree = tree, .diags = diags};
    EPODE_TRY(epode_zw_bind_block(&binder, table, node, out));
    return binder.error_count > 0 ? EPODE_ERR_TEXT : EPODE_OK;
}

void epode_zw_complain(EpodeDiagList* diags, EpodeSeverity severity, const char* code,
                       const EpodeZwRecord* record, uint32_t field, const char* hint,
                       const char* format, ...)
{
    const EpodeZwNode* node = record->values[field]->node;
    va_list arguments;
    va_start(arguments, format);
    epode_diag_add_list(diags, severity, code,
                        epode_zw_place(record->tree, node != NULL ? node : record->node), hint,
                        format, arguments);
    va_end(arguments);
}
