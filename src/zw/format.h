// SPDX-License-Identifier: MIT
// The canonical form of a ZW file (decision W5): parse(format(x)) equals parse(x), comments stay,
// and formatting twice changes nothing. The rules are written down in docs/formats/zw.md.
#ifndef EPODE_ZW_FORMAT_H
#define EPODE_ZW_FORMAT_H

#include "zw/schema.h"

/// Most code points of a line, where words and strings allow it.
#define EPODE_ZW_LINE_WIDTH 100

/// Writes the canonical text of a file.
///
/// Shapes:  `tree` was parsed with EPODE_OK, `out` is empty. `schemas` may be NULL; with it, tags
/// and flags of known
///          blocks are told from keys, where they stand in long flat blocks.
/// Errors:  kept in `out->status`.
/// Thread:  [load].
void epode_zw_format(const EpodeZwTree* tree, const EpodeZwSchemas* schemas, EpodeTextBuffer* out);

#endif
