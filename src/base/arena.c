// SPDX-License-Identifier: MIT
// A chain of chunks, each twice the size of the one before. Knows the heap and nothing else.
#include "base/arena.h"

#include <string.h>

enum { FIRST_CHUNK_SIZE = 4096, LARGEST_CHUNK_SIZE = 1 << 20 };

struct EpodeArenaChunk {
    EpodeArenaChunk* previous;
    size_t size; // of the whole block, this header included
};

void epode_arena_init(EpodeArena* arena, EpodeHeap heap)
{
    *arena = (EpodeArena){.heap = heap};
}

void epode_arena_finish(EpodeArena* arena)
{
    EpodeArenaChunk* chunk = arena->chunk;
    while (chunk != NULL) {
        EpodeArenaChunk* previous = chunk->previous;
        epode_heap_free(arena->heap, chunk, chunk->size);
        chunk = previous;
    }
    epode_arena_init(arena, arena->heap);
}

static size_t aligned_start(const EpodeArena* arena, size_t align)
{
    uintptr_t at = (uintptr_t)arena->chunk + arena->used;
    return arena->used + (size_t)((align - at % align) % align);
}

static int add_chunk(EpodeArena* arena, size_t size)
{
    size_t wanted = arena->chunk == NULL ? FIRST_CHUNK_SIZE : arena->chunk->size * 2;
    if (wanted > LARGEST_CHUNK_SIZE) {
        wanted = LARGEST_CHUNK_SIZE;
    }
    size_t needed = sizeof(EpodeArenaChunk) + size + EPODE_ARENA_ALIGN;
    if (needed < size) {
        return 0;
    }
    if (wanted < needed) {
        wanted = needed;
    }
    EpodeArenaChunk* chunk = epode_heap_alloc(arena->heap, wanted);
    if (chunk == NULL) {
        return 0;
    }
    chunk->previous = arena->chunk;
    chunk->size = wanted;
    arena->chunk = chunk;
    arena->used = sizeof(EpodeArenaChunk);
    arena->total_size += wanted;
    return 1;
}

void* epode_arena_alloc(EpodeArena* arena, size_t size)
{
    EPODE_ASSERT(!arena->is_sealed);
    size_t align = size >= EPODE_ARENA_ALIGN ? EPODE_ARENA_ALIGN : 16;
    if (arena->chunk != NULL) {
        size_t start = aligned_start(arena, align);
        if (start <= arena->chunk->size && size <= arena->chunk->size - start) {
            arena->used = start + size;
            return (char*)arena->chunk + start;
        }
    }
    if (!add_chunk(arena, size)) {
        return NULL;
    }
    size_t start = aligned_start(arena, align);
    arena->used = start + size;
    return (char*)arena->chunk + start;
}

void* epode_arena_array(EpodeArena* arena, size_t count, size_t item_size)
{
    if (item_size != 0 && count > SIZE_MAX / item_size) {
        return NULL;
    }
    return epode_arena_alloc(arena, count * item_size);
}

char* epode_arena_text(EpodeArena* arena, const char* bytes, size_t size)
{
    char* text = size == SIZE_MAX ? NULL : epode_arena_alloc(arena, size + 1);
    if (text != NULL && size > 0) {
        memcpy(text, bytes, size);
    }
    return text;
}

void epode_arena_seal(EpodeArena* arena)
{
    arena->is_sealed = 1;
}
