// SPDX-License-Identifier: MIT
// Reference pages from schemas, for terminals and as Markdown: the table that checks a block is the
// table that explains it. Knows nothing of shows or of how a program finds a schema.
#include <float.h>

#include "zw/schema.h"

enum { COLUMN_FIELD, COLUMN_TAKES, COLUMN_UNIT, COLUMN_DEFAULT, COLUMN_COUNT };
enum { PAGE_WIDTH = 100, INDENT = 2, CHOICE_INDENT = 6, GAP = 2 };

static const char* const COLUMN_NAMES[COLUMN_COUNT] = {"field", "takes", "unit", "default"};

static void put_type(const EpodeZwField* field, EpodeTextBuffer* out)
{
    static const char* const names[] = {"number or text", "text", "number", "whole number", "flag",
                                        "choice",         "time", "vector", "block"};
    int is_id = field->flags & EPODE_ZW_ID;
    epode_text_puts(out, field->flags & EPODE_ZW_LIST_OF ? "list of " : "");
    epode_text_puts(out, is_id ? "name" : names[field->type]);
    if (field->schema != NULL) {
        epode_text_putf(out, " %s", field->schema->name);
    }
    epode_text_puts(out, field->flags & EPODE_ZW_REPEATS ? ", may repeat" : "");
}

static void put_range(const EpodeZwField* field, EpodeTextBuffer* out)
{
    int has_min = field->has_range && field->min > -DBL_MAX;
    int has_max = field->has_range && field->max < DBL_MAX;
    if (has_min && has_max) {
        epode_text_puts(out, ", ");
        epode_text_put_number(out, field->min);
        epode_text_puts(out, " to ");
        epode_text_put_number(out, field->max);
    } else if (has_min) {
        epode_text_puts(out, ", at least ");
        epode_text_put_number(out, field->min);
    } else if (has_max) {
        epode_text_puts(out, ", at most ");
        epode_text_put_number(out, field->max);
    }
}

static void put_cell(const EpodeZwField* field, int column, EpodeTextBuffer* out)
{
    switch (column) {
    case COLUMN_FIELD:
        epode_text_puts(out, field->name);
        epode_text_puts(out, field->flags & EPODE_ZW_REQUIRED ? " *" : "");
        break;
    case COLUMN_TAKES:
        put_type(field, out);
        put_range(field, out);
        break;
    case COLUMN_UNIT: epode_text_puts(out, field->unit == NULL ? "" : field->unit); break;
    default: epode_text_puts(out, field->fallback == NULL ? "" : field->fallback); break;
    }
}

static void put_blanks(EpodeTextBuffer* out, size_t count)
{
    for (; count > 0; count--) {
        epode_text_putc(out, ' ');
    }
}

// What the widest cell of each column needs; 0 for a column that no field uses.
static void measure(const EpodeZwSchema* schema, EpodeTextBuffer* scratch,
                    size_t widths[COLUMN_COUNT])
{
    for (int column = 0; column < COLUMN_COUNT; column++) {
        size_t name_size = strlen(COLUMN_NAMES[column]);
        widths[column] = 0;
        for (uint32_t i = 0; i < schema->field_count; i++) {
            epode_text_buffer_clear(scratch);
            put_cell(&schema->fields[i], column, scratch);
            widths[column] = scratch->size > widths[column] ? scratch->size : widths[column];
        }
        if (widths[column] > 0 && widths[column] < name_size) {
            widths[column] = name_size;
        }
    }
}

// The choices of a field under its row, wrapped.
static void put_choices(const EpodeZwField* field, EpodeTextBuffer* out)
{
    size_t width = PAGE_WIDTH; // as if a line were full
    for (const char* const* choice = field->choices; choice != NULL && *choice != NULL; choice++) {
        size_t size = strlen(*choice) + 1;
        if (width + size > PAGE_WIDTH) {
            epode_text_putc(out, '\n');
            put_blanks(out, CHOICE_INDENT - 1);
            width = CHOICE_INDENT;
        }
        epode_text_putf(out, " %s", *choice);
        width += size;
    }
}

static void put_row(const EpodeZwField* field, const size_t widths[COLUMN_COUNT],
                    EpodeTextBuffer* out)
{
    put_blanks(out, INDENT);
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (widths[column] == 0) {
            continue;
        }
        size_t before = out->size;
        if (field == NULL) {
            epode_text_puts(out, COLUMN_NAMES[column]);
        } else {
            put_cell(field, column, out);
        }
        size_t size = out->size - before;
        put_blanks(out, widths[column] + GAP - (size < widths[column] ? size : widths[column]));
    }
    epode_text_puts(out, field == NULL ? "meaning" : field->doc);
    if (field != NULL) {
        put_choices(field, out);
    }
    epode_text_putc(out, '\n');
}

static int has_required(const EpodeZwSchema* schema)
{
    int is_found = 0;
    for (uint32_t i = 0; i < schema->field_count; i++) {
        is_found |= (schema->fields[i].flags & EPODE_ZW_REQUIRED) != 0;
    }
    return is_found;
}

static void put_indented(const char* text, EpodeTextBuffer* out)
{
    while (*text != '\0') {
        const char* end = strchr(text, '\n');
        size_t size = end == NULL ? strlen(text) : (size_t)(end - text);
        put_blanks(out, size == 0 ? 0 : INDENT);
        epode_text_put(out, (EpodeText){text, size});
        epode_text_putc(out, '\n');
        text += size + (end != NULL);
    }
}

void epode_zw_help(const EpodeZwSchema* schema, EpodeTextBuffer* out)
{
    epode_text_putf(out, "%s - %s\n", schema->name, schema->doc);
    if (schema->field_count > 0) {
        EpodeTextBuffer scratch;
        size_t widths[COLUMN_COUNT];
        epode_text_buffer_init(&scratch, out->heap);
        measure(schema, &scratch, widths);
        out->status = out->status == EPODE_OK ? scratch.status : out->status;
        epode_text_buffer_finish(&scratch);
        epode_text_putc(out, '\n');
        put_row(NULL, widths, out);
        for (uint32_t i = 0; i < schema->field_count; i++) {
            put_row(&schema->fields[i], widths, out);
        }
    }
    if (has_required(schema)) {
        epode_text_puts(out, "\n  * must be given\n");
    }
    if (schema->flags & EPODE_ZW_POSITIONAL) {
        epode_text_puts(out, "\n  May be written as a list of its first fields, in this order.\n");
    }
    if (schema->example != NULL) {
        epode_text_puts(out, "\nExample:\n\n");
        put_indented(schema->example, out);
    }
}

// Text in a cell of a Markdown table.
static void put_markdown(EpodeTextBuffer* out, const char* text)
{
    for (; *text != '\0'; text++) {
        epode_text_puts(out, *text == '|' || *text == '<' ? "\\" : "");
        epode_text_putc(out, *text);
    }
}

static void put_markdown_row(const EpodeZwField* field, EpodeTextBuffer* out)
{
    int is_required = (field->flags & EPODE_ZW_REQUIRED) != 0;
    epode_text_putf(out, "| `%s`%s | ", field->name, is_required ? " \\*" : "");
    put_cell(field, COLUMN_TAKES, out);
    epode_text_puts(out, " | ");
    put_markdown(out, field->unit == NULL ? "" : field->unit);
    const char* tick = field->fallback == NULL ? "" : "`";
    epode_text_putf(out, " | %s%s%s | ", tick, field->fallback == NULL ? "" : field->fallback,
                    tick);
    put_markdown(out, field->doc);
    for (const char* const* choice = field->choices; choice != NULL && *choice != NULL; choice++) {
        epode_text_putf(out, "%s`%s`", choice == field->choices ? "<br>" : " ", *choice);
    }
    epode_text_puts(out, " |\n");
}

void epode_zw_help_markdown(const EpodeZwSchema* schema, EpodeTextBuffer* out)
{
    epode_text_putf(out, "## `%s`\n\n%s\n", schema->name, schema->doc);
    if (schema->field_count > 0) {
        epode_text_puts(out, "\n| field | takes | unit | default | meaning |\n"
                             "|---|---|---|---|---|\n");
        for (uint32_t i = 0; i < schema->field_count; i++) {
            put_markdown_row(&schema->fields[i], out);
        }
    }
    if (has_required(schema)) {
        epode_text_puts(out, "\n\\* must be given\n");
    }
    if (schema->flags & EPODE_ZW_POSITIONAL) {
        epode_text_puts(out, "\nMay be written as a list of its first fields, in this order.\n");
    }
    if (schema->example != NULL) {
        epode_text_putf(out, "\n```\n%s\n```\n", schema->example);
    }
}
