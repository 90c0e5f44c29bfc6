// SPDX-License-Identifier: MIT
// Walks two readers side by side. Knows records only.
#include "take/diff.h"

// The next record of a chosen kind; of kind EPODE_TAKE_NONE when there is none.
static EpodeStatus next_chosen(EpodeTakeReader* reader, uint32_t kinds, EpodeTakeRecord* record)
{
    EpodeStatus status = EPODE_OK;
    do {
        status = epode_take_reader_next(reader, record);
    } while (status == EPODE_OK && (kinds & EPODE_TAKE_KIND_BIT(record->kind)) == 0);
    if (status == EPODE_ERR_END) {
        *record = (EpodeTakeRecord){.kind = EPODE_TAKE_NONE, .tick = INT64_MAX};
        return EPODE_OK;
    }
    return status;
}

// Index of the first differing byte; of records of which one continues the other, where it does.
static size_t common_size(const EpodeTakeRecord* a, const EpodeTakeRecord* b)
{
    size_t size = a->size < b->size ? a->size : b->size;
    size_t i = 0;
    while (i < size && a->bytes[i] == b->bytes[i]) {
        i++;
    }
    return i;
}

EpodeStatus epode_take_diff(EpodeTakeReader* a, EpodeTakeReader* b, uint32_t kinds,
                            EpodeTakeDiff* diff)
{
    for (;;) {
        *diff = (EpodeTakeDiff){0};
        EPODE_TRY(next_chosen(a, kinds, &diff->a));
        EPODE_TRY(next_chosen(b, kinds, &diff->b));
        diff->tick = diff->a.tick < diff->b.tick ? diff->a.tick : diff->b.tick;
        if (diff->a.kind != diff->b.kind || diff->a.tick != diff->b.tick) {
            return EPODE_OK;
        }
        if (diff->a.kind == EPODE_TAKE_NONE) {
            diff->is_equal = 1;
            return EPODE_OK;
        }
        diff->byte_index = common_size(&diff->a, &diff->b);
        if (diff->byte_index < diff->a.size || diff->byte_index < diff->b.size) {
            return EPODE_OK;
        }
    }
}
