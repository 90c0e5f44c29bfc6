// SPDX-License-Identifier: MIT
// The canonical form of a ZW file (decision W5): parse(format(x)) equals parse(x), comments stay,
// and formatting twice changes nothing.
#ifndef EPODE_ZW_FORMAT_H
#define EPODE_ZW_FORMAT_H

#include "zw/schema.h"

/// Writes the canonical text of a file. Needs the source for its comments and blank lines.
///
/// Shapes:  `schemas` may be NULL; with it, tagged blocks of known kinds are laid out by schema.
/// Errors:  kept in `out->status`.
/// Thread:  [load].
void epode_zw_format(const EpodeZwTree* tree, const EpodeZwSchemas* schemas, EpodeTextBuffer* out);

#endif
