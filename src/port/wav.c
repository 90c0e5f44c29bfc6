// SPDX-License-Identifier: MIT
// The few chunks that a WAV file needs, and a reader that checks them before libsndfile, which
// forgives too much, and checks again what comes back from the child.
#include "port/wav.h"

#include <sndfile.h>
#include <string.h>

#include "base/heap.h"
#include "port/jail.h"

enum {
    PIECE_SAMPLES = 4096,
    CHUNKS_MAX = 1000,
    PCM_TAG = 1,
    FLOAT_TAG = 3,
    EXTENSIBLE_TAG = 0xFFFE
};

static const uint32_t SIZE_IN_64_BITS = 0xFFFFFFFF;

// ---- Writing. ----

typedef struct Head {
    unsigned char bytes[128];
    size_t size;
} Head;

static void put(Head* head, const void* bytes, size_t size)
{
    memcpy(head->bytes + head->size, bytes, size);
    head->size += size;
}

static void put_u16(Head* head, uint32_t value)
{
    put(head, &value, 2);
}

static void put_u32(Head* head, uint64_t value)
{
    put(head, &value, 4);
}

static void put_u64(Head* head, uint64_t value)
{
    put(head, &value, 8);
}

static uint32_t sample_size(EpodeWavForm form)
{
    return form == EPODE_WAV_FLOAT32 ? 4 : form == EPODE_WAV_PCM24 ? 3 : 2;
}

static void put_format(Head* head, const EpodeWavDef* def)
{
    int is_float = def->form == EPODE_WAV_FLOAT32;
    uint32_t frame_size = sample_size(def->form) * def->channel_count;
    put(head, "fmt ", 4);
    put_u32(head, is_float ? 18 : 16);
    put_u16(head, is_float ? FLOAT_TAG : PCM_TAG);
    put_u16(head, def->channel_count);
    put_u32(head, def->frame_rate);
    put_u32(head, (uint64_t)def->frame_rate * frame_size);
    put_u16(head, frame_size);
    put_u16(head, sample_size(def->form) * 8);
    if (is_float) {
        put_u16(head, 0); // size of an extension that is not there
    }
}

static uint64_t data_size(const EpodeWavDef* def)
{
    return def->frame_count * def->channel_count * sample_size(def->form);
}

static Head make_head(const EpodeWavDef* def)
{
    enum { DS64_SIZE = 28, FACT_SIZE = 4, CHUNK_HEAD_SIZE = 8 };
    int is_float = def->form == EPODE_WAV_FLOAT32;
    uint64_t data = data_size(def);
    uint64_t riff = 4 + (CHUNK_HEAD_SIZE + (is_float ? 18u : 16u)) +
                    (is_float ? CHUNK_HEAD_SIZE + FACT_SIZE : 0u) + CHUNK_HEAD_SIZE + data +
                    data % 2;
    int is_large = riff >= SIZE_IN_64_BITS;
    Head head = {.size = 0};
    put(&head, is_large ? "RF64" : "RIFF", 4);
    put_u32(&head, is_large ? SIZE_IN_64_BITS : riff);
    put(&head, "WAVE", 4);
    if (is_large) {
        put(&head, "ds64", 4);
        put_u32(&head, DS64_SIZE);
        put_u64(&head, riff + CHUNK_HEAD_SIZE + DS64_SIZE);
        put_u64(&head, data);
        put_u64(&head, def->frame_count);
        put_u32(&head, 0); // no table of other large chunks
    }
    put_format(&head, def);
    if (is_float) {
        int is_long = def->frame_count >= SIZE_IN_64_BITS;
        put(&head, "fact", 4);
        put_u32(&head, FACT_SIZE);
        put_u32(&head, is_long ? SIZE_IN_64_BITS : def->frame_count);
    }
    put(&head, "data", 4);
    put_u32(&head, is_large ? SIZE_IN_64_BITS : data);
    return head;
}

EpodeStatus epode_wav_writer_init(EpodeWavWriter* writer, EpodeWriter out, const EpodeWavDef* def)
{
    *writer = (EpodeWavWriter){.out = out, .def = *def};
    if ((unsigned)def->form > EPODE_WAV_PCM16 || def->frame_rate < EPODE_WAV_RATE_MIN ||
        def->frame_rate > EPODE_WAV_RATE_MAX || def->channel_count < 1 ||
        def->channel_count > EPODE_WAV_CHANNELS_MAX || def->frame_count > UINT64_MAX / 64) {
        return EPODE_ERR_BAD_ARG;
    }
    Head head = make_head(def);
    return out.write(out.user, head.bytes, head.size);
}

// Nearest whole number of 1 / scale, ties away from zero, clipped to [-scale, scale).
static int32_t quantise(float sample, double scale)
{
    double scaled = (double)sample * scale;
    if (scaled != scaled) {
        return 0;
    }
    if (scaled >= scale - 1.0) {
        return (int32_t)(scale - 1.0);
    }
    if (scaled <= -scale) {
        return (int32_t)-scale;
    }
    return (int32_t)(scaled < 0.0 ? scaled - 0.5 : scaled + 0.5);
}

static EpodeStatus push_piece(EpodeWavWriter* writer, const float* samples, size_t count)
{
    unsigned char bytes[PIECE_SAMPLES * sizeof(float)];
    uint32_t size = sample_size(writer->def.form);
    if (writer->def.form == EPODE_WAV_FLOAT32) {
        return writer->out.write(writer->out.user, samples, count * size);
    }
    double scale = writer->def.form == EPODE_WAV_PCM24 ? 0x1p23 : 0x1p15;
    for (size_t i = 0; i < count; i++) {
        int32_t value = quantise(samples[i], scale);
        memcpy(bytes + i * size, &value, size); // the low bytes stand first
    }
    return writer->out.write(writer->out.user, bytes, count * size);
}

EpodeStatus epode_wav_writer_push(EpodeWavWriter* writer, const float* samples,
                                  uint64_t frame_count)
{
    if (frame_count > writer->def.frame_count - writer->frame_index) {
        return EPODE_ERR_BAD_ARG;
    }
    uint64_t count = frame_count * writer->def.channel_count;
    for (uint64_t i = 0; i < count; i += PIECE_SAMPLES) {
        uint64_t left = count - i;
        size_t piece = left < PIECE_SAMPLES ? (size_t)left : PIECE_SAMPLES;
        EPODE_TRY(push_piece(writer, samples + i, piece));
    }
    writer->frame_index += frame_count;
    return EPODE_OK;
}

EpodeStatus epode_wav_writer_finish(EpodeWavWriter* writer)
{
    if (writer->frame_index != writer->def.frame_count) {
        return EPODE_ERR_BAD_ARG;
    }
    int is_odd = data_size(&writer->def) % 2 != 0;
    return is_odd ? writer->out.write(writer->out.user, "", 1) : EPODE_OK;
}

// ---- Reading: in the child. ----

// The file in memory, as libsndfile wants to see it.
typedef struct File {
    const unsigned char* bytes;
    uint64_t size;
    uint64_t at;
    uint64_t frames_max;
} File;

// What the child hands back before the samples.
typedef struct SoundHead {
    uint64_t frame_count;
    uint32_t channel_count;
    uint32_t frame_rate;
} SoundHead;

static sf_count_t file_size(void* user)
{
    return (sf_count_t)((File*)user)->size;
}

static sf_count_t file_tell(void* user)
{
    return (sf_count_t)((File*)user)->at;
}

static sf_count_t file_seek(sf_count_t offset, int whence, void* user)
{
    File* file = user;
    sf_count_t from = whence == SF_SEEK_CUR   ? (sf_count_t)file->at
                      : whence == SF_SEEK_END ? (sf_count_t)file->size
                                              : 0;
    if (offset < -from || offset > (sf_count_t)file->size - from) {
        return -1;
    }
    file->at = (uint64_t)(from + offset);
    return (sf_count_t)file->at;
}

static sf_count_t file_read(void* out, sf_count_t size, void* user)
{
    File* file = user;
    uint64_t left = file->size - file->at;
    uint64_t got = size < 0 ? 0 : (uint64_t)size < left ? (uint64_t)size : left;
    if (got > 0) {
        memcpy(out, file->bytes + file->at, got);
    }
    file->at += got;
    return (sf_count_t)got;
}

static sf_count_t file_write(const void* bytes, sf_count_t size, void* user)
{
    (void)bytes;
    (void)size;
    (void)user;
    return 0;
}

static uint32_t get_u16(const unsigned char* bytes)
{
    uint32_t value = 0;
    memcpy(&value, bytes, 2);
    return value;
}

static uint32_t get_u32(const unsigned char* bytes)
{
    uint32_t value = 0;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static uint64_t get_u64(const unsigned char* bytes)
{
    uint64_t value = 0;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static EpodeStatus fail_damaged(EpodeMessage* message, const char* what)
{
    epode_message_set(message, "%s", what);
    return EPODE_ERR_CORRUPT;
}

// Checks what the file says of its frames. libsndfile goes by the bits alone and takes any rate.
static EpodeStatus check_format(const unsigned char* format, uint64_t size, EpodeMessage* message)
{
    if (size < 16) {
        return fail_damaged(message, "it does not say enough of its frames");
    }
    uint32_t tag = get_u16(format);
    uint32_t channel_count = get_u16(format + 2);
    uint32_t frame_rate = get_u32(format + 4);
    uint32_t frame_size = channel_count * ((get_u16(format + 14) + 7) / 8);
    int is_plain = tag == PCM_TAG || tag == FLOAT_TAG || tag == EXTENSIBLE_TAG;
    if (channel_count < 1 || channel_count > EPODE_WAV_CHANNELS_MAX) {
        epode_message_set(message, "it has %u channels; only mono and stereo are read",
                          channel_count);
        return EPODE_ERR_LIMIT;
    }
    if (frame_rate < EPODE_WAV_RATE_MIN || frame_rate > EPODE_WAV_RATE_MAX) {
        epode_message_set(message, "its rate is %u Hz, outside %d to %d", frame_rate,
                          EPODE_WAV_RATE_MIN, EPODE_WAV_RATE_MAX);
        return EPODE_ERR_LIMIT;
    }
    if (is_plain && get_u16(format + 12) != frame_size) {
        return fail_damaged(message, "what it says of its frames does not agree");
    }
    return EPODE_OK;
}

// Walks over the chunks and finds how much sound there really is. libsndfile would quietly cut
// what does not fit, or read on behind the end of a chunk that lies.
static EpodeStatus check_chunks(const File* file, uint64_t* sound_size, EpodeMessage* message)
{
    int is_large = file->size >= 12 && memcmp(file->bytes, "RF64", 4) == 0;
    if (file->size < 12 || memcmp(file->bytes + 8, "WAVE", 4) != 0 ||
        (!is_large && memcmp(file->bytes, "RIFF", 4) != 0)) {
        return fail_damaged(message, "it is not a WAV file");
    }
    if (!is_large && get_u32(file->bytes + 4) > file->size - 8) {
        return fail_damaged(message, "it is shorter than it says");
    }
    uint64_t large_size = 0;
    int has_format = 0;
    int has_sound = 0;
    uint64_t at = 12;
    for (int i = 0; i < CHUNKS_MAX && file->size - at >= 8; i++) {
        const unsigned char* chunk = file->bytes + at;
        uint64_t size = get_u32(chunk + 4);
        uint64_t left = file->size - at - 8;
        int is_sound = memcmp(chunk, "data", 4) == 0;
        if (is_large && is_sound && size == SIZE_IN_64_BITS) {
            size = large_size;
        }
        if (size > left) {
            return fail_damaged(message, is_sound ? "it holds less sound than it says"
                                                  : "one of its chunks is larger than the file");
        }
        if (is_large && i == 0) {
            if (memcmp(chunk, "ds64", 4) != 0 || size < 16) {
                return fail_damaged(message, "it does not say how large it is");
            }
            large_size = get_u64(chunk + 8 + 8);
        }
        if (memcmp(chunk, "fmt ", 4) == 0) {
            EPODE_TRY(check_format(chunk + 8, size, message));
            has_format = 1;
        }
        if (is_sound && has_sound) {
            return fail_damaged(message, "it holds sound in two places");
        }
        if (is_sound) {
            has_sound = 1;
            *sound_size = size;
        }
        at += 8 + size + (size % 2 != 0 && size < left);
    }
    if (!has_format) {
        return fail_damaged(message, "it does not say what its frames are");
    }
    return has_sound ? EPODE_OK : fail_damaged(message, "it holds no sound");
}

// Bytes of one sample of a form that is read; 0 for any other.
static uint32_t stored_sample_size(int format)
{
    int major = format & SF_FORMAT_TYPEMASK;
    if (major != SF_FORMAT_WAV && major != SF_FORMAT_WAVEX && major != SF_FORMAT_RF64) {
        return 0;
    }
    switch (format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_U8: return 1;
    case SF_FORMAT_PCM_16: return 2;
    case SF_FORMAT_PCM_24: return 3;
    case SF_FORMAT_PCM_32:
    case SF_FORMAT_FLOAT: return 4;
    case SF_FORMAT_DOUBLE: return 8;
    default: return 0;
    }
}

static EpodeStatus check_info(const SF_INFO* info, uint64_t sound_size, uint64_t frames_max,
                              EpodeMessage* message)
{
    uint32_t size = stored_sample_size(info->format);
    if (size == 0) {
        epode_message_set(message, "its sound is coded; only PCM and float are read");
        return EPODE_ERR_VERSION;
    }
    uint64_t frame_size = (uint64_t)size * (uint64_t)info->channels;
    if (frame_size == 0 || info->frames < 0 || sound_size % frame_size != 0 ||
        (uint64_t)info->frames != sound_size / frame_size) {
        return fail_damaged(message, "its parts do not agree on how long it is");
    }
    if ((uint64_t)info->frames > frames_max) {
        epode_message_set(message, "it is longer than the limit of %llu frames",
                          (unsigned long long)frames_max);
        return EPODE_ERR_LIMIT;
    }
    return EPODE_OK;
}

static EpodeStatus copy_samples(SNDFILE* sound, const SF_INFO* info, EpodeWriter out,
                                EpodeMessage* message)
{
    const SoundHead head = {(uint64_t)info->frames, (uint32_t)info->channels,
                            (uint32_t)info->samplerate};
    EPODE_TRY(out.write(out.user, &head, sizeof head));
    float samples[PIECE_SAMPLES];
    sf_count_t piece = PIECE_SAMPLES / info->channels;
    sf_count_t left = info->frames;
    while (left > 0) {
        sf_count_t got = sf_readf_float(sound, samples, left < piece ? left : piece);
        if (got <= 0) {
            return fail_damaged(message, "its sound cannot be read to the end");
        }
        size_t size = (size_t)(got * info->channels) * sizeof(float);
        EPODE_TRY(out.write(out.user, samples, size));
        left -= got;
    }
    return EPODE_OK;
}

static EpodeStatus decode(void* user, EpodeWriter out, EpodeMessage* message)
{
    File* file = user;
    uint64_t sound_size = 0;
    EPODE_TRY(check_chunks(file, &sound_size, message));
    SF_VIRTUAL_IO access = {file_size, file_seek, file_read, file_write, file_tell};
    SF_INFO info = {0};
    SNDFILE* sound = sf_open_virtual(&access, SFM_READ, &info, file);
    if (sound == NULL) {
        epode_message_set(message, "it cannot be decoded: %s", sf_strerror(NULL));
        return EPODE_ERR_CORRUPT;
    }
    EPODE_TRY(check_info(&info, sound_size, file->frames_max, message));
    return copy_samples(sound, &info, out, message);
}

// ---- Reading: in the parent. ----

// Looks whether what the child handed back is what it may be.
static EpodeStatus check_sound(const EpodeWavSound* sound, size_t size, EpodeMessage* message)
{
    if (sound->channel_count < 1 || sound->channel_count > EPODE_WAV_CHANNELS_MAX ||
        sound->frame_rate < EPODE_WAV_RATE_MIN || sound->frame_rate > EPODE_WAV_RATE_MAX ||
        sound->frame_count != size / sizeof(float) / sound->channel_count ||
        size % (sizeof(float) * sound->channel_count) != 0) {
        return fail_damaged(message, "its decoder handed back nonsense");
    }
    uint64_t count = sound->frame_count * sound->channel_count;
    for (uint64_t i = 0; i < count; i++) {
        float sample = sound->samples[i];
        if (sample - sample != 0.0f) {
            epode_message_set(message, "frame %llu holds what is not a number",
                              (unsigned long long)(i / sound->channel_count));
            return EPODE_ERR_CORRUPT;
        }
    }
    return EPODE_OK;
}

EpodeStatus epode_wav_read(const void* bytes, size_t size, uint64_t frames_max, EpodeHeap heap,
                           EpodeWavSound* sound, EpodeMessage* message)
{
    *sound = (EpodeWavSound){.heap = heap};
    const uint64_t most = SIZE_MAX / 2 / (sizeof(float) * EPODE_WAV_CHANNELS_MAX);
    File file = {.bytes = bytes, .size = size};
    file.frames_max = frames_max < most ? frames_max : most;
    EpodeJailDef def = epode_jail_def();
    def.heap = heap;
    def.result_size_max =
        sizeof(SoundHead) + (size_t)file.frames_max * sizeof(float) * EPODE_WAV_CHANNELS_MAX;
    char* block = NULL;
    size_t block_size = 0;
    EPODE_TRY(epode_jail_run(&def, decode, &file, &block, &block_size, message));
    sound->block = block;
    sound->block_size = block_size + 1;
    if (block_size < sizeof(SoundHead)) {
        return fail_damaged(message, "its decoder handed back nonsense");
    }
    SoundHead head;
    memcpy(&head, block, sizeof head);
    sound->samples = (const float*)(const void*)(block + sizeof head);
    sound->frame_count = head.frame_count;
    sound->channel_count = head.channel_count;
    sound->frame_rate = head.frame_rate;
    return check_sound(sound, block_size - sizeof head, message);
}

void epode_wav_sound_finish(EpodeWavSound* sound)
{
    epode_heap_free(sound->heap, sound->block, sound->block_size);
    *sound = (EpodeWavSound){.heap = sound->heap};
}
