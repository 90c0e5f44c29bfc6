// SPDX-License-Identifier: MIT
// The default heap and the helpers every [load] function allocates through. The only place below
// `port` that calls realloc and free.
#include "base/heap.h"

#include <stdlib.h>
#include <string.h>

static void* system_resize(void* user, void* block, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

EpodeHeap epode_heap_system(void)
{
    return (EpodeHeap){.resize = system_resize, .user = NULL};
}

void* epode_heap_alloc(EpodeHeap heap, size_t size)
{
    if (size == 0) {
        return NULL;
    }
    void* block = heap.resize(heap.user, NULL, 0, size);
    if (block != NULL) {
        memset(block, 0, size);
    }
    return block;
}

void epode_heap_free(EpodeHeap heap, void* block, size_t size)
{
    if (block != NULL) {
        heap.resize(heap.user, block, size, 0);
    }
}

EpodeStatus epode_array_reserve(EpodeHeap heap, void* items, uint32_t* capacity, uint32_t needed,
                                size_t item_size)
{
    if (needed <= *capacity) {
        return EPODE_OK;
    }
    uint64_t wanted = *capacity == 0 ? 8 : *capacity;
    while (wanted < needed) {
        wanted *= 2;
    }
    if (wanted > UINT32_MAX || wanted > SIZE_MAX / item_size) {
        return EPODE_ERR_LIMIT;
    }
    // `items` points at a pointer of any object type; memcpy keeps the access well defined.
    void* block = NULL;
    memcpy(&block, items, sizeof block);
    size_t old_size = (size_t)*capacity * item_size;
    size_t new_size = (size_t)wanted * item_size;
    char* grown = heap.resize(heap.user, block, old_size, new_size);
    if (grown == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    memset(grown + old_size, 0, new_size - old_size);
    memcpy(items, &grown, sizeof grown);
    *capacity = (uint32_t)wanted;
    return EPODE_OK;
}
