// SPDX-License-Identifier: MIT
// A program outside the project that uses the installed library, in the common part of C and C++.
// Knows nothing but <epode/epode.h>.
#include <epode/epode.h>

#include <stdio.h>

int main(void)
{
    int64_t tick = 90;
    EpodeFlicks at = epode_tick_flicks(tick, 60);
    if (epode_flicks_tick(at, 60) != tick) {
        return 1;
    }
    printf("epode %s: tick %d stands at %.1f s\n", epode_version(), (int)tick,
           epode_flicks_seconds(at));
    return 0;
}
