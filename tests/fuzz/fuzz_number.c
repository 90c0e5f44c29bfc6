// SPDX-License-Identifier: MIT
// Numbers from hostile text: whatever the reader accepts must survive being written and read again
// with equal bits, and must not depend on the bytes that follow it.
#include "fuzz.h"

#include <string.h>

#include "base/check.h"
#include "base/number.h"

int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size)
{
    const char* text = (const char*)bytes;
    double value = 0;
    size_t used = 0;
    EpodeStatus status = epode_number_parse(text, size, &value, &used);
    if (status == EPODE_ERR_TEXT) {
        return 0;
    }
    EPODE_ASSERT(used > 0 && used <= size);
    double again = 0;
    size_t used_again = 0;
    EPODE_ASSERT(epode_number_parse(text, used, &again, &used_again) == status);
    EPODE_ASSERT(used_again == used && memcmp(&again, &value, sizeof value) == 0);
    if (status == EPODE_OK) {
        char written[EPODE_NUMBER_TEXT_SIZE];
        size_t length = epode_number_format(value, written);
        EPODE_ASSERT(epode_number_parse(written, length, &again, &used_again) == EPODE_OK);
        EPODE_ASSERT(used_again == length && memcmp(&again, &value, sizeof value) == 0);
    }
    int64_t whole = 0;
    if (epode_int_parse(text, size, &whole) == EPODE_OK) {
        char written[EPODE_NUMBER_TEXT_SIZE];
        int64_t whole_again = 0;
        size_t length = epode_int_format(whole, written);
        EPODE_ASSERT(epode_int_parse(written, length, &whole_again) == EPODE_OK);
        EPODE_ASSERT(whole_again == whole);
    }
    return 0;
}
