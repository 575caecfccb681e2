// How much may be under way at once, so that no lane is idle while there is
// work and nothing waits for long: what simulate and every job go by.
// Tested by tests/run/job_test.cpp.
#pragma once

#include "simulator/models/lanes.h"

namespace simulate {

// What limits and latency of the lanes that are left can use: 1 to 256.
int places_on(const Lanes& lanes);

}  // namespace simulate
