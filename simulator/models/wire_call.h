// One POST to a provider, as every wire over HTTP makes it: the key in its
// header, and what the lane wants to know of it.
// Tested by tests/models/openai_wire_test.cpp.
#pragma once

#include <string>

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"
#include "simulator/net/http.h"

namespace simulate {

// Without a body; `path` begins with a slash.
HttpRequest request_to(const Provider& provider, const std::string& path);

// `events` outlives the wait; 0 bytes are the usual
// cap.
asio::awaitable<HttpResult> call_provider(const Provider& provider, Http& http,
                                          std::string path, std::string body,
                                          const CallEvents& events,
                                          size_t largest_response_bytes = 0);

}  // namespace simulate
