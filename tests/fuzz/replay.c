// SPDX-License-Identifier: MIT
// Runs a fuzz target once over each file that it is given, so that every input that ever mattered
// is tried in every build, with any compiler. Names the file first, so that a crash is traceable.
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

// Reads a whole file into memory of exactly its size, so that a sanitizer sees an overrun.
static uint8_t* read_file(const char* path, size_t* size)
{
    FILE* file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    uint8_t* bytes = NULL;
    long length = -1;
    if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) >= 0 &&
        fseek(file, 0, SEEK_SET) == 0) {
        *size = (size_t)length;
        bytes = malloc(*size == 0 ? 1 : *size);
    }
    if (bytes != NULL && fread(bytes, 1, *size, file) != *size) {
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    return bytes;
}

int main(int count, char** paths)
{
    if (count < 2) {
        fprintf(stderr, "usage: %s FILE..\n", paths[0]);
        return 2;
    }
    for (int i = 1; i < count; i++) {
        printf("%s\n", paths[i]);
        fflush(stdout);
        size_t size = 0;
        uint8_t* bytes = read_file(paths[i], &size);
        if (bytes == NULL) {
            perror(paths[i]);
            return 1;
        }
        LLVMFuzzerTestOneInput(bytes, size);
        free(bytes);
    }
    return 0;
}
