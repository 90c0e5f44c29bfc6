// SPDX-License-Identifier: MIT
// What every fuzz target is: one function that takes any bytes, returns 0 and never crashes. The
// same source is linked with libFuzzer, which invents bytes, or with replay.c, which reads files.
#ifndef EPODE_TESTS_FUZZ_FUZZ_H
#define EPODE_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size);

#endif
