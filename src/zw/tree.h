// SPDX-License-Identifier: MIT
// The text form ZW as a tree of words, numbers, strings, blocks and lists (decisions W1, W2).
// Knows syntax only; what a block means is said by schemas (zw/schema.h).
#ifndef EPODE_ZW_TREE_H
#define EPODE_ZW_TREE_H

#include "base/arena.h"
#include "zw/diag.h"

typedef enum EpodeZwKind {
    EPODE_ZW_WORD = 0,   ///< Bare word: what is not a number, e.g. `curve_gt`, `list<block<x>>`,
                         ///< `4beats`, `%type`.
    EPODE_ZW_NUMBER = 1, ///< `number` holds the value, `text` the spelling.
    EPODE_ZW_STRING = 2, ///< `text` holds the unescaped bytes.
    EPODE_ZW_BLOCK = 3,  ///< {...}
    EPODE_ZW_LIST = 4    ///< [...]
} EpodeZwKind;

/// One node. Children of a block or list are `first`, then `next` of each; 0 ends the chain.
typedef struct EpodeZwNode {
    uint8_t kind;
    uint32_t offset; // in the file, of the first byte
    uint32_t size;   // bytes in the file up to and with the closing bracket
    uint32_t line;   // 1-based
    uint32_t next;
    uint32_t first;
    uint32_t count; // children
    uint32_t text_size;
    const char* text; // NUL-terminated, owned by the tree
    double number;
} EpodeZwNode;

/// A parsed file. Node 0 is a list of what stands at the top level.
typedef struct EpodeZwTree {
    const char* file;
    EpodeText source; // copy of the file, owned by the arena
    const EpodeZwNode* nodes;
    uint32_t node_count;
} EpodeZwTree;

/// Limits of one file; epode_zw_limits() gives the defaults.
typedef struct EpodeZwLimits {
    uint32_t file_size;   // bytes, default 64 MiB
    uint32_t depth;       // nesting, default 64
    uint32_t node_count;  // default 4 Mi
    uint32_t string_size; // bytes of one string or word, default 64 KiB
} EpodeZwLimits;

/// Default limits.
///
/// Thread:  [any].
EpodeZwLimits epode_zw_limits(void);

/// Parses a file. Reports every mistake it can find and recovers at the next bracket.
///
/// Shapes:  `bytes` may hold anything; nothing beyond `size` is read. `*out` lives in `arena`, is
///          complete when EPODE_OK and holds what could be read when EPODE_ERR_TEXT.
/// Errors:  EPODE_ERR_TEXT with diagnostics; EPODE_ERR_NO_MEM. Size, depth and count beyond the
///          limits are diagnostics too; memory stays below 20 x size.
/// Thread:  [load].
EpodeStatus epode_zw_parse(EpodeArena* arena, EpodeZwLimits limits, const char* file,
                           EpodeText bytes, EpodeDiagList* diags, EpodeZwTree* out);

/// The place of a node, for diagnostics.
///
/// Thread:  [load].
EpodePlace epode_zw_place(const EpodeZwTree* tree, const EpodeZwNode* node);

/// Child list iteration: first child, next sibling, NULL at the end.
///
/// Thread:  [load].
const EpodeZwNode* epode_zw_first(const EpodeZwTree* tree, const EpodeZwNode* node);
const EpodeZwNode* epode_zw_next(const EpodeZwTree* tree, const EpodeZwNode* node);

/// Whether a node is the bare word `word`.
///
/// Thread:  [load].
int epode_zw_is_word(const EpodeZwNode* node, const char* word);

#endif
