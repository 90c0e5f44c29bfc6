// SPDX-License-Identifier: MIT
// Writes the seeds of fuzz_take.c to a folder. They are committed, so this runs only when the
// format gets a new version: seed_take tests/fuzz/corpus/take
#include <stdio.h>
#include <string.h>

#include "take/bytes.h"
#include "take/writer.h"

enum { SEED_SIZE_MAX = 2048 };

typedef struct Seed {
    unsigned char bytes[SEED_SIZE_MAX];
    size_t size;
} Seed;

static EpodeStatus collect(void* user, const void* bytes, size_t size)
{
    Seed* seed = user;
    if (size > SEED_SIZE_MAX - seed->size) {
        return EPODE_ERR_LIMIT;
    }
    memcpy(seed->bytes + seed->size, bytes, size);
    seed->size += size;
    return EPODE_OK;
}

static int save(const char* folder, const char* name, const void* bytes, size_t size)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE* file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        perror(path);
        return 0;
    }
    return 1;
}

// A take with every kind of record, behind the two bytes that choose "as it stands".
static EpodeStatus write_take(Seed* seed)
{
    EpodeTakeWriterDef def = epode_take_writer_def();
    EpodeTakeWriter* writer = NULL;
    EPODE_TRY(collect(seed, "\0\x1F", 2));
    def.out = (EpodeWriter){.write = collect, .user = seed};
    EPODE_TRY(epode_take_writer_create(&def, "header", 6, &writer));
    for (int64_t tick = 0; tick < 6; tick++) {
        if (tick % 3 == 1) {
            EPODE_TRY(epode_take_writer_push(writer, EPODE_TAKE_INPUTS, tick, "in", 2));
        }
        EPODE_TRY(epode_take_writer_push_tick(writer, tick, (EpodeTakeHashes){1, 2}));
        if (tick == 3) {
            EPODE_TRY(epode_take_writer_push(writer, EPODE_TAKE_TASKS, tick, "tasks", 5));
            EPODE_TRY(epode_take_writer_push(writer, EPODE_TAKE_SNAPSHOT, tick, "state", 5));
            EPODE_TRY(epode_take_writer_push(writer, EPODE_TAKE_NOTE, tick, "", 0));
        }
    }
    EPODE_TRY(epode_take_writer_seal(writer));
    epode_take_writer_destroy(writer);
    return EPODE_OK;
}

// Chunks for the forger: {kind, step of the tick, size, content} behind "forge".
static void forge_chunk(EpodeBytesOut* out, uint8_t kind, uint8_t step, uint8_t size)
{
    static const unsigned char zeros[255];
    epode_bytes_put_u8(out, kind);
    epode_bytes_put_u8(out, step);
    epode_bytes_put_u8(out, size);
    epode_bytes_put(out, zeros, size);
}

static int save_forged(const char* folder)
{
    unsigned char bytes[512];
    EpodeBytesOut out = epode_bytes_out(bytes, sizeof bytes);
    epode_bytes_put(&out, "\1\7", 2);
    forge_chunk(&out, EPODE_TAKE_HEADER, 0, 4);
    forge_chunk(&out, EPODE_TAKE_SNAPSHOT, 0, 9);
    forge_chunk(&out, EPODE_TAKE_NOTE, 1, 0);
    forge_chunk(&out, EPODE_TAKE_END, 0, EPODE_TAKE_END_SIZE);
    if (!save(folder, "forged-sealed", bytes, out.size)) {
        return 0;
    }
    out.size = 2;
    forge_chunk(&out, EPODE_TAKE_HEADER, 0, 0);
    forge_chunk(&out, EPODE_TAKE_TICK, 3, 32);
    forge_chunk(&out, EPODE_TAKE_INPUTS, 2, 1);
    forge_chunk(&out, EPODE_TAKE_TICK, 0, 16);
    forge_chunk(&out, EPODE_TAKE_TICK, 0, 16);
    return save(folder, "forged-repeated-tick", bytes, out.size);
}

int main(int count, char** arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    const char* folder = arguments[1];
    static Seed seed;
    if (write_take(&seed) != EPODE_OK) {
        return 1;
    }
    // "record": batch, then {what, step of the tick, size where there is content}.
    static const unsigned char pushes[] = {2,   9, 3,   1, 0, 2, 1, 3,   1, 228, 1, 20,  4, 0,
                                           229, 0, 199, 5, 1, 6, 1, 251, 0, 7,   1, 255, 0};
    int is_saved = save(folder, "sealed", seed.bytes, seed.size) &&
                   save(folder, "torn", seed.bytes, seed.size - 30) &&
                   save(folder, "magic", seed.bytes, 10) && save(folder, "empty", "", 0) &&
                   save(folder, "recorded", pushes, sizeof pushes) && save_forged(folder);
    seed.bytes[8] = 2;
    is_saved = is_saved && save(folder, "other-version", seed.bytes, seed.size);
    seed.bytes[8] = 1;
    seed.bytes[seed.size / 2] ^= 0x10;
    return is_saved && save(folder, "damaged", seed.bytes, seed.size) ? 0 : 1;
}
