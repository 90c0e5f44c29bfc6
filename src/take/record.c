// SPDX-License-Identifier: MIT
// What can be read from a single record without knowing the show.
#include "take/record.h"

#include <string.h>

#include "take/bytes.h"

EpodeTakeHashes epode_take_record_hashes(const EpodeTakeRecord* record)
{
    EPODE_ASSERT(record->kind == EPODE_TAKE_TICK && record->size == EPODE_TAKE_TICK_SIZE);
    EpodeTakeHashes hashes;
    memcpy(&hashes.state, record->bytes, sizeof hashes.state);
    memcpy(&hashes.tasks, record->bytes + sizeof hashes.state, sizeof hashes.tasks);
    return hashes;
}

EpodeTakeSummary epode_take_record_summary(const EpodeTakeRecord* record)
{
    EPODE_ASSERT(record->kind == EPODE_TAKE_END && record->size == EPODE_TAKE_END_SIZE);
    EpodeBytesIn in = epode_bytes_in(record->bytes, record->size);
    EpodeTakeSummary summary;
    summary.tick_count = epode_bytes_get_u64(&in);
    summary.inputs_count = epode_bytes_get_u64(&in);
    summary.hashes.state = epode_bytes_get_u64(&in);
    summary.hashes.tasks = epode_bytes_get_u64(&in);
    return summary;
}

const char* epode_take_kind_name(EpodeTakeKind kind)
{
    static const char* const names[EPODE_TAKE_KIND_COUNT] = {
        [EPODE_TAKE_NONE] = "nothing", [EPODE_TAKE_HEADER] = "header",
        [EPODE_TAKE_TICK] = "tick",    [EPODE_TAKE_INPUTS] = "inputs",
        [EPODE_TAKE_TASKS] = "tasks",  [EPODE_TAKE_SNAPSHOT] = "snapshot",
        [EPODE_TAKE_NOTE] = "note",    [EPODE_TAKE_END] = "end",
    };
    return (unsigned)kind < EPODE_TAKE_KIND_COUNT ? names[kind] : "unknown";
}
