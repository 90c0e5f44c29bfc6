// SPDX-License-Identifier: MIT
// What is wrong with a text, said so that its author can mend it: where, what, the line with a
// caret, and a remedy. Every reader of text in Epode fills one of these lists and never stops at
// the first mistake.
#ifndef EPODE_DIAG_H
#define EPODE_DIAG_H

#include "epode/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum EpodeSeverity { EPODE_NOTE = 0, EPODE_WARNING = 1, EPODE_ERROR = 2 } EpodeSeverity;

/// One finding. All texts belong to the list and live as long as it does.
typedef struct EpodeDiag {
    EpodeSeverity severity;
    const char* code;       ///< Stable short code such as "E0104"; docs/formats/diagnostics.md.
    const char* file;       ///< Name as the host gave it, relative to the show's folder.
    uint32_t line;          ///< 1-based; 0 when the finding is about the whole file.
    uint32_t column;        ///< 1-based, in code points.
    uint32_t width;         ///< Code points of `source` to underline, at least 1.
    const char* sentence;   ///< What is wrong, one sentence without a full stop.
    const char* source;     ///< The source line, shortened around the column; "" when none.
    uint32_t source_column; ///< Where the caret stands in `source`, 1-based.
    const char* hint;       ///< What to do about it; NULL when there is nothing to say.
} EpodeDiag;

typedef struct EpodeDiagList EpodeDiagList;

/// Most findings a list keeps; further ones are only counted.
#define EPODE_DIAGS_MAX 1000

/// Creates an empty list.
///
/// Errors:  NULL when the heap is exhausted.
/// Thread:  [load].
EPODE_API EpodeDiagList* epode_diag_list_create(EpodeHeap heap);

/// Destroys a list with all its texts; NULL is allowed.
///
/// Thread:  [load].
EPODE_API void epode_diag_list_destroy(EpodeDiagList* list);

/// Count of findings kept, in the order of file (as first mentioned), line, column once sorted.
///
/// Thread:  [load].
EPODE_API uint32_t epode_diag_count(const EpodeDiagList* list);

/// Count of findings of one severity, those beyond EPODE_DIAGS_MAX included.
///
/// Thread:  [load].
EPODE_API uint32_t epode_diag_severity_count(const EpodeDiagList* list, EpodeSeverity severity);

/// Finding `index`; NULL beyond the end.
///
/// Thread:  [load].
EPODE_API const EpodeDiag* epode_diag_at(const EpodeDiagList* list, uint32_t index);

/// Writes a finding the way a terminal shows it: `file:line:column: error[CODE]: sentence`, the
/// source line, a line with the caret, and the hint. Ends with a newline.
///
/// Shapes:  writes at most `size` bytes with the NUL; returns the size that the whole would need.
/// Thread:  [load].
EPODE_API size_t epode_diag_format(const EpodeDiag* diag, char* out, size_t size);

#ifdef __cplusplus
}
#endif

#endif
