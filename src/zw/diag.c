// SPDX-License-Identifier: MIT
// Lists of findings: keeping, ordering and printing them. Everything that reaches a list is made
// safe to print, because texts and file names may come from anywhere. Knows code points and
// terminal columns; does not know what the texts mean.
#include "zw/diag.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/number.h"
#include "zw/utf8.h"

enum {
    SOURCE_LEAD = 60,  // code points of a long line kept before the caret
    SOURCE_WIDTH = 96, // code points of a long line kept in all
    NAME_SIZE_MAX = 64 // bytes of a name shown in a sentence
};

typedef struct Entry {
    EpodeDiag diag;
    uint32_t file_index;
} Entry;

// Where the last finding stood: the next one is mostly near, and lines may be very long.
typedef struct Spot {
    const char* bytes;
    uint32_t line;
    uint32_t line_start;
    uint32_t offset;
    uint32_t column;
} Spot;

struct EpodeDiagList {
    EpodeArena arena;
    Entry* entries;
    uint32_t count;
    uint32_t capacity;
    const char** files; // in the order of their first mention
    uint32_t file_count;
    uint32_t file_capacity;
    uint32_t severity_counts[3];
    Spot spot;
};

EpodeDiagList* epode_diag_list_create(EpodeHeap heap)
{
    EpodeDiagList* list = epode_heap_alloc(heap, sizeof *list);
    if (list != NULL) {
        epode_arena_init(&list->arena, heap);
    }
    return list;
}

void epode_diag_list_destroy(EpodeDiagList* list)
{
    if (list == NULL) {
        return;
    }
    EpodeHeap heap = list->arena.heap;
    epode_heap_free(heap, list->entries, list->capacity * sizeof *list->entries);
    epode_heap_free(heap, list->files, list->file_capacity * sizeof *list->files);
    epode_arena_finish(&list->arena);
    epode_heap_free(heap, list, sizeof *list);
}

uint32_t epode_diag_count(const EpodeDiagList* list)
{
    return list->count;
}

uint32_t epode_diag_severity_count(const EpodeDiagList* list, EpodeSeverity severity)
{
    return list->severity_counts[severity];
}

const EpodeDiag* epode_diag_at(const EpodeDiagList* list, uint32_t index)
{
    return index < list->count ? &list->entries[index].diag : NULL;
}

// Characters that have no glyph, or that make a terminal show something else than what stands in
// the text: controls, invisible spaces, reordering marks, tags.
static int is_deceptive(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || c == 0x61C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

// A code point as it may be shown: itself or an escape.
typedef struct Shown {
    char bytes[8];
    size_t size;
    uint32_t count; // of code points
    size_t source_size;
} Shown;

static Shown shown_at(EpodeText text, size_t at)
{
    Shown shown = {.count = 1};
    uint32_t c = 0;
    size_t size = epode_utf8_read(text.bytes + at, text.size - at, &c);
    shown.source_size = size == 0 ? 1 : size;
    if (size != 0 && !is_deceptive(c)) {
        memcpy(shown.bytes, text.bytes + at, size);
        shown.size = size;
        return shown;
    }
    static const char hex[] = "0123456789abcdef";
    int digits = size != 0 && c >= 0x80 ? (c > 0xFFFF ? 5 : 4) : 2;
    c = size == 0 ? (unsigned char)text.bytes[at] : c;
    shown.bytes[shown.size++] = '\\';
    shown.bytes[shown.size++] = digits == 2 ? 'x' : 'u';
    for (int i = digits - 1; i >= 0; i--) {
        shown.bytes[shown.size++] = hex[c >> (4 * i) & 15];
    }
    shown.count = (uint32_t)shown.size;
    return shown;
}

static void put_safe(EpodeTextBuffer* out, EpodeText text)
{
    for (size_t at = 0; at < text.size;) {
        Shown shown = shown_at(text, at);
        epode_text_put(out, (EpodeText){shown.bytes, shown.size});
        at += shown.source_size;
    }
}

static const char* keep_safe(EpodeDiagList* list, EpodeText text)
{
    EpodeTextBuffer safe;
    epode_text_buffer_init(&safe, list->arena.heap);
    put_safe(&safe, text);
    const char* kept =
        safe.status != EPODE_OK ? NULL : epode_arena_text(&list->arena, safe.bytes, safe.size);
    epode_text_buffer_finish(&safe);
    return kept;
}

// Index of a file in the order of first mention; -1 when the heap is exhausted.
static int64_t file_index(EpodeDiagList* list, const char* file)
{
    EpodeText name = epode_text(file);
    for (uint32_t i = list->file_count; i > 0; i--) {
        if (epode_text_is(name, epode_text(list->files[i - 1]))) {
            return i - 1;
        }
    }
    const char* copy = epode_arena_text(&list->arena, name.bytes, name.size);
    if (copy == NULL ||
        epode_array_reserve(list->arena.heap, &list->files, &list->file_capacity,
                            list->file_count + 1, sizeof *list->files) != EPODE_OK) {
        return -1;
    }
    list->files[list->file_count] = copy;
    return list->file_count++;
}

static uint32_t line_start(EpodeText text, uint32_t offset)
{
    uint32_t start = offset;
    while (start > 0 && text.bytes[start - 1] != '\n') {
        start--;
    }
    int has_mark = start == 0 && text.size >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0;
    return has_mark && offset >= 3 ? 3 : start;
}

static void find_spot(EpodeDiagList* list, const EpodePlace* place)
{
    Spot* spot = &list->spot;
    const char* bytes = place->text.bytes;
    if (spot->bytes != bytes || spot->line != place->line) {
        uint32_t start = line_start(place->text, place->offset);
        *spot = (Spot){bytes, place->line, start, start, 1};
    }
    if (place->offset >= spot->offset) {
        spot->column += epode_utf8_count(bytes + spot->offset, place->offset - spot->offset);
    } else {
        spot->column -= epode_utf8_count(bytes + place->offset, spot->offset - place->offset);
    }
    spot->offset = place->offset;
}

static size_t line_size(EpodeText text, size_t start)
{
    const char* end = memchr(text.bytes + start, '\n', text.size - start);
    size_t size = end == NULL ? text.size - start : (size_t)(end - (text.bytes + start));
    return size > 0 && text.bytes[start + size - 1] == '\r' ? size - 1 : size;
}

// The first byte shown of a line whose caret stands at byte `at`.
static size_t excerpt_start(EpodeText line, size_t at)
{
    if (line.size <= SOURCE_WIDTH) {
        return 0;
    }
    size_t start = at;
    for (int i = 0; i < SOURCE_LEAD && start > 0; i++) {
        start--;
        for (int k = 0; k < 3 && start > 0 && (line.bytes[start] & 0xC0) == 0x80; k++) {
            start--;
        }
    }
    return start;
}

// Fills `source`, `source_column` and `width` of a finding.
static void take_source(EpodeTextBuffer* out, EpodeText line, size_t mark_at, size_t mark_size,
                        EpodeDiag* diag)
{
    size_t at = excerpt_start(line, mark_at);
    uint32_t shown = at > 0 ? 3 : 0;
    epode_text_puts(out, at > 0 ? "..." : "");
    uint32_t before_mark = shown;
    uint32_t behind_mark = shown;
    while (at < line.size && shown < SOURCE_WIDTH) {
        if (line.bytes[at] == '\t') {
            epode_text_putc(out, '\t');
            at++;
            shown++;
        } else {
            Shown c = shown_at(line, at);
            epode_text_put(out, (EpodeText){c.bytes, c.size});
            at += c.source_size;
            shown += c.count;
        }
        before_mark = at <= mark_at ? shown : before_mark;
        behind_mark = at <= mark_at + mark_size ? shown : behind_mark;
    }
    epode_text_puts(out, at < line.size ? "..." : "");
    diag->source_column = before_mark + 1;
    diag->width = behind_mark > before_mark ? behind_mark - before_mark : 1;
}

static int locate(EpodeDiagList* list, const EpodePlace* place, EpodeDiag* diag)
{
    diag->source = "";
    diag->line = place->line;
    diag->width = 1;
    if (place->line == 0 || place->text.bytes == NULL) {
        return 1;
    }
    find_spot(list, place);
    diag->column = list->spot.column;
    size_t start = list->spot.line_start;
    EpodeText line = {place->text.bytes + start, line_size(place->text, start)};
    EpodeTextBuffer source;
    epode_text_buffer_init(&source, list->arena.heap);
    take_source(&source, line, place->offset - start, place->size, diag);
    if (source.status == EPODE_OK) {
        diag->source = epode_arena_text(&list->arena, source.bytes, source.size);
    }
    int is_located = source.status == EPODE_OK && diag->source != NULL;
    epode_text_buffer_finish(&source);
    return is_located;
}

void epode_diag_add_list(EpodeDiagList* list, EpodeSeverity severity, const char* code,
                         EpodePlace place, const char* hint, const char* format, va_list arguments)
{
    if (list->severity_counts[severity] < UINT32_MAX) {
        list->severity_counts[severity]++;
    }
    if (list->count == EPODE_DIAGS_MAX) {
        return;
    }
    char sentence[EPODE_DIAG_SENTENCE_MAX + 1];
    int size = vsnprintf(sentence, sizeof sentence, format, arguments);
    size = size < 0 ? 0 : size > EPODE_DIAG_SENTENCE_MAX ? EPODE_DIAG_SENTENCE_MAX : size;
    Entry entry = {.diag = {.severity = severity}};
    EpodeDiag* diag = &entry.diag;
    int64_t index = file_index(list, place.file == NULL ? "" : place.file);
    diag->code = epode_arena_text(&list->arena, code, strlen(code));
    diag->sentence = keep_safe(list, (EpodeText){sentence, (size_t)size});
    int has_hint = hint != NULL && hint[0] != '\0';
    diag->hint = has_hint ? keep_safe(list, epode_text(hint)) : NULL;
    if (index < 0 || diag->code == NULL || diag->sentence == NULL ||
        (has_hint && diag->hint == NULL) || !locate(list, &place, diag) ||
        epode_array_reserve(list->arena.heap, &list->entries, &list->capacity, list->count + 1,
                            sizeof *list->entries) != EPODE_OK) {
        return;
    }
    entry.file_index = (uint32_t)index;
    diag->file = list->files[index];
    list->entries[list->count++] = entry;
}

void epode_diag_add(EpodeDiagList* list, EpodeSeverity severity, const char* code, EpodePlace place,
                    const char* hint, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    epode_diag_add_list(list, severity, code, place, hint, format, arguments);
    va_end(arguments);
}

int epode_diag_name_size(EpodeText name)
{
    size_t size = name.size < NAME_SIZE_MAX ? name.size : NAME_SIZE_MAX;
    while (size < name.size && size > NAME_SIZE_MAX - 4 && (name.bytes[size] & 0xC0) == 0x80) {
        size--; // not in the middle of a code point
    }
    return (int)size;
}

static int stands_before(const Entry* a, const Entry* b)
{
    if (a->file_index != b->file_index) {
        return a->file_index < b->file_index;
    }
    if (a->diag.line != b->diag.line) {
        return a->diag.line < b->diag.line;
    }
    return a->diag.column < b->diag.column;
}

// Insertion: stable, in place, and quick for at most EPODE_DIAGS_MAX findings that are nearly in
// order already.
void epode_diag_sort(EpodeDiagList* list)
{
    for (uint32_t i = 1; i < list->count; i++) {
        Entry entry = list->entries[i];
        uint32_t at = i;
        for (; at > 0 && stands_before(&entry, &list->entries[at - 1]); at--) {
            list->entries[at] = list->entries[at - 1];
        }
        list->entries[at] = entry;
    }
}

// Terminal cells of a code point: wide in East Asian scripts and pictographs, none for marks that
// combine with the character before them. `ranges` are pairs in rising order.
static int is_in(const uint32_t (*ranges)[2], size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++) {
        if (c <= ranges[i][1]) {
            return c >= ranges[i][0];
        }
    }
    return 0;
}

static uint32_t cell_count(uint32_t c)
{
    static const uint32_t combining[][2] = {
        {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},  {0x64B, 0x65F},
        {0x93C, 0x93C},   {0x94D, 0x94D},   {0xE31, 0xE31},   {0xE34, 0xE3A},  {0x1AB0, 0x1AFF},
        {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
    static const uint32_t wide[][2] = {{0x1100, 0x115F},   {0x2E80, 0x303E},  {0x3041, 0x33FF},
                                       {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},  {0xA000, 0xA4CF},
                                       {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},  {0xFE30, 0xFE6F},
                                       {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F},
                                       {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    if (is_in(combining, EPODE_COUNT_OF(combining), c)) {
        return 0;
    }
    return is_in(wide, EPODE_COUNT_OF(wide), c) ? 2 : 1;
}

// The caller's buffer: what does not fit is counted only.
typedef struct Sink {
    char* bytes;
    size_t size;
    size_t used;
} Sink;

static void sink_put(Sink* sink, const char* bytes, size_t size)
{
    if (sink->used + 1 < sink->size) {
        size_t room = sink->size - 1 - sink->used;
        memcpy(sink->bytes + sink->used, bytes, size < room ? size : room);
    }
    sink->used += size;
}

static void sink_puts(Sink* sink, const char* string)
{
    sink_put(sink, string, strlen(string));
}

static void sink_put_uint(Sink* sink, uint32_t value)
{
    char digits[EPODE_NUMBER_TEXT_SIZE];
    sink_put(sink, digits, epode_int_format(value, digits));
}

// Blanks as wide as the line before the caret, tabs kept, then the caret itself.
static void sink_put_caret(Sink* sink, const EpodeDiag* diag)
{
    EpodeText source = epode_text(diag->source);
    uint32_t behind = diag->source_column + diag->width;
    size_t at = 0;
    int has_caret = 0;
    for (uint32_t column = 1; column < behind; column++) {
        uint32_t c = ' ';
        if (at < source.size) {
            size_t size = epode_utf8_read(source.bytes + at, source.size - at, &c);
            at += size == 0 ? 1 : size;
        }
        int is_marked = column >= diag->source_column;
        for (uint32_t i = c == '\t' ? 1 : cell_count(c); i > 0; i--) {
            sink_puts(sink, is_marked ? (has_caret ? "~" : "^") : c == '\t' ? "\t" : " ");
            has_caret |= is_marked;
        }
    }
    sink_puts(sink, has_caret ? "\n" : "^\n");
}

static void sink_put_safe(Sink* sink, EpodeText text)
{
    for (size_t at = 0; at < text.size;) {
        Shown shown = shown_at(text, at);
        sink_put(sink, shown.bytes, shown.size);
        at += shown.source_size;
    }
}

size_t epode_diag_format(const EpodeDiag* diag, char* out, size_t size)
{
    static const char* const severities[] = {": note[", ": warning[", ": error["};
    Sink sink = {out, size, 0};
    sink_put_safe(&sink, epode_text(diag->file));
    if (diag->line > 0) {
        sink_puts(&sink, ":");
        sink_put_uint(&sink, diag->line);
        sink_puts(&sink, ":");
        sink_put_uint(&sink, diag->column);
    }
    sink_puts(&sink, severities[diag->severity]);
    sink_puts(&sink, diag->code);
    sink_puts(&sink, "]: ");
    sink_puts(&sink, diag->sentence);
    sink_puts(&sink, "\n");
    if (diag->source[0] != '\0') {
        sink_puts(&sink, "    ");
        sink_puts(&sink, diag->source);
        sink_puts(&sink, "\n    ");
        sink_put_caret(&sink, diag);
    }
    if (diag->hint != NULL) {
        sink_puts(&sink, "  hint: ");
        sink_puts(&sink, diag->hint);
        sink_puts(&sink, "\n");
    }
    if (size > 0) {
        out[sink.used < size ? sink.used : size - 1] = '\0';
    }
    return sink.used + 1;
}

EpodeNearest epode_nearest(EpodeText wanted)
{
    return (EpodeNearest){.wanted = wanted, .distance = UINT32_MAX};
}

void epode_nearest_offer(EpodeNearest* nearest, EpodeText candidate)
{
    uint32_t limit = nearest->wanted.size < 6 ? 1 : (uint32_t)nearest->wanted.size / 3;
    uint32_t distance = epode_text_distance(nearest->wanted, candidate, limit);
    if (distance <= limit && distance < nearest->distance) {
        nearest->best = candidate;
        nearest->distance = distance;
    }
}

const char* epode_nearest_hint(const EpodeNearest* nearest, char* out, size_t size)
{
    EPODE_ASSERT(size > 0);
    out[0] = '\0';
    if (nearest->best.bytes != NULL) {
        snprintf(out, size, "did you mean `%.*s`?", EPODE_NAME(nearest->best));
    }
    return out;
}
