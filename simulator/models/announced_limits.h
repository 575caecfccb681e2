// The limits that a server tells of in the headers of its answers, in all the
// spellings that we know: Mistral's (-req-minute, -tokens-minute), OpenAI's and
// Groq's (-requests, -tokens), Cerebras' (-requests-day), Together's, which
// count a second, and the IETF draft's (RateLimit-Limit, RateLimit-Policy).
// Sources: the documentation of each, read in 2026. Pure.
// Tested by tests/models/announced_limits_test.cpp.
#pragma once

#include "simulator/models/provider.h"
#include "simulator/net/http.h"
#include "simulator/net/rate_limit.h"

namespace simulate {

std::vector<AnnouncedLimit> announced_limits(const WireDialect& dialect,
                                             const HttpResponse& response);

// "1.5", "20ms", "6m0s", "1h2m3.5s": how long, as headers have it. Nothing when
// it is none, or a moment (a number of seconds since 1970).
std::optional<Micros> span_in(std::string_view text);

}  // namespace simulate
