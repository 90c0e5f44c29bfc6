// SPDX-License-Identifier: MIT
// Tokens to tree, in two linear passes: a survey that counts what the tree will need and judges
// whether brackets and quotes balance, then the build. A file that does not balance is read with
// its indentation as a witness, so that one forgotten bracket is one message. No recursion: an open
// container keeps its parent in `next` and its last child in `size` until it is closed.
#include <stdio.h>

#include "base/number.h"
#include "zw/lexer.h"
#include "zw/tree.h"
#include "zw/utf8.h"

enum {
    BAD_RUNS_MAX = 20,      // runs of bytes that are no text, until the file is believed to be none
    INDENT_REACH = 400,     // bytes looked back for the start of a line
    LOOK_BACKS_MAX = 100000 // such looks in one file, beyond the usual one for each bracket
};

typedef struct Survey {
    uint32_t node_count;
    uint32_t unescaped_size;
    int64_t missing; // closing brackets that the file is short of; negative: has too many
    int has_bad_string;
} Survey;

typedef struct Parser {
    EpodeZwLimits limits;
    EpodeDiagList* diags;
    EpodeZwTree* tree;
    EpodeZwLexer lexer;
    EpodeZwNode* nodes;
    uint32_t node_count;
    uint32_t node_capacity;
    char* unescaped;
    uint32_t unescaped_size;
    uint32_t open; // the innermost open container
    uint32_t depth;
    int64_t missing;
    uint32_t look_backs;
    uint32_t error_count;
    int is_stopped;
} Parser;

// Adds an error. A thousand of them end the reading: nobody mends more at once, and a hostile file
// costs no more than that.
__attribute__((format(printf, 6, 7))) static void complain(Parser* parser, const char* code,
                                                           uint32_t offset, uint32_t size,
                                                           const char* hint, const char* format,
                                                           ...)
{
    va_list arguments;
    va_start(arguments, format);
    epode_diag_add_list(parser->diags, EPODE_ERROR, code,
                        epode_zw_place_at(parser->tree, offset, size), hint, format, arguments);
    va_end(arguments);
    parser->error_count++;
    parser->is_stopped |= parser->error_count >= EPODE_DIAGS_MAX;
}

static int is_plain(unsigned char c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t';
}

// What is wrong with the bytes at a place.
typedef enum Fault { FAULT_NONE, FAULT_CONTROL, FAULT_CR, FAULT_UTF8 } Fault;

static Fault fault_at(EpodeText text, size_t at, size_t* size)
{
    unsigned char c = (unsigned char)text.bytes[at];
    *size = 1;
    if (is_plain(c)) {
        return FAULT_NONE;
    }
    if (c == '\r') {
        return at + 1 < text.size && text.bytes[at + 1] == '\n' ? FAULT_NONE : FAULT_CR;
    }
    if (c < 0x80) {
        return FAULT_CONTROL;
    }
    uint32_t code_point = 0;
    size_t length = epode_utf8_read(text.bytes + at, text.size - at, &code_point);
    if (length == 0) {
        return FAULT_UTF8;
    }
    *size = length;
    return code_point < 0xA0 ? FAULT_CONTROL : FAULT_NONE;
}

static void complain_of_bytes(Parser* parser, Fault fault, size_t at, size_t size)
{
    unsigned byte = (unsigned char)parser->tree->source.bytes[at];
    uint32_t offset = (uint32_t)at;
    if (fault == FAULT_UTF8) {
        complain(parser, "E0103", offset, (uint32_t)size, "save the file as UTF-8",
                 "byte 0x%02x at offset %u is not valid UTF-8", byte, offset);
    } else if (fault == FAULT_CR) {
        complain(parser, "E0102", offset, (uint32_t)size, "end lines with LF or CR LF",
                 "a carriage return at offset %u has no line feed behind it", offset);
    } else {
        complain(parser, "E0102", offset, (uint32_t)size,
                 byte == 0 ? "is this a text file, and saved as UTF-8?" : "remove it",
                 "byte 0x%02x at offset %u is a control character", byte, offset);
    }
}

// Refuses what is no text. Runs of one fault are one message.
static void check_bytes(Parser* parser)
{
    EpodeText text = parser->tree->source;
    int run_count = 0;
    size_t size = 0;
    for (size_t at = epode_zw_lexer(text, 0).at; at < text.size; at += size) {
        while (is_plain((unsigned char)text.bytes[at])) {
            at++; // the NUL behind the text is not plain
        }
        if (at == text.size) {
            return;
        }
        Fault fault = fault_at(text, at, &size);
        if (fault == FAULT_NONE) {
            continue;
        }
        size_t more = 0;
        while (at + size < text.size && fault_at(text, at + size, &more) == fault) {
            size += more;
        }
        complain_of_bytes(parser, fault, at, size);
        if (++run_count == BAD_RUNS_MAX) {
            complain(parser, "E0102", (uint32_t)at, (uint32_t)size, NULL,
                     "this file is not text: the rest of it is not read");
            parser->is_stopped = 1;
            return;
        }
    }
}

static Survey survey_text(EpodeText text, int is_wary)
{
    Survey survey = {0};
    EpodeZwLexer lexer = epode_zw_lexer(text, is_wary);
    for (;;) {
        EpodeZwToken token = epode_zw_lexer_next(&lexer);
        switch (token.kind) {
        case EPODE_ZW_TOKEN_END: return survey;
        case EPODE_ZW_TOKEN_COMMENT: break;
        case EPODE_ZW_TOKEN_CLOSE_BLOCK:
        case EPODE_ZW_TOKEN_CLOSE_LIST: survey.missing--; break;
        case EPODE_ZW_TOKEN_OPEN_BLOCK:
        case EPODE_ZW_TOKEN_OPEN_LIST:
            survey.missing++;
            survey.node_count++;
            break;
        default:
            survey.node_count++;
            survey.unescaped_size += token.is_escaped ? token.size : 0;
            survey.has_bad_string |= token.is_open || token.is_touching;
            break;
        }
    }
}

static EpodeZwNode* add_node(Parser* parser, EpodeZwKind kind, EpodeZwToken token)
{
    uint32_t index = parser->node_count++;
    EpodeZwNode* parent = &parser->nodes[parser->open];
    EpodeZwNode* node = &parser->nodes[index];
    if (parent->count > 0) {
        parser->nodes[parent->size].next = index;
    }
    parent->count++;
    parent->size = index;
    node->kind = (uint8_t)kind;
    node->offset = token.offset;
    node->size = token.size;
    return node;
}

static void close_node(Parser* parser, uint32_t end)
{
    EpodeZwNode* node = &parser->nodes[parser->open];
    parser->open = node->next;
    parser->depth--;
    node->next = 0;
    node->size = end - node->offset;
}

static char bracket_of(Parser* parser, uint32_t index)
{
    return parser->nodes[index].kind == EPODE_ZW_BLOCK ? '{' : '[';
}

static uint32_t line_of(Parser* parser, uint32_t index)
{
    return epode_zw_line_at(parser->tree, parser->nodes[index].offset);
}

// Blanks before a byte that stands first on its line; -1 when it does not.
static int32_t own_indent(const Parser* parser, uint32_t offset)
{
    const char* bytes = parser->tree->source.bytes;
    uint32_t at = offset;
    while (at > 0 && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) {
        at--;
    }
    return at == 0 || bytes[at - 1] == '\n' ? (int32_t)(offset - at) : -1;
}

// Blanks at the start of the line of a byte; -1 when the line is too long to look back over it.
static int32_t line_indent(const Parser* parser, uint32_t offset)
{
    const char* bytes = parser->tree->source.bytes;
    uint32_t start = offset;
    while (start > 0 && bytes[start - 1] != '\n') {
        start--;
        if (offset - start > INDENT_REACH) {
            return -1;
        }
    }
    uint32_t at = start;
    while (bytes[at] == ' ' || bytes[at] == '\t') {
        at++;
    }
    return (int32_t)(at - start);
}

// Closes the innermost container before its own bracket came.
static void close_early(Parser* parser, EpodeZwToken token, const char* before)
{
    complain(parser, "E0106", token.offset, token.size, NULL,
             "the `%c` of line %u is not closed before this %s", bracket_of(parser, parser->open),
             line_of(parser, parser->open), before);
    close_node(parser, token.offset);
    parser->missing--;
}

static int is_at_margin(const Parser* parser, uint32_t offset)
{
    return offset == 0 || parser->tree->source.bytes[offset - 1] == '\n';
}

// In a file that is short of closing brackets, a `{` at the left margin begins a new block when the
// outermost one that is open began there too.
static void check_margin(Parser* parser, EpodeZwToken token)
{
    if (parser->missing <= 0 || parser->open == 0 || token.kind != EPODE_ZW_TOKEN_OPEN_BLOCK ||
        !is_at_margin(parser, token.offset)) {
        return;
    }
    uint32_t outermost = parser->open;
    while (parser->nodes[outermost].next != 0) {
        outermost = parser->nodes[outermost].next;
    }
    if (!is_at_margin(parser, parser->nodes[outermost].offset)) {
        return;
    }
    while (parser->open != 0 && parser->missing > 0) {
        close_early(parser, token, "block begins");
    }
}

// How many containers inside of the one that a closing bracket seems to belong to were forgotten:
// those opened on lines that are indented further. 0 when none or when nothing fits.
static int64_t count_forgotten(Parser* parser, EpodeZwKind kind, int32_t indent)
{
    int64_t count = 0;
    for (uint32_t i = parser->open; i != 0 && count <= parser->missing; i = parser->nodes[i].next) {
        int32_t opened = line_indent(parser, parser->nodes[i].offset);
        if (opened <= indent) {
            return opened == indent && parser->nodes[i].kind == kind ? count : 0;
        }
        if (count++ > 0 && parser->look_backs++ > LOOK_BACKS_MAX) {
            return 0;
        }
    }
    return 0;
}

// In such a file, a closing bracket that stands first on its line closes what was opened on a line
// of the same indentation, when there is such.
static void check_indent(Parser* parser, EpodeZwToken token, EpodeZwKind kind)
{
    int32_t indent = parser->missing <= 0 ? -1 : own_indent(parser, token.offset);
    if (indent < 0) {
        return;
    }
    int64_t forgotten = count_forgotten(parser, kind, indent);
    for (; forgotten > 0 && parser->missing > 0; forgotten--) {
        close_early(parser, token, kind == EPODE_ZW_BLOCK ? "`}`" : "`]`");
    }
}

static int has_open(const Parser* parser, EpodeZwKind kind)
{
    uint32_t index = parser->open;
    while (index != 0 && parser->nodes[index].kind != kind) {
        index = parser->nodes[index].next;
    }
    return index != 0;
}

// A closing bracket of the other kind than what is open.
static void close_wrong(Parser* parser, EpodeZwToken token, EpodeZwKind kind)
{
    char closing = kind == EPODE_ZW_BLOCK ? '}' : ']';
    char open = bracket_of(parser, parser->open);
    uint32_t line = line_of(parser, parser->open);
    if (parser->missing > 0 && has_open(parser, kind)) {
        while (parser->nodes[parser->open].kind != kind) {
            close_early(parser, token, kind == EPODE_ZW_BLOCK ? "`}`" : "`]`");
        }
        close_node(parser, token.offset + 1);
        return;
    }
    complain(parser, "E0104", token.offset, 1,
             open == '{' ? "a `{` is closed by `}`" : "a `[` is closed by `]`",
             "this `%c` does not match the `%c` of line %u", closing, open, line);
    if (parser->missing < 0) {
        parser->missing++; // one too many: not the one that is needed
    } else {
        close_node(parser, token.offset + 1);
    }
}

static void close_container(Parser* parser, EpodeZwToken token, EpodeZwKind kind)
{
    check_indent(parser, token, kind);
    if (parser->open == 0) {
        complain(parser, "E0105", token.offset, 1, "remove it, or open a block before it",
                 "this `%c` closes nothing", kind == EPODE_ZW_BLOCK ? '}' : ']');
        parser->missing++;
    } else if (parser->nodes[parser->open].kind != kind) {
        close_wrong(parser, token, kind);
    } else {
        close_node(parser, token.offset + 1);
    }
}

// Passes over a container that is nested too deeply, up to its closing bracket.
static void skip_container(Parser* parser, EpodeZwToken token)
{
    complain(parser, "E0111", token.offset, 1,
             "name inner blocks and refer to them instead of nesting them",
             "brackets are nested more than %u deep", parser->limits.depth);
    for (uint32_t depth = 1; depth > 0;) {
        token = epode_zw_lexer_next(&parser->lexer);
        switch (token.kind) {
        case EPODE_ZW_TOKEN_END: return;
        case EPODE_ZW_TOKEN_OPEN_BLOCK:
        case EPODE_ZW_TOKEN_OPEN_LIST: depth++; break;
        case EPODE_ZW_TOKEN_CLOSE_BLOCK:
        case EPODE_ZW_TOKEN_CLOSE_LIST: depth--; break;
        default: break;
        }
    }
}

static void open_container(Parser* parser, EpodeZwToken token, EpodeZwKind kind)
{
    check_margin(parser, token);
    if (parser->depth == parser->limits.depth) {
        skip_container(parser, token);
        return;
    }
    uint32_t index = parser->node_count;
    EpodeZwNode* node = add_node(parser, kind, token);
    node->next = parser->open;
    parser->open = index;
    parser->depth++;
}

static void add_word(Parser* parser, EpodeZwToken token)
{
    EpodeZwNode* node = add_node(parser, EPODE_ZW_WORD, token);
    const char* bytes = parser->tree->source.bytes + token.offset;
    if ((unsigned char)bytes[0] > '9') {
        return; // the usual case: no number begins with a letter
    }
    double number = 0.0;
    size_t used = 0;
    EpodeStatus status = epode_number_parse(bytes, token.size, &number, &used);
    if (status == EPODE_ERR_TEXT || used != token.size) {
        return;
    }
    node->kind = EPODE_ZW_NUMBER;
    node->number = number;
    if (status == EPODE_ERR_LIMIT) {
        complain(parser, "E0109", token.offset, token.size, "the largest number is about 1.8e308",
                 "this number is too large");
    }
}

// Copies a string with escapes resolved and CR LF as LF.
static void unescape(Parser* parser, EpodeZwNode* node, uint32_t end)
{
    const char* bytes = parser->tree->source.bytes;
    node->is_escaped = 1;
    node->string.at = parser->unescaped_size;
    char* out = parser->unescaped + parser->unescaped_size;
    for (uint32_t at = node->offset + 1; at < end; at++) {
        if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
            continue;
        }
        if (bytes[at] != '\\' || at + 1 == end) {
            *out++ = bytes[at];
            continue;
        }
        at++;
        switch (bytes[at]) {
        case '"': *out++ = '"'; break;
        case '\\': *out++ = '\\'; break;
        case 'n': *out++ = '\n'; break;
        case 't': *out++ = '\t'; break;
        default:
            complain(parser, "E0108", at - 1, 2,
                     "known are \\\" \\\\ \\n and \\t; a backslash itself is written \\\\",
                     "this escape is not known");
            *out++ = bytes[at];
            break;
        }
    }
    node->string.size = (uint32_t)(out - parser->unescaped) - parser->unescaped_size;
    parser->unescaped_size += node->string.size;
}

static void add_string(Parser* parser, EpodeZwToken token)
{
    EpodeZwNode* node = add_node(parser, EPODE_ZW_STRING, token);
    uint32_t end = token.offset + token.size - !token.is_open;
    node->string.at = token.offset + 1;
    node->string.size = end - node->string.at;
    if (token.is_escaped) {
        unescape(parser, node, end);
    }
    if (token.is_open) {
        complain(parser, "E0107", token.offset, token.size,
                 "close it with a `\"`; a `\"` inside a string is written \\\"",
                 "this string is not closed");
    } else if (token.is_touching) {
        complain(parser, "E0110", token.offset, token.size,
                 "put a space between them, or write a `\"` inside a string as \\\"",
                 "this string stands against the text beside it");
    }
}

static void add_leaf(Parser* parser, EpodeZwToken token)
{
    if (token.size > parser->limits.string_size && !token.is_open) {
        complain(parser, "E0113", token.offset, token.size, "split it into several",
                 "this %s of %u bytes is longer than %u",
                 token.kind == EPODE_ZW_TOKEN_STRING ? "string" : "word", token.size,
                 parser->limits.string_size);
    }
    if (token.kind == EPODE_ZW_TOKEN_STRING) {
        add_string(parser, token);
    } else {
        add_word(parser, token);
    }
}

static void add_token(Parser* parser, EpodeZwToken token)
{
    if (token.kind == EPODE_ZW_TOKEN_CLOSE_BLOCK) {
        close_container(parser, token, EPODE_ZW_BLOCK);
        return;
    }
    if (token.kind == EPODE_ZW_TOKEN_CLOSE_LIST) {
        close_container(parser, token, EPODE_ZW_LIST);
        return;
    }
    if (parser->node_count == parser->node_capacity) {
        complain(parser, "E0112", token.offset, token.size, "split the file and include its parts",
                 "this file has more than %u words, strings and brackets",
                 parser->limits.node_count);
        parser->is_stopped = 1;
    } else if (token.kind == EPODE_ZW_TOKEN_OPEN_BLOCK) {
        open_container(parser, token, EPODE_ZW_BLOCK);
    } else if (token.kind == EPODE_ZW_TOKEN_OPEN_LIST) {
        open_container(parser, token, EPODE_ZW_LIST);
    } else {
        add_leaf(parser, token);
    }
}

// Closes what the end of the file left open: one message, at the innermost bracket.
static void close_rest(Parser* parser)
{
    if (parser->open != 0 && !parser->is_stopped) {
        uint32_t outer = parser->depth - 1;
        char around[64] = "";
        if (outer > 0) {
            snprintf(around, sizeof around, ", nor %s %u bracket%s around it",
                     outer > 1 ? "are the" : "is the", outer, outer > 1 ? "s" : "");
        }
        complain(parser, "E0106", parser->nodes[parser->open].offset, 1, NULL,
                 "this `%c` is not closed before the end of the file%s",
                 bracket_of(parser, parser->open), around);
    }
    uint32_t end = (uint32_t)parser->tree->source.size;
    while (parser->open != 0) {
        close_node(parser, end);
    }
    parser->nodes[0].size = end;
}

static void build(Parser* parser)
{
    while (!parser->is_stopped) {
        EpodeZwToken token = epode_zw_lexer_next(&parser->lexer);
        if (token.kind == EPODE_ZW_TOKEN_END) {
            break;
        }
        if (token.kind != EPODE_ZW_TOKEN_COMMENT) {
            add_token(parser, token);
        }
    }
    close_rest(parser);
}

static EpodeStatus copy_source(EpodeArena* arena, EpodeZwTree* tree, const char* file,
                               EpodeText bytes)
{
    size_t span_count = bytes.size / EPODE_ZW_LINE_SPAN + 1;
    uint32_t* counts = epode_arena_array(arena, span_count, sizeof *counts);
    tree->file = epode_arena_text(arena, file, strlen(file));
    tree->source = (EpodeText){epode_arena_text(arena, bytes.bytes, bytes.size), bytes.size};
    tree->newline_counts = counts;
    if (counts == NULL || tree->file == NULL || tree->source.bytes == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    for (size_t span = 1; span < span_count; span++) {
        const char* from = bytes.bytes + (span - 1) * EPODE_ZW_LINE_SPAN;
        uint32_t count = 0;
        for (size_t i = 0; i < EPODE_ZW_LINE_SPAN; i++) {
            count += from[i] == '\n';
        }
        counts[span] = counts[span - 1] + count;
    }
    return EPODE_OK;
}

// Room for everything the survey counted, the root included.
static EpodeStatus reserve(Parser* parser, EpodeArena* arena, Survey survey)
{
    uint32_t count = survey.node_count < parser->limits.node_count ? survey.node_count
                                                                   : parser->limits.node_count;
    parser->nodes = epode_arena_array(arena, (size_t)count + 1, sizeof *parser->nodes);
    parser->unescaped = epode_arena_alloc(arena, (size_t)survey.unescaped_size + 1);
    if (parser->nodes == NULL || parser->unescaped == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    parser->node_capacity = count + 1;
    parser->node_count = 1;
    parser->nodes[0].kind = EPODE_ZW_LIST;
    parser->missing = survey.missing;
    return EPODE_OK;
}

EpodeStatus epode_zw_parse(EpodeArena* arena, EpodeZwLimits limits, const char* file,
                           EpodeText bytes, EpodeDiagList* diags, EpodeZwTree* out)
{
    *out = (EpodeZwTree){0};
    if (limits.depth > EPODE_ZW_DEPTH_MAX || limits.file_size > EPODE_ZW_FILE_SIZE_MAX ||
        limits.node_count == UINT32_MAX) {
        return EPODE_ERR_BAD_ARG;
    }
    int is_too_large = bytes.size > limits.file_size;
    Parser parser = {.limits = limits, .diags = diags, .tree = out};
    EPODE_TRY(copy_source(arena, out, file, is_too_large ? epode_text("") : bytes));
    Survey survey = {0};
    if (is_too_large) {
        epode_diag_add(diags, EPODE_ERROR, "E0101", (EpodePlace){.file = file},
                       "split the file and include its parts",
                       "this file of %zu bytes is larger than %u", bytes.size, limits.file_size);
        parser.error_count++;
        parser.is_stopped = 1;
    } else {
        check_bytes(&parser);
        survey = survey_text(out->source, 0);
        parser.lexer = epode_zw_lexer(out->source, survey.has_bad_string);
        if (survey.has_bad_string) {
            survey = survey_text(out->source, 1);
        }
    }
    EPODE_TRY(reserve(&parser, arena, survey));
    build(&parser);
    out->nodes = parser.nodes;
    out->node_count = parser.node_count;
    out->unescaped = parser.unescaped;
    return parser.error_count > 0 ? EPODE_ERR_TEXT : EPODE_OK;
}
