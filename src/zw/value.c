// SPDX-License-Identifier: MIT
// Single values: text, numbers, times, flags, choices and vectors, and what to say when a value is
// none of what its field takes. Knows one field and one node at a time.
#include <float.h>
#include <stdio.h>

#include "base/number.h"
#include "zw/bind.h"

enum { PHRASE_SIZE = 120, SHOWN_MAX = 40 };

static const double WHOLE_MAX = 9007199254740992.0; // 2^53

void epode_zw_error(EpodeZwBinder* binder, const char* code, const EpodeZwNode* node,
                    const char* hint, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    epode_diag_add_list(binder->diags, EPODE_ERROR, code, epode_zw_place(binder->tree, node), hint,
                        format, arguments);
    va_end(arguments);
    binder->error_count++;
}

const char* epode_zw_hint_names(char* out, const char* lead, const EpodeText* names, uint32_t count)
{
    size_t size = strlen(lead);
    memcpy(out, lead, size + 1);
    for (uint32_t i = 0; i < count; i++) {
        const char* comma = i == 0 ? "" : ", ";
        size_t needed = strlen(comma) + names[i].size;
        if (size + needed + sizeof ", ..." > EPODE_ZW_HINT_SIZE) {
            memcpy(out + size, ", ...", sizeof ", ...");
            break;
        }
        size += (size_t)snprintf(out + size, EPODE_ZW_HINT_SIZE - size, "%s%.*s", comma,
                                 (int)names[i].size, names[i].bytes);
    }
    return out;
}

// What stands in the text, as a phrase.
static const char* describe(const EpodeZwTree* tree, const EpodeZwNode* node, char* out)
{
    EpodeText text = epode_zw_text(tree, node);
    int size = text.size > SHOWN_MAX ? SHOWN_MAX : (int)text.size;
    const char* dots = text.size > SHOWN_MAX ? "..." : "";
    switch (node->kind) {
    case EPODE_ZW_WORD:
        snprintf(out, PHRASE_SIZE, "the word `%.*s%s`", size, text.bytes, dots);
        break;
    case EPODE_ZW_NUMBER:
        snprintf(out, PHRASE_SIZE, "the number %.*s%s", size, text.bytes, dots);
        break;
    case EPODE_ZW_STRING:
        snprintf(out, PHRASE_SIZE, "the string \"%.*s%s\"", size, text.bytes, dots);
        break;
    case EPODE_ZW_BLOCK: snprintf(out, PHRASE_SIZE, "a block"); break;
    default: snprintf(out, PHRASE_SIZE, "a list"); break;
    }
    return out;
}

// What a field takes, as a phrase.
static const char* expectation(const EpodeZwField* field, char* out)
{
    static const char* const one[] = {
        "a number, word or string", "a text", "a number",       "a whole number", "true or false",
        "one of its choices",       "a time", "1 to 4 numbers", "a block"};
    static const char* const many[] = {
        "numbers, words or strings", "texts", "numbers", "whole numbers", "true or false",
        "some of its choices",       "times", "vectors", "blocks"};
    const char* phrase = (field->flags & EPODE_ZW_LIST_OF ? many : one)[field->type];
    if (field->type == EPODE_ZW_TYPE_BLOCK && field->schema != NULL) {
        snprintf(out, PHRASE_SIZE, "%s `{%s ...}`", phrase, field->schema->name);
    } else {
        snprintf(out, PHRASE_SIZE, "%s", phrase);
    }
    return out;
}

static int begins_with_number(EpodeText text)
{
    double number = 0.0;
    size_t used = 0;
    return epode_number_parse(text.bytes, text.size, &number, &used) != EPODE_ERR_TEXT;
}

static void remedy(const EpodeZwTree* tree, const EpodeZwField* field, const EpodeZwNode* node,
                   char* out)
{
    EpodeText text = epode_zw_text(tree, node);
    int is_word = node->kind == EPODE_ZW_WORD;
    if (is_word && text.bytes[text.size - 1] == ',') {
        snprintf(out, PHRASE_SIZE, "values are separated by blanks, without commas");
        return;
    }
    switch (field->type) {
    case EPODE_ZW_TYPE_TEXT:
        if (node->kind == EPODE_ZW_NUMBER) {
            snprintf(out, PHRASE_SIZE, "put it in quotes: \"%.*s\"", EPODE_NAME(text));
        } else {
            snprintf(out, PHRASE_SIZE, "for example \"guard\"");
        }
        break;
    case EPODE_ZW_TYPE_NUMBER:
        if (is_word && begins_with_number(text) && field->unit != NULL) {
            snprintf(out, PHRASE_SIZE, "write the number alone; its unit is %s", field->unit);
        } else {
            snprintf(out, PHRASE_SIZE, "for example 0.5");
        }
        break;
    case EPODE_ZW_TYPE_INT: snprintf(out, PHRASE_SIZE, "for example 3"); break;
    case EPODE_ZW_TYPE_FLAG:
        snprintf(out, PHRASE_SIZE, "write `%s` alone for true, or `%s false`", field->name,
                 field->name);
        break;
    case EPODE_ZW_TYPE_TIME:
        snprintf(out, PHRASE_SIZE, "for example 1.5s, 500ms, 4beats or 2bars");
        break;
    case EPODE_ZW_TYPE_VECTOR: snprintf(out, PHRASE_SIZE, "for example [0 1.5 0]"); break;
    default: out[0] = '\0'; break;
    }
}

void epode_zw_refuse(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node)
{
    char takes[PHRASE_SIZE];
    char found[PHRASE_SIZE];
    char hint[PHRASE_SIZE];
    remedy(binder->tree, field, node, hint);
    epode_zw_error(binder, "E0205", node, hint, "`%s` takes %s, not %s", field->name,
                   expectation(field, takes), describe(binder->tree, node, found));
}

static void refuse_range(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node,
                         double number)
{
    char value[EPODE_NUMBER_TEXT_SIZE];
    char least[EPODE_NUMBER_TEXT_SIZE];
    char most[EPODE_NUMBER_TEXT_SIZE];
    epode_number_format(number, value);
    epode_number_format(field->min, least);
    epode_number_format(field->max, most);
    const char* gap = field->unit == NULL ? "" : " ";
    const char* unit = field->unit == NULL ? "" : field->unit;
    if (field->max >= DBL_MAX) {
        epode_zw_error(binder, "E0206", node, NULL, "`%s` is %s%s%s; it must be at least %s%s%s",
                       field->name, value, gap, unit, least, gap, unit);
    } else if (field->min <= -DBL_MAX) {
        epode_zw_error(binder, "E0206", node, NULL, "`%s` is %s%s%s; it must be at most %s%s%s",
                       field->name, value, gap, unit, most, gap, unit);
    } else {
        epode_zw_error(binder, "E0206", node, NULL,
                       "`%s` is %s%s%s; it must be between %s and %s%s%s", field->name, value, gap,
                       unit, least, most, gap, unit);
    }
}

// Whether a number lies in the field's range. One that is too large for a double was reported by
// the parser.
static int is_in_range(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node,
                       double number)
{
    if (number > DBL_MAX || number < -DBL_MAX) {
        return 0;
    }
    if (field->has_range && (number < field->min || number > field->max)) {
        refuse_range(binder, field, node, number);
        return 0;
    }
    return 1;
}

static EpodeStatus keep_text(EpodeZwBinder* binder, const EpodeZwNode* node, EpodeZwValue* out)
{
    EpodeText text = epode_zw_text(binder->tree, node);
    out->text.bytes = epode_arena_text(binder->arena, text.bytes, text.size);
    out->text.size = text.size;
    return out->text.bytes == NULL ? EPODE_ERR_NO_MEM : EPODE_OK;
}

static EpodeStatus read_any(EpodeZwBinder* binder, const EpodeZwField* field,
                            const EpodeZwNode* node, EpodeZwValue* out)
{
    if (node->kind == EPODE_ZW_BLOCK || node->kind == EPODE_ZW_LIST) {
        epode_zw_refuse(binder, field, node);
        return EPODE_OK;
    }
    if (node->kind == EPODE_ZW_NUMBER) {
        out->number = node->number;
    }
    out->is_set = 1;
    return keep_text(binder, node, out);
}

static int is_id_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
}

static int is_id(EpodeText text)
{
    size_t good = 0;
    while (good < text.size && is_id_byte(text.bytes[good])) {
        good++;
    }
    return text.size > 0 && good == text.size;
}

static EpodeStatus read_text(EpodeZwBinder* binder, const EpodeZwField* field,
                             const EpodeZwNode* node, EpodeZwValue* out)
{
    if (node->kind != EPODE_ZW_STRING && node->kind != EPODE_ZW_WORD) {
        epode_zw_refuse(binder, field, node);
        return EPODE_OK;
    }
    EpodeText text = epode_zw_text(binder->tree, node);
    if ((field->flags & EPODE_ZW_ID) && !is_id(text)) {
        epode_zw_error(binder, "E0210", node, "use letters, digits, `_`, `.` and `-`",
                       "`%.*s` cannot be a name", EPODE_NAME(text));
        return EPODE_OK;
    }
    out->is_set = 1;
    return keep_text(binder, node, out);
}

static void read_number(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node,
                        EpodeZwValue* out)
{
    if (node->kind != EPODE_ZW_NUMBER) {
        epode_zw_refuse(binder, field, node);
        return;
    }
    double number = node->number;
    if (!is_in_range(binder, field, node, number)) {
        return;
    }
    if (field->type == EPODE_ZW_TYPE_INT &&
        (number > WHOLE_MAX || number < -WHOLE_MAX || (double)(int64_t)number != number)) {
        epode_zw_refuse(binder, field, node);
        return;
    }
    out->number = number;
    out->is_set = 1;
}

static void read_flag(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node,
                      EpodeZwValue* out)
{
    out->is_set = 1;
    if (epode_zw_is_word(binder->tree, node, "true")) {
        out->number = 1.0;
    } else if (!epode_zw_is_word(binder->tree, node, "false")) {
        out->is_set = 0;
        epode_zw_refuse(binder, field, node);
    }
}

static uint32_t count_choices(const EpodeZwField* field)
{
    uint32_t count = 0;
    while (field->choices[count] != NULL) {
        count++;
    }
    return count;
}

static void refuse_choice(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node)
{
    enum { SHOWN_CHOICES_MAX = 64 };
    EpodeText text = epode_zw_text(binder->tree, node);
    EpodeText names[SHOWN_CHOICES_MAX];
    uint32_t shown = 0;
    EpodeNearest nearest = epode_nearest(text);
    for (uint32_t i = 0; i < count_choices(field); i++) {
        epode_nearest_offer(&nearest, epode_text(field->choices[i]));
        if (shown < SHOWN_CHOICES_MAX) {
            names[shown++] = epode_text(field->choices[i]);
        }
    }
    char hint[EPODE_ZW_HINT_SIZE];
    if (*epode_nearest_hint(&nearest, hint, sizeof hint) == '\0') {
        epode_zw_hint_names(hint, "it is one of: ", names, shown);
    }
    epode_zw_error(binder, "E0208", node, hint, "`%s` cannot be `%.*s`", field->name,
                   EPODE_NAME(text));
}

static void read_choice(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node,
                        EpodeZwValue* out)
{
    if (node->kind == EPODE_ZW_BLOCK || node->kind == EPODE_ZW_LIST) {
        epode_zw_refuse(binder, field, node);
        return;
    }
    EpodeText text = epode_zw_text(binder->tree, node);
    for (uint32_t i = 0; field->choices[i] != NULL; i++) {
        if (epode_text_is(text, epode_text(field->choices[i]))) {
            out->choice = i;
            out->text = epode_text(field->choices[i]);
            out->is_set = 1;
            return;
        }
    }
    refuse_choice(binder, field, node);
}

// Amount and unit of a time as written; 0 when it is none.
static int parse_time(EpodeText text, EpodeZwTime* out)
{
    static const struct {
        const char* suffix;
        EpodeZwTimeUnit unit;
        double divisor;
    } units[] = {{"", EPODE_ZW_SECONDS, 1.0},   {"s", EPODE_ZW_SECONDS, 1.0},
                 {"ms", EPODE_ZW_SECONDS, 1e3}, {"beats", EPODE_ZW_BEATS, 1.0},
                 {"beat", EPODE_ZW_BEATS, 1.0}, {"bars", EPODE_ZW_BARS, 1.0},
                 {"bar", EPODE_ZW_BARS, 1.0}};
    double number = 0.0;
    size_t used = 0;
    if (epode_number_parse(text.bytes, text.size, &number, &used) != EPODE_OK) {
        return 0;
    }
    EpodeText suffix = {text.bytes + used, text.size - used};
    for (size_t i = 0; i < EPODE_COUNT_OF(units); i++) {
        if (epode_text_is(suffix, epode_text(units[i].suffix))) {
            *out = (EpodeZwTime){number / units[i].divisor, units[i].unit};
            return 1;
        }
    }
    return 0;
}

static void read_time(EpodeZwBinder* binder, const EpodeZwField* field, const EpodeZwNode* node,
                      EpodeZwValue* out)
{
    EpodeZwTime time = {0};
    int is_time = (node->kind == EPODE_ZW_WORD || node->kind == EPODE_ZW_NUMBER) &&
                  parse_time(epode_zw_text(binder->tree, node), &time);
    if (!is_time) {
        epode_zw_refuse(binder, field, node);
        return;
    }
    if (time.unit == EPODE_ZW_SECONDS && !is_in_range(binder, field, node, time.amount)) {
        return;
    }
    out->time = time;
    out->is_set = 1;
}

static EpodeStatus read_vector(EpodeZwBinder* binder, const EpodeZwField* field,
                               const EpodeZwNode* node, EpodeZwValue* out)
{
    double* vector = epode_arena_array(binder->arena, 4, sizeof *vector);
    if (vector == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    int is_list = node->kind == EPODE_ZW_LIST;
    if (is_list && (node->count == 0 || node->count > 4)) {
        epode_zw_error(binder, "E0205", node, "for example [0 1.5 0]",
                       "`%s` takes 1 to 4 numbers, not %u", field->name, node->count);
        return EPODE_OK;
    }
    const EpodeZwNode* item = is_list ? epode_zw_first(binder->tree, node) : node;
    uint8_t width = 0;
    for (; item != NULL; item = is_list ? epode_zw_next(binder->tree, item) : NULL) {
        if (item->kind != EPODE_ZW_NUMBER) {
            epode_zw_refuse(binder, field, item);
            return EPODE_OK;
        }
        if (!is_in_range(binder, field, item, item->number)) {
            return EPODE_OK;
        }
        vector[width++] = item->number;
    }
    out->vector = vector;
    out->width = width;
    out->is_set = 1;
    return EPODE_OK;
}

EpodeStatus epode_zw_read_value(EpodeZwBinder* binder, const EpodeZwField* field,
                                const EpodeZwNode* node, EpodeZwValue* out)
{
    *out = (EpodeZwValue){.is_present = 1, .kind = node->kind, .node = node};
    switch (field->type) {
    case EPODE_ZW_TYPE_ANY: return read_any(binder, field, node, out);
    case EPODE_ZW_TYPE_TEXT: return read_text(binder, field, node, out);
    case EPODE_ZW_TYPE_VECTOR: return read_vector(binder, field, node, out);
    case EPODE_ZW_TYPE_NUMBER:
    case EPODE_ZW_TYPE_INT: read_number(binder, field, node, out); break;
    case EPODE_ZW_TYPE_FLAG: read_flag(binder, field, node, out); break;
    case EPODE_ZW_TYPE_CHOICE: read_choice(binder, field, node, out); break;
    case EPODE_ZW_TYPE_TIME: read_time(binder, field, node, out); break;
    case EPODE_ZW_TYPE_BLOCK: EPODE_ASSERT(0 && "a block is bound, not read"); break;
    }
    return EPODE_OK;
}
