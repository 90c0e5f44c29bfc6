// SPDX-License-Identifier: MIT
// For tests that read texts: an arena, a list of findings and the schemas of rules, curves and
// lines that the examples use. The schemas stand for those of the modules above, smaller.
#ifndef EPODE_TESTS_SUPPORT_TEST_ZW_H
#define EPODE_TESTS_SUPPORT_TEST_ZW_H

#include <float.h>

#include "test.h"
#include "zw/schema.h"

typedef struct ZwText {
    EpodeArena arena;
    EpodeDiagList* diags;
    EpodeZwTree tree;
    EpodeStatus status;
} ZwText;

static inline ZwText zw_read_limited(EpodeText text, EpodeZwLimits limits)
{
    ZwText read = {.diags = epode_diag_list_create(epode_heap_system())};
    epode_arena_init(&read.arena, epode_heap_system());
    read.status = epode_zw_parse(&read.arena, limits, "show.zw", text, read.diags, &read.tree);
    epode_diag_sort(read.diags);
    return read;
}

static inline ZwText zw_read(const char* text)
{
    return zw_read_limited(epode_text(text), epode_zw_limits());
}

static inline void zw_free(ZwText* read)
{
    epode_diag_list_destroy(read->diags);
    epode_arena_finish(&read->arena);
}

// All findings as they would be printed; the caller frees.
static inline char* zw_report(const EpodeDiagList* diags)
{
    size_t size = 1;
    for (uint32_t i = 0; i < epode_diag_count(diags); i++) {
        size += epode_diag_format(epode_diag_at(diags, i), NULL, 0);
    }
    char* text = calloc(1, size);
    size_t used = 0;
    for (uint32_t i = 0; i < epode_diag_count(diags); i++) {
        used += epode_diag_format(epode_diag_at(diags, i), text + used, size - used) - 1;
    }
    return text;
}

enum {
    COND_TYPE,
    COND_PATH,
    COND_VALUE,
    COND_T0,
    COND_T1,
    COND_EVENT,
    COND_ALL,
    COND_ANY,
    COND_NOT
};

static const char* const zw_condition_types[] = {
    "event",       "curve_gt",  "curve_lt",    "curve_cross_up", "curve_cross_down", "interval",
    "scene_start", "scene_end", "track_start", "track_end",      "time_equals",      "time_after",
    "time_before", NULL};

static const EpodeZwSchema zw_condition;
static const EpodeZwField zw_condition_fields[] = {
    {.name = "type",
     .type = EPODE_ZW_TYPE_CHOICE,
     .doc = "what is tested",
     .choices = zw_condition_types},
    {.name = "path", .type = EPODE_ZW_TYPE_TEXT, .doc = "curve, scene or track"},
    {.name = "value", .type = EPODE_ZW_TYPE_NUMBER, .doc = "threshold"},
    {.name = "t0",
     .type = EPODE_ZW_TYPE_TIME,
     .doc = "start",
     .unit = "s",
     .has_range = 1,
     .min = 0.0,
     .max = DBL_MAX},
    {.name = "t1", .type = EPODE_ZW_TYPE_TIME, .doc = "end", .unit = "s"},
    {.name = "event_id", .type = EPODE_ZW_TYPE_TEXT, .doc = "name of an event"},
    {.name = "all",
     .type = EPODE_ZW_TYPE_BLOCK,
     .flags = EPODE_ZW_LIST_OF,
     .doc = "all of these",
     .schema = &zw_condition},
    {.name = "any",
     .type = EPODE_ZW_TYPE_BLOCK,
     .flags = EPODE_ZW_LIST_OF,
     .doc = "one of these",
     .schema = &zw_condition},
    {.name = "not", .type = EPODE_ZW_TYPE_BLOCK, .doc = "not this", .schema = &zw_condition},
};
static const EpodeZwSchema zw_condition = {.name = "ap_condition",
                                           .doc = "What must hold for a rule to fire.",
                                           .fields = zw_condition_fields,
                                           .field_count = 9};

static const char* const zw_action_types[] = {
    "signal",      "set_flag",   "inc_flag",     "dec_flag",   "set_emotion",
    "start_scene", "stop_scene", "play_track",   "stop_track", "branch_dialogue",
    "spawn",       "despawn",    "camera_shake", "log",        NULL};

static const EpodeZwField zw_action_fields[] = {
    {.name = "type",
     .type = EPODE_ZW_TYPE_CHOICE,
     .flags = EPODE_ZW_REQUIRED,
     .doc = "the verb",
     .choices = zw_action_types},
    {.name = "arg0", .type = EPODE_ZW_TYPE_ANY, .doc = "first argument"},
    {.name = "arg1", .type = EPODE_ZW_TYPE_ANY, .doc = "second argument"},
    {.name = "arg2", .type = EPODE_ZW_TYPE_ANY, .doc = "third argument"},
};
static const EpodeZwSchema zw_action = {.name = "ap_action",
                                        .doc = "What a rule does when it fires.",
                                        .fields = zw_action_fields,
                                        .field_count = 4};

enum { RULE_ID, RULE_WHEN, RULE_THEN, RULE_PRIORITY, RULE_COOLDOWN, RULE_DEBOUNCE, RULE_ONCE };

static const EpodeZwField zw_rule_fields[] = {
    {.name = "id",
     .type = EPODE_ZW_TYPE_TEXT,
     .flags = EPODE_ZW_REQUIRED | EPODE_ZW_ID,
     .doc = "name of the rule"},
    {.name = "when",
     .type = EPODE_ZW_TYPE_BLOCK,
     .flags = EPODE_ZW_REQUIRED,
     .doc = "the condition",
     .schema = &zw_condition},
    {.name = "then",
     .type = EPODE_ZW_TYPE_BLOCK,
     .flags = EPODE_ZW_REQUIRED | EPODE_ZW_LIST_OF,
     .doc = "the actions",
     .schema = &zw_action},
    {.name = "priority",
     .type = EPODE_ZW_TYPE_INT,
     .doc = "salience: higher fires first",
     .fallback = "0"},
    {.name = "cooldown",
     .type = EPODE_ZW_TYPE_TIME,
     .doc = "pause after firing",
     .unit = "s",
     .fallback = "0",
     .has_range = 1,
     .min = 0.0,
     .max = 3600.0},
    {.name = "debounce",
     .type = EPODE_ZW_TYPE_TIME,
     .doc = "how long it must hold",
     .unit = "s",
     .fallback = "0",
     .has_range = 1,
     .min = 0.0,
     .max = 3600.0},
    {.name = "once_per_hold", .type = EPODE_ZW_TYPE_FLAG, .doc = "fire on the rising edge only"},
};
static const EpodeZwSchema zw_rule = {
    .name = "ap_rule",
    .doc = "A condition and what happens when it is met.",
    .example = "{ap_rule\n  {id \"door_slam_shake\"}\n"
               "  {when {type event event_id \"door_impact_peak\"}}\n"
               "  {then [{ap_action {type camera_shake arg0 0.4 arg1 0.1}}]}\n}",
    .fields = zw_rule_fields,
    .field_count = 7};

enum { KEY_AT, KEY_VALUE, KEY_INTERP };

static const char* const zw_interps[] = {"linear", "step", "smooth", NULL};
static const EpodeZwField zw_key_fields[] = {
    {.name = "at", .type = EPODE_ZW_TYPE_TIME, .flags = EPODE_ZW_REQUIRED, .doc = "when"},
    {.name = "v", .type = EPODE_ZW_TYPE_VECTOR, .flags = EPODE_ZW_REQUIRED, .doc = "value"},
    {.name = "interp",
     .type = EPODE_ZW_TYPE_CHOICE,
     .doc = "how it goes on",
     .fallback = "linear",
     .choices = zw_interps},
};
static const EpodeZwSchema zw_key = {.name = "key",
                                     .doc = "A value at a time.",
                                     .fields = zw_key_fields,
                                     .field_count = 3,
                                     .flags = EPODE_ZW_POSITIONAL};

enum { CURVE_ID, CURVE_KEYS, CURVE_LOOP, CURVE_COLOR, CURVE_NEAR, CURVE_TAG, CURVE_GAIN };

static const EpodeZwField zw_curve_fields[] = {
    {.name = "id",
     .type = EPODE_ZW_TYPE_TEXT,
     .flags = EPODE_ZW_REQUIRED | EPODE_ZW_ID,
     .doc = "name of the curve"},
    {.name = "key",
     .type = EPODE_ZW_TYPE_BLOCK,
     .flags = EPODE_ZW_LIST_OF | EPODE_ZW_REPEATS,
     .doc = "its keys",
     .schema = &zw_key},
    {.name = "loop",
     .type = EPODE_ZW_TYPE_FLAG,
     .doc = "whether it begins again",
     .fallback = "false"},
    {.name = "color",
     .type = EPODE_ZW_TYPE_VECTOR,
     .doc = "for the page",
     .fallback = "[1 1 1]",
     .has_range = 1,
     .min = 0.0,
     .max = 1.0},
    {.name = "near", .type = EPODE_ZW_TYPE_VECTOR, .flags = EPODE_ZW_LIST_OF, .doc = "places"},
    {.name = "tag",
     .type = EPODE_ZW_TYPE_TEXT,
     .flags = EPODE_ZW_REPEATS,
     .doc = "a label",
     .fallback = "plain"},
    {.name = "gain",
     .type = EPODE_ZW_TYPE_NUMBER,
     .doc = "loudness",
     .unit = "dB",
     .fallback = "-6",
     .has_range = 1,
     .min = -96.0,
     .max = 24.0},
};
static const EpodeZwSchema zw_curve = {
    .name = "curve", .doc = "Values over time.", .fields = zw_curve_fields, .field_count = 7};

enum { LIST_ITEMS, LIST_SOME, LIST_NAMES };

static const char* const zw_some[] = {"curve", "ap_action", NULL};
static const EpodeZwField zw_list_fields[] = {
    {.name = "items",
     .type = EPODE_ZW_TYPE_BLOCK,
     .flags = EPODE_ZW_LIST_OF,
     .doc = "blocks of any kind"},
    {.name = "some", .type = EPODE_ZW_TYPE_BLOCK, .doc = "one of two kinds", .choices = zw_some},
    {.name = "names",
     .type = EPODE_ZW_TYPE_TEXT,
     .flags = EPODE_ZW_LIST_OF,
     .doc = "names",
     .fallback = "[one \"two three\"]"},
};
static const EpodeZwSchema zw_list = {
    .name = "list", .doc = "A mixture.", .fields = zw_list_fields, .field_count = 3};

static inline EpodeZwSchemas* zw_schemas(EpodeArena* arena)
{
    EpodeZwSchemas* schemas = epode_zw_schemas_create(arena);
    if (schemas == NULL || epode_zw_schemas_add(schemas, &zw_rule, 1) != EPODE_OK ||
        epode_zw_schemas_add(schemas, &zw_condition, 0) != EPODE_OK ||
        epode_zw_schemas_add(schemas, &zw_action, 0) != EPODE_OK ||
        epode_zw_schemas_add(schemas, &zw_curve, 1) != EPODE_OK ||
        epode_zw_schemas_add(schemas, &zw_list, 1) != EPODE_OK) {
        return NULL;
    }
    return schemas;
}

#endif
