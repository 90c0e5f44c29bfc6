// SPDX-License-Identifier: MIT
// How readers add findings to a list. What hosts see of it is in epode/diag.h.
#ifndef EPODE_ZW_DIAG_H
#define EPODE_ZW_DIAG_H

#include <stdarg.h>

#include "base/text.h"
#include "epode/diag.h"

enum { EPODE_DIAG_SENTENCE_MAX = 500 };

/// Where a finding stands. `text` is the whole file (may be {NULL, 0} when not at hand); line 0
/// means the whole file. Of what is underlined only the first line counts.
typedef struct EpodePlace {
    const char* file;
    EpodeText text;
    uint32_t offset; // of the first byte to underline
    uint32_t size;   // bytes to underline
    uint32_t line;   // 1-based
} EpodePlace;

/// Adds a finding; `hint` may be NULL or empty. Copies every text; control characters, invalid
/// UTF-8 and characters that reorder or hide text are shown as escapes. When the heap is exhausted
/// the finding is counted but not kept.
///
/// Shapes:  formats take no floating numbers; a sentence is cut at EPODE_DIAG_SENTENCE_MAX bytes.
/// Thread:  [load].
__attribute__((format(printf, 6, 7))) void epode_diag_add(EpodeDiagList* list,
                                                          EpodeSeverity severity, const char* code,
                                                          EpodePlace place, const char* hint,
                                                          const char* format, ...);

/// The same with the arguments of the format in a list.
///
/// Thread:  [load].
__attribute__((format(printf, 6, 0))) void
epode_diag_add_list(EpodeDiagList* list, EpodeSeverity severity, const char* code, EpodePlace place,
                    const char* hint, const char* format, va_list arguments);

/// Arguments for `%.*s` that show a name, cut where it is too long for a sentence.
///
/// Thread:  [any].
int epode_diag_name_size(EpodeText name);
#define EPODE_NAME(name) epode_diag_name_size(name), (name).bytes

/// Puts the findings in the order of file (first mentioned first), line, column, order of adding.
///
/// Thread:  [load].
void epode_diag_sort(EpodeDiagList* list);

/// Offers one name for a misspelt one: feed all candidates, then read the hint.
typedef struct EpodeNearest {
    EpodeText wanted;
    EpodeText best;
    uint32_t distance;
} EpodeNearest;

/// Starts a search for the candidate nearest to `wanted`.
///
/// Thread:  [load].
EpodeNearest epode_nearest(EpodeText wanted);

/// Considers a candidate; of equally near ones the first stays.
///
/// Thread:  [load].
void epode_nearest_offer(EpodeNearest* nearest, EpodeText candidate);

/// Writes "did you mean `x`?" into `out` when a candidate is near enough (a third of the length,
/// at least 1), else the empty string; returns `out`.
///
/// Thread:  [load].
const char* epode_nearest_hint(const EpodeNearest* nearest, char* out, size_t size);

#endif
