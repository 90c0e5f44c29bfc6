// SPDX-License-Identifier: MIT
// The parsed file: places, lines, texts and the walk over children. Building it is parser.c's work.
#include "zw/tree.h"

EpodeZwLimits epode_zw_limits(void)
{
    return (EpodeZwLimits){
        .file_size = 64U << 20, .depth = 64, .node_count = 4U << 20, .string_size = 64U << 10};
}

EpodeText epode_zw_text(const EpodeZwTree* tree, const EpodeZwNode* node)
{
    if (node->kind == EPODE_ZW_STRING) {
        const char* base = node->is_escaped ? tree->unescaped : tree->source.bytes;
        return (EpodeText){base + node->string.at, node->string.size};
    }
    int is_leaf = node->kind == EPODE_ZW_WORD || node->kind == EPODE_ZW_NUMBER;
    return is_leaf ? (EpodeText){tree->source.bytes + node->offset, node->size}
                   : (EpodeText){NULL, 0};
}

uint32_t epode_zw_line_at(const EpodeZwTree* tree, uint32_t offset)
{
    uint32_t span = offset / EPODE_ZW_LINE_SPAN;
    uint32_t line = 1 + tree->newline_counts[span];
    for (uint32_t at = span * EPODE_ZW_LINE_SPAN; at < offset; at++) {
        line += tree->source.bytes[at] == '\n';
    }
    return line;
}

uint32_t epode_zw_line(const EpodeZwTree* tree, const EpodeZwNode* node)
{
    return epode_zw_line_at(tree, node->offset);
}

EpodePlace epode_zw_place_at(const EpodeZwTree* tree, uint32_t offset, uint32_t size)
{
    return (EpodePlace){.file = tree->file,
                        .text = tree->source,
                        .offset = offset,
                        .size = size,
                        .line = epode_zw_line_at(tree, offset)};
}

EpodePlace epode_zw_place(const EpodeZwTree* tree, const EpodeZwNode* node)
{
    uint32_t size = node->size;
    if (node->kind == EPODE_ZW_BLOCK || node->kind == EPODE_ZW_LIST) {
        const EpodeZwNode* head = epode_zw_first(tree, node);
        int is_named = head != NULL && node->kind == EPODE_ZW_BLOCK && head->kind == EPODE_ZW_WORD;
        size = is_named ? head->offset + head->size - node->offset : 1;
    }
    return epode_zw_place_at(tree, node->offset, size);
}

const EpodeZwNode* epode_zw_first(const EpodeZwTree* tree, const EpodeZwNode* node)
{
    (void)tree;
    return epode_zw_child_count(node) > 0 ? node + 1 : NULL;
}

const EpodeZwNode* epode_zw_next(const EpodeZwTree* tree, const EpodeZwNode* node)
{
    return node->next == 0 ? NULL : &tree->nodes[node->next];
}

uint32_t epode_zw_child_count(const EpodeZwNode* node)
{
    return node->kind == EPODE_ZW_BLOCK || node->kind == EPODE_ZW_LIST ? node->count : 0;
}

int epode_zw_is_word(const EpodeZwTree* tree, const EpodeZwNode* node, const char* word)
{
    return node != NULL && node->kind == EPODE_ZW_WORD &&
           epode_text_is(epode_zw_text(tree, node), epode_text(word));
}
