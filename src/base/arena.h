// SPDX-License-Identifier: MIT
// Bump allocation for things that live and die together: a parsed tree, a score, a stage. After
// seal an arena hands out nothing, which is how "nothing allocates after seal" is kept.
#ifndef EPODE_BASE_ARENA_H
#define EPODE_BASE_ARENA_H

#include "base/heap.h"

typedef struct EpodeArenaChunk EpodeArenaChunk;

typedef struct EpodeArena {
    EpodeHeap heap;
    EpodeArenaChunk* chunk;
    size_t used;
    size_t total_size;
    int is_sealed;
} EpodeArena;

#define EPODE_ARENA_ALIGN 64

/// Prepares an empty arena; allocates nothing yet.
///
/// Thread:  [load].
void epode_arena_init(EpodeArena* arena, EpodeHeap heap);

/// Frees everything that was allocated from the arena.
///
/// Thread:  [load].
void epode_arena_finish(EpodeArena* arena);

/// Allocates `size` zeroed bytes aligned to 16, or to 64 from 64 bytes on.
///
/// Errors:  NULL when the heap is exhausted; an assertion when the arena is sealed.
/// Thread:  [load].
void* epode_arena_alloc(EpodeArena* arena, size_t size);

/// Allocates an array of `count` zeroed items; NULL also when the product does not fit.
///
/// Thread:  [load].
void* epode_arena_array(EpodeArena* arena, size_t count, size_t item_size);

/// Copies `size` bytes into the arena and adds a terminating NUL.
///
/// Thread:  [load].
char* epode_arena_text(EpodeArena* arena, const char* bytes, size_t size);

/// Forbids further allocation.
///
/// Thread:  [load].
void epode_arena_seal(EpodeArena* arena);

#endif
