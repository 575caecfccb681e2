// How long a server asks us to wait, in whichever header it says so.
// Tested by tests/models/openai_wire_test.cpp.
#pragma once

#include <optional>

#include "simulator/net/http.h"

namespace simulate {

// retry-after-ms, then Retry-After (seconds, or a date counted from the
// response's own Date, so that a wrong local clock does no harm), then
// x-ratelimit-reset. Capped at ten minutes.
std::optional<Micros> retry_after(const HttpResponse& response);

}  // namespace simulate
