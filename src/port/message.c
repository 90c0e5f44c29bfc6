// SPDX-License-Identifier: MIT
// Messages of fixed size. The texts of error numbers come from the C library, untranslated.
#define _GNU_SOURCE
#include "port/message.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void epode_message_set(EpodeMessage* message, const char* format, ...)
{
    if (message == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message->text, sizeof message->text, format, arguments);
    va_end(arguments);
    for (char* c = message->text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F) {
            *c = '?';
        }
    }
}

static EpodeStatus status_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR: return EPODE_ERR_NOT_FOUND;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return EPODE_ERR_LIMIT;
    case ENOMEM: return EPODE_ERR_NO_MEM;
    case ELOOP:
    case EXDEV:
    case ENAMETOOLONG: return EPODE_ERR_BAD_ARG;
    default: return EPODE_ERR_IO;
    }
}

EpodeStatus epode_message_errno(EpodeMessage* message, int error)
{
    const char* text = strerrordesc_np(error);
    if (error == ELOOP) {
        text = "symbolic links are not followed";
    }
    if (text == NULL) {
        epode_message_set(message, "error %d of the system", error);
    } else {
        epode_message_set(message, "%c%s", tolower((unsigned char)text[0]), text + 1);
    }
    return status_of(error);
}
