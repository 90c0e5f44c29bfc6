// SPDX-License-Identifier: MIT
// The first record in which two takes differ. Compares records, so takes that only batched their
// ticks differently are equal. Says kind, tick and byte; the stage turns those into a field's name.
#ifndef EPODE_TAKE_DIFF_H
#define EPODE_TAKE_DIFF_H

#include "take/reader.h"

/// A kind as a bit, and all of them, for choosing what is compared.
#define EPODE_TAKE_KIND_BIT(kind) (UINT32_C(1) << (kind))
#define EPODE_TAKE_KINDS_ALL UINT32_MAX

/// Where two takes part.
typedef struct EpodeTakeDiff {
    int is_equal;
    int64_t tick;      // of the first difference: the earlier one when the ticks differ
    EpodeTakeRecord a; // of kind EPODE_TAKE_NONE when that take had no further record; the bytes
    EpodeTakeRecord b; // live as long as the readers stand still
    size_t byte_index; // first differing byte of the two records, when kind and tick are equal
} EpodeTakeDiff;

/// Reads both takes from where the readers stand until records differ or both end.
///
/// Units:   `kinds` is a set of EPODE_TAKE_KIND_BIT; records of other kinds are passed over.
/// Errors:  of the reader that failed, EPODE_ERR_END excepted; `*diff` then says nothing. Whether
///          both takes were sealed is for the caller to compare.
/// Thread:  [load].
EpodeStatus epode_take_diff(EpodeTakeReader* a, EpodeTakeReader* b, uint32_t kinds,
                            EpodeTakeDiff* diff);

#endif
