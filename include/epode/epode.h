// SPDX-License-Identifier: MIT
// The whole public interface in one include. Hosts that want to see less include the headers of
// the topics they use; this one holds nothing of its own.
#ifndef EPODE_EPODE_H
#define EPODE_EPODE_H

#include "epode/base.h"
#include "epode/curve.h"
#include "epode/diag.h"
#include "epode/host.h"
#include "epode/passage.h"
#include "epode/time.h"

#endif
