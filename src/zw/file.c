// SPDX-License-Identifier: MIT
// A file as a whole: which blocks stand at its top, each bound to the schema that its tag names.
#include <stdio.h>

#include "zw/bind.h"

// "it belongs in `then` of `ap_rule`" for a schema that cannot stand at the top.
static void hint_home(const EpodeZwSchemas* schemas, const EpodeZwSchema* schema, char* out,
                      size_t size)
{
    out[0] = '\0';
    for (uint32_t i = 0; i < epode_zw_schemas_count(schemas); i++) {
        const EpodeZwSchema* outer = epode_zw_schemas_at(schemas, i);
        for (uint32_t k = 0; k < outer->field_count; k++) {
            if (outer->fields[k].schema == schema && outer != schema) {
                snprintf(out, size, "it belongs in `%s` of `%s`", outer->fields[k].name,
                         outer->name);
                return;
            }
        }
    }
}

static void refuse_tag(EpodeZwBinder* binder, const EpodeZwNode* node, EpodeText tag)
{
    EpodeText names[EPODE_ZW_HINT_SIZE / 2];
    uint32_t count = 0;
    EpodeNearest nearest = epode_nearest(tag);
    for (uint32_t i = 0; i < epode_zw_schemas_count(binder->schemas); i++) {
        EpodeText name = epode_text(epode_zw_schemas_at(binder->schemas, i)->name);
        if (!epode_zw_schemas_is_top(binder->schemas, i)) {
            continue;
        }
        epode_nearest_offer(&nearest, name);
        if (count < EPODE_COUNT_OF(names)) {
            names[count++] = name;
        }
    }
    char hint[EPODE_ZW_HINT_SIZE];
    if (*epode_nearest_hint(&nearest, hint, sizeof hint) == '\0') {
        epode_zw_hint_names(hint, "a file may hold: ", names, count);
    }
    epode_zw_error(binder, "E0201", node, hint, "there is no block `%.*s`", EPODE_NAME(tag));
}

static EpodeStatus bind_top(EpodeZwBinder* binder, const EpodeZwNode* node, EpodeZwRecord* out,
                            uint32_t* count)
{
    const EpodeZwNode* first = epode_zw_first(binder->tree, node);
    if (first == NULL || first->kind != EPODE_ZW_WORD) {
        epode_zw_error(binder, "E0202", node, "for example {scene {id \"hall\"}}",
                       "a block at the top of a file begins with its name");
        return EPODE_OK;
    }
    EpodeText tag = epode_zw_text(binder->tree, first);
    for (uint32_t i = 0; i < epode_zw_schemas_count(binder->schemas); i++) {
        const EpodeZwSchema* schema = epode_zw_schemas_at(binder->schemas, i);
        if (!epode_text_is(epode_text(schema->name), tag)) {
            continue;
        }
        if (!epode_zw_schemas_is_top(binder->schemas, i)) {
            char hint[EPODE_ZW_HINT_SIZE];
            hint_home(binder->schemas, schema, hint, sizeof hint);
            epode_zw_error(binder, "E0218", node, hint,
                           "a block `%s` cannot stand at the top of a file", schema->name);
            return EPODE_OK;
        }
        *count += 1;
        return epode_zw_bind_block(binder, epode_zw_table(binder->schemas, schema), node, out);
    }
    refuse_tag(binder, node, tag);
    return EPODE_OK;
}

// What is not a block: a directive, whose words are passed over, or a mistake. Returns the last
// node that belongs to it.
static const EpodeZwNode* pass_over(EpodeZwBinder* binder, const EpodeZwNode* node)
{
    EpodeText text = epode_zw_text(binder->tree, node);
    if (epode_zw_is_word(binder->tree, node, "%type")) {
        const EpodeZwNode* name = epode_zw_next(binder->tree, node);
        const EpodeZwNode* block = name == NULL ? NULL : epode_zw_next(binder->tree, name);
        int is_whole =
            block != NULL && name->kind == EPODE_ZW_WORD && block->kind == EPODE_ZW_BLOCK;
        return is_whole ? block : node;
    }
    if (node->kind == EPODE_ZW_WORD && text.bytes[0] == '%') {
        epode_zw_error(binder, "E0219", node, "the only directive is %type",
                       "there is no directive `%.*s`", EPODE_NAME(text));
    } else if (node->kind == EPODE_ZW_WORD && text.bytes[0] == '#') {
        epode_zw_error(binder, "E0202", node, "a comment begins with `;`",
                       "only blocks stand at the top of a file");
    } else {
        epode_zw_error(binder, "E0202", node, "put it into a block: {scene {id \"hall\"}}",
                       "only blocks stand at the top of a file");
    }
    const EpodeZwNode* next = epode_zw_next(binder->tree, node);
    while (next != NULL && next->kind != EPODE_ZW_BLOCK &&
           !epode_zw_is_word(binder->tree, next, "%type")) {
        node = next; // one message for a run of them
        next = epode_zw_next(binder->tree, node);
    }
    return node;
}

EpodeStatus epode_zw_bind_file(EpodeArena* arena, EpodeZwSchemas* schemas, const EpodeZwTree* tree,
                               EpodeDiagList* diags, const EpodeZwRecord** out, uint32_t* count)
{
    EpodeZwBinder binder = {.arena = arena, .schemas = schemas, .tree = tree, .diags = diags};
    *out = NULL;
    *count = 0;
    EPODE_TRY(epode_zw_bind_types(&binder, schemas));
    EpodeZwRecord* records = epode_arena_array(arena, tree->nodes[0].count, sizeof *records);
    if (records == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    const EpodeZwNode* node = epode_zw_first(tree, tree->nodes);
    for (; node != NULL; node = epode_zw_next(tree, node)) {
        if (node->kind == EPODE_ZW_BLOCK) {
            EPODE_TRY(bind_top(&binder, node, &records[*count], count));
        } else {
            node = pass_over(&binder, node);
        }
        if (binder.error_count >= EPODE_DIAGS_MAX) {
            break; // nobody mends more at once
        }
    }
    *out = records;
    return binder.error_count > 0 ? EPODE_ERR_TEXT : EPODE_OK;
}
