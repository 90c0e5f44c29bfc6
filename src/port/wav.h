// SPDX-License-Identifier: MIT
// WAV files. Written here, byte for byte the same for the same sound: no dates, no names, and the
// sizes are known before the first frame, so that a pipe will do. Read through libsndfile in a
// child process (port/jail.h), because files come from anybody. Knows the form of WAV files and
// libsndfile; where bytes come from and go to is the caller's business.
#ifndef EPODE_PORT_WAV_H
#define EPODE_PORT_WAV_H

#include "epode/host.h"
#include "port/message.h"

#define EPODE_WAV_CHANNELS_MAX 2
#define EPODE_WAV_RATE_MIN 1000
#define EPODE_WAV_RATE_MAX 768000

typedef enum EpodeWavForm {
    EPODE_WAV_FLOAT32 = 0,
    EPODE_WAV_PCM24 = 1,
    EPODE_WAV_PCM16 = 2
} EpodeWavForm;

/// What a file will hold. Files above 4 GiB become RF64.
typedef struct EpodeWavDef {
    EpodeWavForm form;
    uint32_t frame_rate;    ///< EPODE_WAV_RATE_MIN..EPODE_WAV_RATE_MAX
    uint32_t channel_count; ///< 1..EPODE_WAV_CHANNELS_MAX
    uint64_t frame_count;
} EpodeWavDef;

/// A file being written. Its fields are its own.
typedef struct EpodeWavWriter {
    EpodeWriter out;
    EpodeWavDef def;
    uint64_t frame_index;
} EpodeWavWriter;

/// Begins a file: writes everything that stands before the sound.
///
/// Errors:  EPODE_ERR_BAD_ARG for a definition outside its ranges, what `out` returned.
/// Thread:  [load].
/// Source:  Microsoft and IBM 1991, Multimedia Programming Interface; EBU Tech 3306 for RF64.
EpodeStatus epode_wav_writer_init(EpodeWavWriter* writer, EpodeWriter out, const EpodeWavDef* def);

/// Writes frames.
///
/// Shapes:  `samples` are `frame_count` frames, interleaved.
/// Range:   PCM takes [-1, 1) to its full range, rounds to nearest with ties away from zero, clips,
///          and writes 0 for what is not a number. Float is written as it is.
/// Errors:  EPODE_ERR_BAD_ARG for more frames than were announced; what `out` returned.
/// Thread:  [load].
EpodeStatus epode_wav_writer_push(EpodeWavWriter* writer, const float* samples,
                                  uint64_t frame_count);

/// Ends a file.
///
/// Errors:  EPODE_ERR_BAD_ARG when frames are missing; what `out` returned.
/// Thread:  [load].
EpodeStatus epode_wav_writer_finish(EpodeWavWriter* writer);

/// Sound that was read.
typedef struct EpodeWavSound {
    const float* samples; // interleaved
    uint64_t frame_count;
    uint32_t channel_count;
    uint32_t frame_rate;
    EpodeHeap heap;
    char* block;
    size_t block_size;
} EpodeWavSound;

/// Reads a whole WAV, WAVEX or RF64 file of PCM (8, 16, 24 or 32 bits) or float (32 or 64 bits),
/// mono or stereo. PCM is scaled to [-1, 1) exactly as far as a float can hold it.
///
/// Shapes:  `bytes` are the file. Finish `sound` in any case.
/// Errors:  EPODE_ERR_CORRUPT when the file contradicts itself or holds what is not a number,
///          EPODE_ERR_VERSION for a form that is not read, EPODE_ERR_LIMIT for more than
///          `frames_max` frames, other channels or rates; EPODE_ERR_NO_MEM, EPODE_ERR_IO. With a
///          message.
/// Thread:  [load].
EpodeStatus epode_wav_read(const void* bytes, size_t size, uint64_t frames_max, EpodeHeap heap,
                           EpodeWavSound* sound, EpodeMessage* message);

/// Frees a sound.
///
/// Thread:  [load].
void epode_wav_sound_finish(EpodeWavSound* sound);

#endif
