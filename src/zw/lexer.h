// SPDX-License-Identifier: MIT
// Cuts a text into brackets, words, strings and comments. Inside the module only: the parser builds
// trees from the tokens, the formatter looks for the comments. Reports nothing and keeps nothing.
#ifndef EPODE_ZW_LEXER_H
#define EPODE_ZW_LEXER_H

#include "base/text.h"

typedef enum EpodeZwTokenKind {
    EPODE_ZW_TOKEN_END = 0,
    EPODE_ZW_TOKEN_WORD = 1, // numbers too
    EPODE_ZW_TOKEN_STRING = 2,
    EPODE_ZW_TOKEN_COMMENT = 3, // from the `;` to the end of the line, without it
    EPODE_ZW_TOKEN_OPEN_BLOCK = 4,
    EPODE_ZW_TOKEN_OPEN_LIST = 5,
    EPODE_ZW_TOKEN_CLOSE_BLOCK = 6,
    EPODE_ZW_TOKEN_CLOSE_LIST = 7
} EpodeZwTokenKind;

/// What stands in the text. A string's run has its quotes, except an unterminated one's.
typedef struct EpodeZwToken {
    uint32_t offset;
    uint32_t size;
    uint8_t kind;        // EpodeZwTokenKind
    uint8_t is_open;     // STRING: its closing quote is missing
    uint8_t is_escaped;  // STRING: has escapes or CR LF, so its bytes are not its value
    uint8_t is_touching; // STRING: stands against a word or another string
} EpodeZwToken;

/// How far a text has been cut. With `is_wary` a string that looks as if its closing quote had been
/// forgotten ends on its line: the file is known to have such a one somewhere.
typedef struct EpodeZwLexer {
    EpodeText text;
    uint32_t at;
    int is_wary;
} EpodeZwLexer;

/// A lexer at the start of a text, behind its byte order mark if it has one.
///
/// Shapes:  `text` has a NUL behind its last byte.
/// Thread:  [any], does not allocate.
EpodeZwLexer epode_zw_lexer(EpodeText text, int is_wary);

/// The next token.
///
/// Thread:  [any], does not allocate.
EpodeZwToken epode_zw_lexer_next(EpodeZwLexer* lexer);

#endif
