// SPDX-License-Identifier: MIT
// The lexer of ZW: one table of byte classes and a loop for each class. A string may hold raw line
// ends, so a forgotten quote turns the rest of a file inside out; the wary mode at the end of this
// file says which strings are believed to be such. Knows bytes only.
#include "zw/lexer.h"

// What a byte may be part of. Bytes that are no text at all are refused before (tree.c); here they
// are parts of words.
enum { IN_WORD = 0, SPACE = 1, END = 2, PUNCTUATION = 3 };

static const uint8_t CLASS[256] = {
    ['\0'] = END,        ['\t'] = SPACE,      ['\n'] = SPACE,      ['\r'] = SPACE,
    [' '] = SPACE,       ['"'] = PUNCTUATION, [';'] = PUNCTUATION, ['['] = PUNCTUATION,
    [']'] = PUNCTUATION, ['{'] = PUNCTUATION, ['}'] = PUNCTUATION,
};

// Where a string's content has to be looked at.
static const uint8_t STOPS_STRING[256] = {
    ['\0'] = 1, ['\n'] = 1, ['\r'] = 1, ['"'] = 1, ['\\'] = 1};

static uint8_t class_at(const EpodeZwLexer* lexer, uint32_t at)
{
    return CLASS[(unsigned char)lexer->text.bytes[at]];
}

// A NUL ends the text only behind its last byte; one inside is an error that tree.c reports, and
// counts as white space.
static void skip_space(EpodeZwLexer* lexer)
{
    uint8_t class = class_at(lexer, lexer->at);
    while (class == SPACE || (class == END && lexer->at < lexer->text.size)) {
        class = class_at(lexer, ++lexer->at);
    }
}

static uint32_t line_end(const EpodeZwLexer* lexer, uint32_t at)
{
    const char* from = lexer->text.bytes + at;
    const char* end = memchr(from, '\n', lexer->text.size - at);
    return end == NULL ? (uint32_t)lexer->text.size : at + (uint32_t)(end - from);
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static int is_bracket(char c)
{
    return c == '{' || c == '}' || c == '[' || c == ']';
}

// End of a run without the blanks and closing brackets at its end.
static uint32_t trimmed_end(const char* bytes, uint32_t from, uint32_t end)
{
    while (end > from &&
           (is_blank(bytes[end - 1]) || bytes[end - 1] == '}' || bytes[end - 1] == ']')) {
        end--;
    }
    return end;
}

// Whether the next line begins with a bracket: strings of prose do not go on like that.
static int is_cut_by_line_end(const EpodeZwLexer* lexer, uint32_t newline)
{
    uint32_t at = newline + 1;
    while (is_blank(lexer->text.bytes[at])) {
        at++;
    }
    return at >= lexer->text.size || is_bracket(lexer->text.bytes[at]);
}

// The first bracket of a string's content, or `end`.
static uint32_t find_bracket(const char* bytes, uint32_t from, uint32_t end)
{
    while (from < end && !is_bracket(bytes[from])) {
        from++;
    }
    return from;
}

static int touches_word(const EpodeZwLexer* lexer, uint32_t at)
{
    char c = lexer->text.bytes[at];
    return c == '"' || class_at(lexer, at) == IN_WORD;
}

// Ends a string before the bracket or line end that cannot belong to it.
static EpodeZwToken open_string(EpodeZwLexer* lexer, EpodeZwToken token, uint32_t end)
{
    lexer->at = trimmed_end(lexer->text.bytes, token.offset + 1, end);
    token.size = lexer->at - token.offset;
    token.is_open = 1;
    return token;
}

static EpodeZwToken close_string(EpodeZwLexer* lexer, EpodeZwToken token, uint32_t quote)
{
    uint32_t from = token.offset + 1;
    // Without escapes there is no quote between the bracket and here, so nothing is read twice
    // over.
    if (lexer->is_wary && !token.is_escaped && touches_word(lexer, quote + 1)) {
        uint32_t bracket = find_bracket(lexer->text.bytes, from, quote);
        if (bracket < quote) {
            return open_string(lexer, token, bracket);
        }
    }
    lexer->at = quote + 1;
    token.size = lexer->at - token.offset;
    token.is_touching |= (uint8_t)touches_word(lexer, lexer->at);
    return token;
}

static EpodeZwToken next_string(EpodeZwLexer* lexer, EpodeZwToken token)
{
    const char* bytes = lexer->text.bytes;
    uint32_t size = (uint32_t)lexer->text.size;
    for (uint32_t at = token.offset + 1;; at++) {
        while (!STOPS_STRING[(unsigned char)bytes[at]]) {
            at++;
        }
        if (bytes[at] == '"') {
            return close_string(lexer, token, at);
        }
        if (at >= size) {
            return open_string(lexer, token, size);
        }
        if (bytes[at] == '\n' && lexer->is_wary && is_cut_by_line_end(lexer, at)) {
            return open_string(lexer, token, at);
        }
        if (bytes[at] == '\\') {
            token.is_escaped = 1;
            at += at + 1 < size;
        } else if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
            token.is_escaped = 1;
        }
    }
}

static EpodeZwToken next_word(EpodeZwLexer* lexer, EpodeZwToken token)
{
    uint32_t at = token.offset;
    while (class_at(lexer, at) == IN_WORD) {
        at++;
    }
    lexer->at = at;
    token.kind = EPODE_ZW_TOKEN_WORD;
    token.size = at - token.offset;
    return token;
}

EpodeZwLexer epode_zw_lexer(EpodeText text, int is_wary)
{
    int has_mark = text.size >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0;
    return (EpodeZwLexer){.text = text, .at = has_mark ? 3 : 0, .is_wary = is_wary};
}

EpodeZwToken epode_zw_lexer_next(EpodeZwLexer* lexer)
{
    static const uint8_t kinds[256] = {
        ['"'] = EPODE_ZW_TOKEN_STRING,     [';'] = EPODE_ZW_TOKEN_COMMENT,
        ['['] = EPODE_ZW_TOKEN_OPEN_LIST,  [']'] = EPODE_ZW_TOKEN_CLOSE_LIST,
        ['{'] = EPODE_ZW_TOKEN_OPEN_BLOCK, ['}'] = EPODE_ZW_TOKEN_CLOSE_BLOCK,
    };
    skip_space(lexer);
    EpodeZwToken token = {.offset = lexer->at, .size = 1};
    if (class_at(lexer, lexer->at) == IN_WORD) {
        return next_word(lexer, token);
    }
    token.kind = kinds[(unsigned char)lexer->text.bytes[lexer->at]];
    switch (token.kind) {
    case EPODE_ZW_TOKEN_END: token.size = 0; break;
    case EPODE_ZW_TOKEN_STRING:
        token.is_touching = lexer->at > 0 && class_at(lexer, lexer->at - 1) == IN_WORD;
        return next_string(lexer, token);
    case EPODE_ZW_TOKEN_COMMENT:
        lexer->at = line_end(lexer, lexer->at);
        token.size = lexer->at - token.offset;
        break;
    default: lexer->at++; break;
    }
    return token;
}
