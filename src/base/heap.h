// SPDX-License-Identifier: MIT
// Calls of the host's heap function, and growing arrays on it. The only file below `port` that may
// name malloc's family is heap.c, which provides the default heap.
#ifndef EPODE_BASE_HEAP_H
#define EPODE_BASE_HEAP_H

#include "base/check.h"

/// Allocates `size` zeroed bytes; NULL when the heap is exhausted. Size 0 gives NULL.
///
/// Thread:  [load].
void* epode_heap_alloc(EpodeHeap heap, size_t size);

/// Frees a block of `size` bytes; NULL is allowed.
///
/// Thread:  [load].
void epode_heap_free(EpodeHeap heap, void* block, size_t size);

/// Makes room for `needed` items: grows `*items` by doubling and updates `*capacity`.
///
/// Shapes:  `*items` is an array of `*capacity` items of `item_size` bytes; new items are zero.
/// Errors:  EPODE_ERR_NO_MEM, EPODE_ERR_LIMIT when the size does not fit; the array is untouched.
/// Thread:  [load].
EpodeStatus epode_array_reserve(EpodeHeap heap, void* items, uint32_t* capacity, uint32_t needed,
                                size_t item_size);

#endif
