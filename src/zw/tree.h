// SPDX-License-Identifier: MIT
// The text form ZW as a tree of words, numbers, strings, blocks and lists (decisions W1, W2).
// Knows syntax only; what a block means is said by schemas (zw/schema.h).
//
// A node is 24 bytes and text is not copied: the tree keeps one copy of the file and every node
// says where it stands in it. Nodes are in reading order, so the first child of a node is the node
// behind it.
#ifndef EPODE_ZW_TREE_H
#define EPODE_ZW_TREE_H

#include "base/arena.h"
#include "zw/diag.h"

typedef enum EpodeZwKind {
    EPODE_ZW_WORD = 0,   ///< Bare word: what is not a number, e.g. `curve_gt`, `list<block<x>>`,
                         ///< `4beats`, `%type`.
    EPODE_ZW_NUMBER = 1, ///< A word that is a number from end to end.
    EPODE_ZW_STRING = 2, ///< "..."
    EPODE_ZW_BLOCK = 3,  ///< {...}
    EPODE_ZW_LIST = 4    ///< [...]
} EpodeZwKind;

/// One node. Read its text with epode_zw_text and its children with epode_zw_first and _next.
typedef struct EpodeZwNode {
    uint8_t kind;       // EpodeZwKind
    uint8_t is_escaped; // STRING: its value differs from its spelling
    uint32_t offset;    // in the file, of the first byte
    uint32_t size;      // bytes in the file, quotes and brackets included
    uint32_t next;      // index of the next sibling; 0 behind the last
    union {
        double number;  // NUMBER
        uint32_t count; // BLOCK, LIST: children
        struct {
            uint32_t at; // STRING: in `unescaped` of the tree if is_escaped, else in `source`
            uint32_t size;
        } string;
    };
} EpodeZwNode;

/// A parsed file. Node 0 is a list of what stands at the top level.
typedef struct EpodeZwTree {
    const char* file;
    EpodeText source;      // copy of the file, with a NUL behind it
    const char* unescaped; // values of the strings that have escapes
    const EpodeZwNode* nodes;
    uint32_t node_count;
    const uint32_t* newline_counts; // before each EPODE_ZW_LINE_SPAN bytes of the source
} EpodeZwTree;

enum { EPODE_ZW_LINE_SPAN = 4096 };

/// Most levels of nesting and most bytes that any limits may allow.
#define EPODE_ZW_DEPTH_MAX 1000
#define EPODE_ZW_FILE_SIZE_MAX (UINT32_C(1) << 30)

/// Limits of one file; epode_zw_limits() gives the defaults.
typedef struct EpodeZwLimits {
    uint32_t file_size;   // bytes, default 64 MiB, at most EPODE_ZW_FILE_SIZE_MAX
    uint32_t depth;       // nesting, default 64, at most EPODE_ZW_DEPTH_MAX
    uint32_t node_count;  // words, numbers, strings, blocks and lists; default 4 Mi
    uint32_t string_size; // bytes of one string or word as written, default 64 KiB
} EpodeZwLimits;

/// Default limits.
///
/// Thread:  [any].
EpodeZwLimits epode_zw_limits(void);

/// Parses a file. Reports every mistake it can find and goes on behind it.
///
/// Shapes:  `bytes` may hold anything; nothing beyond `size` is read. `*out` lives in `arena`, is
///          complete when EPODE_OK and holds what could be read when EPODE_ERR_TEXT. `file` is
///          copied.
/// Errors:  EPODE_ERR_TEXT with diagnostics; EPODE_ERR_NO_MEM; EPODE_ERR_BAD_ARG for limits beyond
///          the largest. Size, depth and count beyond the limits are diagnostics too; memory stays
///          below 20 x size + 16 KiB, time is linear.
/// Thread:  [load].
EpodeStatus epode_zw_parse(EpodeArena* arena, EpodeZwLimits limits, const char* file,
                           EpodeText bytes, EpodeDiagList* diags, EpodeZwTree* out);

/// Text of a word, number (its spelling) or string (unescaped); empty for blocks and lists. Not
/// terminated.
///
/// Thread:  [load].
EpodeText epode_zw_text(const EpodeZwTree* tree, const EpodeZwNode* node);

/// Line on which a node begins, 1-based.
///
/// Thread:  [load].
uint32_t epode_zw_line(const EpodeZwTree* tree, const EpodeZwNode* node);

/// Line of a byte of the file, and the place of a run of bytes.
///
/// Range:   offset <= size of the source.
/// Thread:  [load].
uint32_t epode_zw_line_at(const EpodeZwTree* tree, uint32_t offset);
EpodePlace epode_zw_place_at(const EpodeZwTree* tree, uint32_t offset, uint32_t size);

/// The place of a node, for diagnostics. Of a block or list only the opening bracket, and of a
/// block also the word behind it, so that the caret does not underline a page.
///
/// Thread:  [load].
EpodePlace epode_zw_place(const EpodeZwTree* tree, const EpodeZwNode* node);

/// Children in their order: the first child, the next sibling, NULL at the end.
///
/// Thread:  [load].
const EpodeZwNode* epode_zw_first(const EpodeZwTree* tree, const EpodeZwNode* node);
const EpodeZwNode* epode_zw_next(const EpodeZwTree* tree, const EpodeZwNode* node);

/// Count of children of a block or list; 0 for other nodes.
///
/// Thread:  [load].
uint32_t epode_zw_child_count(const EpodeZwNode* node);

/// Whether a node is the bare word `word`; NULL is none.
///
/// Thread:  [load].
int epode_zw_is_word(const EpodeZwTree* tree, const EpodeZwNode* node, const char* word);

#endif
