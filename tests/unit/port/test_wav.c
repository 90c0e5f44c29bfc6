// SPDX-License-Identifier: MIT
// WAV files: the exact bytes that are written, the samples that are read, and files that lie.
#include "scratch.h"

#include "test_heap.h"

#include <math.h>
#include <sndfile.h>

#include "base/heap.h"
#include "port/wav.h"

enum { FILE_MAX = 1 << 16 };

typedef struct Sink {
    unsigned char bytes[FILE_MAX];
    size_t size;
    uint32_t calls_left;
} Sink;

static EpodeStatus sink_write(void* user, const void* bytes, size_t size)
{
    Sink* sink = user;
    if (sink->calls_left-- == 0) {
        return EPODE_ERR_IO;
    }
    assert_true(size <= sizeof sink->bytes - sink->size);
    memcpy(sink->bytes + sink->size, bytes, size);
    sink->size += size;
    return EPODE_OK;
}

static EpodeWriter sink_writer(Sink* sink)
{
    sink->size = 0;
    sink->calls_left = UINT32_MAX;
    return (EpodeWriter){.write = sink_write, .user = sink};
}

static void write_wav(Sink* sink, EpodeWavForm form, uint32_t channel_count, const float* samples,
                      uint64_t frame_count)
{
    const EpodeWavDef def = {form, 48000, channel_count, frame_count};
    EpodeWavWriter writer;
    assert_int_equal(epode_wav_writer_init(&writer, sink_writer(sink), &def), EPODE_OK);
    assert_int_equal(epode_wav_writer_push(&writer, samples, frame_count), EPODE_OK);
    assert_int_equal(epode_wav_writer_finish(&writer), EPODE_OK);
}

static EpodeStatus read_wav(const Sink* sink, EpodeWavSound* sound, EpodeMessage* message)
{
    return epode_wav_read(sink->bytes, sink->size, 1000000, epode_heap_system(), sound, message);
}

// ---- Writing. ----

static void pcm_has_exactly_these_bytes(void** state)
{
    (void)state;
    static const unsigned char expected[] =
        "RIFF\x2A\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\xBB\0\0\x80\x32\x02\0\x03\0\x18\0"
        "data\x06\0\0\0\0\0\x40\xFF\xFF\xFF";
    const float samples[] = {0.5f, -0x1p-23f};
    static Sink sink;
    write_wav(&sink, EPODE_WAV_PCM24, 1, samples, 2);
    assert_int_equal(sink.size, sizeof expected - 1);
    assert_memory_equal(sink.bytes, expected, sink.size);
}

static void float_has_exactly_these_bytes(void** state)
{
    (void)state;
    static const unsigned char expected[] =
        "RIFF\x3A\0\0\0WAVEfmt \x12\0\0\0\x03\0\x02\0\x80\xBB\0\0\0\xDC\x05\0\x08\0\x20\0\0\0"
        "fact\x04\0\0\0\x01\0\0\0data\x08\0\0\0\0\0\x80\x3F\0\0\0\xC0";
    const float samples[] = {1.0f, -2.0f};
    static Sink sink;
    write_wav(&sink, EPODE_WAV_FLOAT32, 2, samples, 1);
    assert_int_equal(sink.size, sizeof expected - 1);
    assert_memory_equal(sink.bytes, expected, sink.size);
}

static void an_odd_size_is_padded(void** state)
{
    (void)state;
    const float samples[] = {0.0f};
    static Sink sink;
    write_wav(&sink, EPODE_WAV_PCM24, 1, samples, 1);
    assert_int_equal(sink.size, 44 + 3 + 1);
    assert_int_equal(sink.bytes[4], 36 + 3 + 1);
    assert_int_equal(sink.bytes[40], 3);
    assert_int_equal(sink.bytes[47], 0);
    EpodeWavSound sound;
    assert_int_equal(read_wav(&sink, &sound, NULL), EPODE_OK);
    assert_int_equal(sound.frame_count, 1);
    epode_wav_sound_finish(&sound);
}

static void pcm_rounds_and_clips(void** state)
{
    (void)state;
    static const struct {
        float sample;
        int value;
    } cases[] = {
        {0.0f, 0},
        {-0.0f, 0},
        {0x1p-15f, 1},
        {0x1p-16f, 1},
        {-0x1p-16f, -1},
        {0x1.fffffep-17f, 0},
        {1.5f * 0x1p-15f, 2},
        {-1.5f * 0x1p-15f, -2},
        {0.5f, 16384},
        {32767.0f / 32768.0f, 32767},
        {32766.75f / 32768.0f, 32767},
        {1.0f, 32767},
        {-1.0f, -32768},
        {-32767.75f / 32768.0f, -32768},
        {1e30f, 32767},
        {-1e30f, -32768},
        {(float)INFINITY, 32767},
        {-(float)INFINITY, -32768},
        {(float)NAN, 0},
    };
    for (size_t i = 0; i < EPODE_COUNT_OF(cases); i++) {
        static Sink sink;
        write_wav(&sink, EPODE_WAV_PCM16, 1, &cases[i].sample, 1);
        int16_t value = 0;
        memcpy(&value, sink.bytes + 44, sizeof value);
        assert_int_equal(value, cases[i].value);
    }
}

static void how_often_one_pushes_makes_no_difference(void** state)
{
    (void)state;
    enum { FRAMES = 5000 };
    static float samples[FRAMES * 2];
    static Sink whole;
    static Sink parts;
    uint64_t seed = 7;
    for (size_t i = 0; i < EPODE_COUNT_OF(samples); i++) {
        samples[i] = (float)(test_random_unit(&seed) * 2.0 - 1.0);
    }
    for (int form = EPODE_WAV_FLOAT32; form <= EPODE_WAV_PCM16; form++) {
        write_wav(&whole, (EpodeWavForm)form, 2, samples, FRAMES);
        const EpodeWavDef def = {(EpodeWavForm)form, 48000, 2, FRAMES};
        EpodeWavWriter writer;
        assert_int_equal(epode_wav_writer_init(&writer, sink_writer(&parts), &def), EPODE_OK);
        for (uint64_t at = 0; at < FRAMES;) {
            uint64_t count = test_random(&seed) % 900;
            count = count < FRAMES - at ? count : FRAMES - at;
            assert_int_equal(epode_wav_writer_push(&writer, samples + at * 2, count), EPODE_OK);
            at += count;
        }
        assert_int_equal(epode_wav_writer_finish(&writer), EPODE_OK);
        assert_int_equal(parts.size, whole.size);
        assert_memory_equal(parts.bytes, whole.bytes, whole.size);
    }
}

static void what_was_announced_must_be_kept(void** state)
{
    (void)state;
    static Sink sink;
    const float samples[8] = {0};
    const EpodeWavDef def = {EPODE_WAV_PCM16, 48000, 2, 3};
    EpodeWavWriter writer;
    assert_int_equal(epode_wav_writer_init(&writer, sink_writer(&sink), &def), EPODE_OK);
    assert_int_equal(epode_wav_writer_push(&writer, samples, 2), EPODE_OK);
    assert_int_equal(epode_wav_writer_finish(&writer), EPODE_ERR_BAD_ARG);
    assert_int_equal(epode_wav_writer_push(&writer, samples, 2), EPODE_ERR_BAD_ARG);
    assert_int_equal(epode_wav_writer_push(&writer, samples, 1), EPODE_OK);
    assert_int_equal(epode_wav_writer_push(&writer, samples, 0), EPODE_OK);
    assert_int_equal(epode_wav_writer_finish(&writer), EPODE_OK);
    assert_int_equal(sink.size, 44 + 12);
}

static void a_definition_has_ranges(void** state)
{
    (void)state;
    static const struct {
        EpodeWavDef def;
        EpodeStatus status;
    } cases[] = {
        {{EPODE_WAV_PCM16, 1000, 1, 0}, EPODE_OK},
        {{EPODE_WAV_PCM16, 999, 1, 0}, EPODE_ERR_BAD_ARG},
        {{EPODE_WAV_PCM16, 768000, 2, 0}, EPODE_OK},
        {{EPODE_WAV_PCM16, 768001, 2, 0}, EPODE_ERR_BAD_ARG},
        {{EPODE_WAV_PCM16, 48000, 0, 0}, EPODE_ERR_BAD_ARG},
        {{EPODE_WAV_PCM16, 48000, 3, 0}, EPODE_ERR_BAD_ARG},
        {{(EpodeWavForm)3, 48000, 1, 0}, EPODE_ERR_BAD_ARG},
        {{EPODE_WAV_FLOAT32, 48000, 2, UINT64_MAX / 64}, EPODE_OK},
        {{EPODE_WAV_FLOAT32, 48000, 2, UINT64_MAX / 64 + 1}, EPODE_ERR_BAD_ARG},
    };
    for (size_t i = 0; i < EPODE_COUNT_OF(cases); i++) {
        static Sink sink;
        EpodeWavWriter writer;
        assert_int_equal(epode_wav_writer_init(&writer, sink_writer(&sink), &cases[i].def),
                         cases[i].status);
    }
}

static void a_failing_host_is_an_error(void** state)
{
    (void)state;
    static Sink sink;
    static const float samples[10001];
    const EpodeWavDef def = {EPODE_WAV_PCM24, 48000, 1, 10001};
    for (uint32_t calls = 0; calls < 6; calls++) {
        EpodeWavWriter writer;
        EpodeWriter out = sink_writer(&sink);
        sink.calls_left = calls;
        EpodeStatus status = epode_wav_writer_init(&writer, out, &def);
        if (status == EPODE_OK) {
            status = epode_wav_writer_push(&writer, samples, 10001);
        }
        if (status == EPODE_OK) {
            status = epode_wav_writer_finish(&writer);
        }
        assert_int_equal(status, calls < 5 ? EPODE_ERR_IO : EPODE_OK);
    }
}

// A file too large for any test: its head, and silence as far as libsndfile wants to look.
typedef struct LargeFile {
    Sink* sink;
    sf_count_t size;
    sf_count_t at;
} LargeFile;

static sf_count_t large_size(void* user)
{
    return ((LargeFile*)user)->size;
}

static sf_count_t large_tell(void* user)
{
    return ((LargeFile*)user)->at;
}

static sf_count_t large_seek(sf_count_t offset, int whence, void* user)
{
    LargeFile* file = user;
    file->at = offset + (whence == SF_SEEK_CUR ? file->at : whence == SF_SEEK_END ? file->size : 0);
    return file->at;
}

static sf_count_t large_read(void* out, sf_count_t count, void* user)
{
    LargeFile* file = user;
    unsigned char* bytes = out;
    sf_count_t got = 0;
    for (; got < count && file->at < file->size; got++, file->at++) {
        bytes[got] = file->at < (sf_count_t)file->sink->size ? file->sink->bytes[file->at] : 0;
    }
    return got;
}

static void four_gibibytes_and_more_become_rf64(void** state)
{
    (void)state;
    // 36 bytes and the sound are what the size of a RIFF counts; 0xFFFFFFFF is taken as a mark.
    const uint64_t frames = (UINT64_C(0xFFFFFFFE) - 36) / 2;
    for (uint64_t frame_count = frames - 1; frame_count <= frames + 1; frame_count++) {
        static Sink sink;
        const EpodeWavDef def = {EPODE_WAV_PCM16, 48000, 1, frame_count};
        EpodeWavWriter writer;
        assert_int_equal(epode_wav_writer_init(&writer, sink_writer(&sink), &def), EPODE_OK);
        int is_large = frame_count > frames;
        assert_memory_equal(sink.bytes, is_large ? "RF64" : "RIFF", 4);
        assert_int_equal(sink.size, is_large ? 44 + 36 : 44);

        LargeFile file = {&sink, (sf_count_t)(sink.size + frame_count * 2), 0};
        SF_VIRTUAL_IO access = {large_size, large_seek, large_read, NULL, large_tell};
        SF_INFO info = {0};
        SNDFILE* sound = sf_open_virtual(&access, SFM_READ, &info, &file);
        assert_non_null(sound);
        assert_true(info.frames == (sf_count_t)frame_count);
        assert_int_equal(info.format,
                         (is_large ? SF_FORMAT_RF64 : SF_FORMAT_WAV) | SF_FORMAT_PCM_16);
        sf_close(sound);
    }
}

// ---- Reading. ----

static void what_was_written_comes_back_exactly(void** state)
{
    (void)state;
    enum { FRAMES = 3000 };
    static float samples[FRAMES * 2];
    static Sink sink;
    uint64_t seed = 99;
    for (int form = EPODE_WAV_FLOAT32; form <= EPODE_WAV_PCM16; form++) {
        double scale = form == EPODE_WAV_PCM16 ? 0x1p15 : 0x1p23;
        for (size_t i = 0; i < EPODE_COUNT_OF(samples); i++) {
            double value = test_random_unit(&seed) * 2.0 - 1.0;
            samples[i] = form == EPODE_WAV_FLOAT32 ? (float)(value * 3.0)
                                                   : (float)((double)(int)(value * scale) / scale);
        }
        for (uint32_t channel_count = 1; channel_count <= 2; channel_count++) {
            write_wav(&sink, (EpodeWavForm)form, channel_count, samples, FRAMES);
            EpodeWavSound sound;
            EpodeMessage message;
            assert_int_equal(read_wav(&sink, &sound, &message), EPODE_OK);
            assert_int_equal(sound.frame_count, FRAMES);
            assert_int_equal(sound.channel_count, channel_count);
            assert_int_equal(sound.frame_rate, 48000);
            assert_memory_equal(sound.samples, samples, sizeof(float) * FRAMES * channel_count);
            epode_wav_sound_finish(&sound);
        }
    }
}

static void an_empty_sound_is_a_sound(void** state)
{
    (void)state;
    static Sink sink;
    write_wav(&sink, EPODE_WAV_PCM16, 2, NULL, 0);
    EpodeWavSound sound;
    assert_int_equal(read_wav(&sink, &sound, NULL), EPODE_OK);
    assert_int_equal(sound.frame_count, 0);
    epode_wav_sound_finish(&sound);
}

// Lets libsndfile write a file of another form to the scratch folder and takes its bytes.
static void write_foreign(Sink* sink, int format, int channels, int rate)
{
    SF_INFO info = {.samplerate = rate, .channels = channels, .format = format};
    assert_true(sf_format_check(&info));
    const char* path = scratch("foreign");
    SNDFILE* sound = sf_open(path, SFM_WRITE, &info);
    assert_non_null(sound);
    float frame[8] = {0.5f, -0.25f, 0.5f, -0.25f, 0.5f, -0.25f, 0.5f, -0.25f};
    for (int i = 0; i < 100; i++) {
        assert_int_equal(sf_writef_float(sound, frame, 1), 1);
    }
    sf_close(sound);
    int handle = open(path, O_RDONLY);
    ssize_t size = read(handle, sink->bytes, sizeof sink->bytes);
    assert_true(size > 0);
    close(handle);
    sink->size = (size_t)size;
}

static void files_of_other_programs_are_read(void** state)
{
    (void)state;
    static const int formats[] = {
        SF_FORMAT_WAV | SF_FORMAT_PCM_U8,   SF_FORMAT_WAV | SF_FORMAT_PCM_16,
        SF_FORMAT_WAV | SF_FORMAT_PCM_24,   SF_FORMAT_WAV | SF_FORMAT_PCM_32,
        SF_FORMAT_WAV | SF_FORMAT_FLOAT,    SF_FORMAT_WAV | SF_FORMAT_DOUBLE,
        SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, SF_FORMAT_WAVEX | SF_FORMAT_PCM_24,
        SF_FORMAT_WAVEX | SF_FORMAT_FLOAT,  SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
        SF_FORMAT_RF64 | SF_FORMAT_FLOAT,
    };
    for (size_t i = 0; i < EPODE_COUNT_OF(formats); i++) {
        static Sink sink;
        write_foreign(&sink, formats[i], 2, 22050);
        EpodeWavSound sound;
        EpodeMessage message = {{0}};
        EpodeStatus status = read_wav(&sink, &sound, &message);
        if (status != EPODE_OK) {
            print_error("format %x: %s\n", (unsigned)formats[i], message.text);
        }
        assert_int_equal(status, EPODE_OK);
        assert_int_equal(sound.frame_count, 100);
        assert_int_equal(sound.frame_rate, 22050);
        float slack = (formats[i] & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_U8 ? 0.01f : 0.0001f;
        assert_float_equal(sound.samples[198], 0.5f, slack);
        assert_float_equal(sound.samples[199], -0.25f, slack);
        epode_wav_sound_finish(&sound);
    }
}

static EpodeStatus read_and_forget(const Sink* sink, EpodeMessage* message)
{
    EpodeWavSound sound;
    EpodeStatus status = read_wav(sink, &sound, message);
    epode_wav_sound_finish(&sound);
    return status;
}

static void other_forms_are_refused(void** state)
{
    (void)state;
    static const int formats[] = {
        SF_FORMAT_WAV | SF_FORMAT_ULAW,      SF_FORMAT_WAV | SF_FORMAT_ALAW,
        SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM,
        SF_FORMAT_AIFF | SF_FORMAT_PCM_16,   SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
        SF_FORMAT_AU | SF_FORMAT_PCM_16,     SF_FORMAT_W64 | SF_FORMAT_PCM_16,
        SF_FORMAT_CAF | SF_FORMAT_PCM_16,    SF_FORMAT_OGG | SF_FORMAT_VORBIS,
    };
    for (size_t i = 0; i < EPODE_COUNT_OF(formats); i++) {
        static Sink sink;
        EpodeMessage message;
        write_foreign(&sink, formats[i], 1, 44100);
        assert_int_equal(read_and_forget(&sink, &message),
                         i < 4 ? EPODE_ERR_VERSION : EPODE_ERR_CORRUPT);
        assert_string_equal(message.text, i < 4 ? "its sound is coded; only PCM and float are read"
                                                : "it is not a WAV file");
    }
}

static void a_sound_may_have_so_many_frames(void** state)
{
    (void)state;
    static Sink sink;
    static const float samples[100];
    write_wav(&sink, EPODE_WAV_PCM16, 1, samples, 100);
    for (uint64_t frames_max = 99; frames_max <= 101; frames_max++) {
        EpodeWavSound sound;
        EpodeMessage message;
        EpodeStatus status = epode_wav_read(sink.bytes, sink.size, frames_max, epode_heap_system(),
                                            &sound, &message);
        assert_int_equal(status, frames_max < 100 ? EPODE_ERR_LIMIT : EPODE_OK);
        if (status != EPODE_OK) {
            assert_string_equal(message.text, "it is longer than the limit of 99 frames");
        }
        epode_wav_sound_finish(&sound);
    }
}

// A lie is a few bytes put into a good file of 100 stereo frames of 16 bits.
typedef struct Lie {
    const char* what;
    size_t at;
    size_t size;
    const char* bytes;
    EpodeStatus status;
} Lie;

static const Lie lies[] = {
    {"no lie", 0, 4, "RIFF", EPODE_OK},
    {"not RIFF", 0, 4, "RIFX", EPODE_ERR_CORRUPT},
    {"not WAVE", 8, 4, "AVI ", EPODE_ERR_CORRUPT},
    {"RIFF of 4 GiB", 4, 4, "\xFF\xFF\xFF\xFF", EPODE_ERR_CORRUPT},
    {"RIFF one byte longer", 4, 4, "\xB5\x01\0\0", EPODE_ERR_CORRUPT},
    {"no fmt", 12, 4, "junk", EPODE_ERR_CORRUPT},
    {"fmt of 4 GiB", 16, 4, "\xFF\xFF\xFF\xFF", EPODE_ERR_CORRUPT},
    {"fmt of 2 GiB", 16, 4, "\xFF\xFF\xFF\x7F", EPODE_ERR_CORRUPT},
    {"fmt of nothing", 16, 4, "\0\0\0\0", EPODE_ERR_CORRUPT},
    {"form 0", 20, 2, "\0\0", EPODE_ERR_CORRUPT},
    {"form ADPCM over PCM", 20, 2, "\x02\0", EPODE_ERR_CORRUPT},
    {"form A-law", 20, 2, "\x06\0", EPODE_ERR_VERSION},
    {"form MP3", 20, 2, "\x55\0", EPODE_ERR_CORRUPT},
    {"form unknown", 20, 2, "\x34\x12", EPODE_ERR_CORRUPT},
    {"form extensible without its extension", 20, 2, "\xFE\xFF", EPODE_ERR_CORRUPT},
    {"no channels", 22, 2, "\0\0", EPODE_ERR_LIMIT},
    {"1 channel, frames of 4 bytes", 22, 2, "\x01\0", EPODE_ERR_CORRUPT},
    {"3 channels", 22, 2, "\x03\0", EPODE_ERR_LIMIT},
    {"1024 channels", 22, 2, "\0\x04", EPODE_ERR_LIMIT},
    {"65535 channels", 22, 2, "\xFF\xFF", EPODE_ERR_LIMIT},
    {"rate 0", 24, 4, "\0\0\0\0", EPODE_ERR_LIMIT},
    {"rate 999", 24, 4, "\xE7\x03\0\0", EPODE_ERR_LIMIT},
    {"rate 1000", 24, 4, "\xE8\x03\0\0", EPODE_OK},
    {"rate 768000", 24, 4, "\0\xB8\x0B\0", EPODE_OK},
    {"rate 768001", 24, 4, "\x01\xB8\x0B\0", EPODE_ERR_LIMIT},
    {"rate 2^31", 24, 4, "\0\0\0\x80", EPODE_ERR_LIMIT},
    {"rate 2^32 - 1", 24, 4, "\xFF\xFF\xFF\xFF", EPODE_ERR_LIMIT},
    {"frames of 0 bytes", 32, 2, "\0\0", EPODE_ERR_CORRUPT},
    {"frames of 1 byte", 32, 2, "\x01\0", EPODE_ERR_CORRUPT},
    {"frames of 65535 bytes", 32, 2, "\xFF\xFF", EPODE_ERR_CORRUPT},
    {"0 bits", 34, 2, "\0\0", EPODE_ERR_CORRUPT},
    {"8 bits in frames of 4 bytes", 34, 2, "\x08\0", EPODE_ERR_CORRUPT},
    {"17 bits", 34, 2, "\x11\0", EPODE_ERR_CORRUPT},
    {"24 bits in frames of 4 bytes", 34, 2, "\x18\0", EPODE_ERR_CORRUPT},
    {"65535 bits", 34, 2, "\xFF\xFF", EPODE_ERR_CORRUPT},
    {"no data", 36, 4, "junk", EPODE_ERR_CORRUPT},
    {"data of 4 GiB", 40, 4, "\xFF\xFF\xFF\xFF", EPODE_ERR_CORRUPT},
    {"data of 2 GiB", 40, 4, "\0\0\0\x80", EPODE_ERR_CORRUPT},
    {"data one frame longer", 40, 4, "\x94\x01\0\0", EPODE_ERR_CORRUPT},
    {"data one byte shorter", 40, 4, "\x8F\x01\0\0", EPODE_ERR_CORRUPT},
    {"data of nothing, then rubbish", 40, 4, "\0\0\0\0", EPODE_ERR_CORRUPT},
    {"RF64 without ds64", 0, 4, "RF64", EPODE_ERR_CORRUPT},
};

static void a_file_that_lies_is_refused(void** state)
{
    (void)state;
    static Sink good;
    static float samples[200];
    for (int i = 0; i < 200; i++) {
        samples[i] = (float)i / 300.0f;
    }
    write_wav(&good, EPODE_WAV_PCM16, 2, samples, 100);
    assert_int_equal(good.size, 444);
    for (size_t i = 0; i < EPODE_COUNT_OF(lies); i++) {
        static Sink sink;
        sink = good;
        memcpy(sink.bytes + lies[i].at, lies[i].bytes, lies[i].size);
        EpodeMessage message = {{0}};
        EpodeStatus status = read_and_forget(&sink, &message);
        if (status != lies[i].status) {
            print_error("%s: %s (%s)\n", lies[i].what, epode_status_text(status), message.text);
        }
        assert_int_equal(status, lies[i].status);
        assert_true((message.text[0] == '\0') == (status == EPODE_OK));
    }
}

static void an_rf64_that_lies_is_refused(void** state)
{
    (void)state;
    static Sink good;
    write_foreign(&good, SF_FORMAT_RF64 | SF_FORMAT_PCM_16, 2, 44100);
    assert_memory_equal(good.bytes + 12, "ds64", 4);
    static const uint64_t sizes[] = {
        0, 399, 401, UINT32_MAX, UINT64_C(1) << 63, UINT64_MAX, INT64_MAX, UINT64_MAX - 7};
    for (size_t i = 0; i < EPODE_COUNT_OF(sizes); i++) {
        static Sink sink;
        sink = good;
        memcpy(sink.bytes + 28, &sizes[i], 8); // the size of the sound
        EpodeMessage message;
        EpodeStatus status = read_and_forget(&sink, &message);
        assert_true(status == EPODE_ERR_CORRUPT);
        sink = good;
        memcpy(sink.bytes + 36, &sizes[i], 8); // the count of frames
        status = read_and_forget(&sink, &message);
        assert_true(status == EPODE_OK || status == EPODE_ERR_CORRUPT);
    }
}

static void sound_in_two_places_is_refused(void** state)
{
    (void)state;
    static Sink sink;
    static const float samples[200];
    write_wav(&sink, EPODE_WAV_PCM16, 2, samples, 100);
    memcpy(sink.bytes + 40, "\x04\0\0\0....data\x84\x01\0\0", 16);
    EpodeMessage message;
    assert_int_equal(read_and_forget(&sink, &message), EPODE_ERR_CORRUPT);
    assert_string_equal(message.text, "it holds sound in two places");
}

static void other_chunks_are_passed_over(void** state)
{
    (void)state;
    static const char odd_chunk[] = "LIST\x03\0\0\0abc"; // its NUL is the padding
    static Sink sink;
    const float samples[4] = {0.5f, 0.25f, 0.0f, 1.0f};
    write_wav(&sink, EPODE_WAV_FLOAT32, 2, samples, 2);
    enum { DATA_AT = 50 };
    memmove(sink.bytes + DATA_AT + sizeof odd_chunk, sink.bytes + DATA_AT, sink.size - DATA_AT);
    memcpy(sink.bytes + DATA_AT, odd_chunk, sizeof odd_chunk);
    sink.size += sizeof odd_chunk;
    sink.bytes[4] = (unsigned char)(sink.size - 8);
    EpodeWavSound sound;
    EpodeMessage message = {{0}};
    assert_int_equal(read_wav(&sink, &sound, &message), EPODE_OK);
    assert_int_equal(sound.frame_count, 2);
    assert_memory_equal(sound.samples, samples, sizeof samples);
    epode_wav_sound_finish(&sound);
}

static void a_file_inside_a_file_is_only_sound(void** state)
{
    (void)state;
    static Sink inner;
    static const float samples[100];
    write_wav(&inner, EPODE_WAV_PCM16, 2, samples, 25);
    static float outer_samples[FILE_MAX];
    size_t count = inner.size / 2;
    for (size_t i = 0; i < count; i++) {
        int16_t value = 0;
        memcpy(&value, inner.bytes + 2 * i, 2);
        outer_samples[i] = (float)value / 32768.0f;
    }
    static Sink outer;
    write_wav(&outer, EPODE_WAV_PCM16, 1, outer_samples, count);
    EpodeWavSound sound;
    assert_int_equal(read_wav(&outer, &sound, NULL), EPODE_OK);
    assert_int_equal(sound.channel_count, 1);
    assert_int_equal(sound.frame_count, count);
    epode_wav_sound_finish(&sound);
}

static void a_cut_file_is_refused_at_every_byte(void** state)
{
    (void)state;
    static Sink sink;
    static const float samples[8];
    write_wav(&sink, EPODE_WAV_FLOAT32, 2, samples, 4);
    size_t size = sink.size;
    for (sink.size = 0; sink.size < size; sink.size++) {
        EpodeMessage message;
        assert_int_equal(read_and_forget(&sink, &message), EPODE_ERR_CORRUPT);
    }
    assert_int_equal(read_and_forget(&sink, NULL), EPODE_OK);
}

static void what_is_not_a_number_is_refused(void** state)
{
    (void)state;
    static Sink sink;
    static const float strange[] = {(float)NAN, (float)INFINITY, -(float)INFINITY};
    for (size_t i = 0; i < EPODE_COUNT_OF(strange); i++) {
        float samples[12] = {0};
        samples[9] = strange[i];
        write_wav(&sink, EPODE_WAV_FLOAT32, 2, samples, 6);
        EpodeMessage message;
        assert_int_equal(read_and_forget(&sink, &message), EPODE_ERR_CORRUPT);
        assert_string_equal(message.text, "frame 4 holds what is not a number");
    }
}

static void random_damage_never_does_harm(void** state)
{
    (void)state;
    uint64_t seed = (uint64_t)getpid();
    print_message("seed %llu\n", (unsigned long long)seed);
    static Sink good;
    static Sink sink;
    static const float samples[40];
    write_wav(&good, EPODE_WAV_FLOAT32, 2, samples, 20);
    for (int round = 0; round < 200; round++) {
        sink = good;
        for (uint64_t i = test_random(&seed) % 4; i < 4; i++) {
            sink.bytes[test_random(&seed) % 58] = (unsigned char)test_random(&seed);
        }
        EpodeWavSound sound;
        EpodeMessage message = {{0}};
        EpodeStatus status = read_wav(&sink, &sound, &message);
        assert_true(status == EPODE_OK || status == EPODE_ERR_CORRUPT ||
                    status == EPODE_ERR_VERSION || status == EPODE_ERR_LIMIT);
        assert_true(status != EPODE_OK || sound.frame_count <= 160);
        // libsndfile itself must not have crashed.
        assert_null(strstr(message.text, "crashed"));
        assert_null(strstr(message.text, "may not"));
        epode_wav_sound_finish(&sound);
    }
}

static void an_exhausted_heap_is_an_error(void** state)
{
    (void)state;
    static Sink sink;
    static const float samples[20000];
    write_wav(&sink, EPODE_WAV_PCM16, 1, samples, 20000);
    EpodeStatus status = EPODE_ERR_NO_MEM;
    for (size_t call = 1; status != EPODE_OK; call++) {
        TestHeap heap = {.fail_at = call};
        EpodeWavSound sound;
        status = epode_wav_read(sink.bytes, sink.size, 100000, test_heap(&heap), &sound, NULL);
        assert_int_equal(status, heap.failed_count > 0 ? EPODE_ERR_NO_MEM : EPODE_OK);
        epode_wav_sound_finish(&sound);
        test_heap_assert_empty(&heap);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pcm_has_exactly_these_bytes),
        cmocka_unit_test(float_has_exactly_these_bytes),
        cmocka_unit_test(an_odd_size_is_padded),
        cmocka_unit_test(pcm_rounds_and_clips),
        cmocka_unit_test(how_often_one_pushes_makes_no_difference),
        cmocka_unit_test(what_was_announced_must_be_kept),
        cmocka_unit_test(a_definition_has_ranges),
        cmocka_unit_test(a_failing_host_is_an_error),
        cmocka_unit_test(four_gibibytes_and_more_become_rf64),
        cmocka_unit_test(what_was_written_comes_back_exactly),
        cmocka_unit_test(an_empty_sound_is_a_sound),
        cmocka_unit_test(files_of_other_programs_are_read),
        cmocka_unit_test(other_forms_are_refused),
        cmocka_unit_test(a_sound_may_have_so_many_frames),
        cmocka_unit_test(a_file_that_lies_is_refused),
        cmocka_unit_test(an_rf64_that_lies_is_refused),
        cmocka_unit_test(sound_in_two_places_is_refused),
        cmocka_unit_test(other_chunks_are_passed_over),
        cmocka_unit_test(a_file_inside_a_file_is_only_sound),
        cmocka_unit_test(a_cut_file_is_refused_at_every_byte),
        cmocka_unit_test(what_is_not_a_number_is_refused),
        cmocka_unit_test(random_damage_never_does_harm),
        cmocka_unit_test(an_exhausted_heap_is_an_error),
    };
    return cmocka_run_group_tests(tests, scratch_begin, scratch_end);
}
