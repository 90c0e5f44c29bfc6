// SPDX-License-Identifier: MIT
// What a port says to a person when something outside fails. Messages never hold the name of what
// they are about: the caller knows it and puts it in front. Knows the system's error numbers.
#ifndef EPODE_PORT_MESSAGE_H
#define EPODE_PORT_MESSAGE_H

#include "epode/base.h"

#define EPODE_MESSAGE_SIZE 256

/// One sentence without a capital letter and a full stop: "no such file or directory".
typedef struct EpodeMessage {
    char text[EPODE_MESSAGE_SIZE];
} EpodeMessage;

/// Sets a message; too long a text is cut. Control characters, which could steer a terminal, become
/// question marks.
///
/// Range:   `message` NULL is allowed and ignored.
/// Thread:  [any], does not allocate.
__attribute__((format(printf, 2, 3))) void epode_message_set(EpodeMessage* message,
                                                             const char* format, ...);

/// Sets the system's words for `error`, an errno, and returns the status that it amounts to.
///
/// Errors:  EPODE_ERR_NOT_FOUND, EPODE_ERR_LIMIT (no room left), EPODE_ERR_NO_MEM,
///          EPODE_ERR_BAD_ARG (a symbolic link, a name that is too long), else EPODE_ERR_IO.
/// Thread:  [any], does not allocate.
EpodeStatus epode_message_errno(EpodeMessage* message, int error);

#endif
