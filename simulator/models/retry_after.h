// How long a server asks us to wait, in whichever place it says so.
// Tested by tests/models/openai_wire_test.cpp.
#pragma once

#include <optional>

#include "simulator/net/http.h"

namespace simulate {

// Of these the first: retry-after-ms; Retry-After, x-ratelimit-reset and
// RateLimit-Reset (seconds, "1m30s", a date, or a moment in seconds or
// milliseconds since 1970, these counted from the response's own Date, so that
// a wrong local clock does no harm); the resets of limits that are used up;
// what the error says in words. Capped at ten minutes.
std::optional<Micros> retry_after(const HttpResponse& response);

}  // namespace simulate
