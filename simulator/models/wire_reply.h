// A chat-completions server's answer, read as a reply or a typed failure:
// words, thoughts and calls from all the places where providers put them. Pure.
// Tested by tests/models/openai_wire_test.cpp.
#pragma once

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"
#include "simulator/net/http.h"

namespace simulate {

// `model` is the one that was asked.
ChatOutcome read_reply(const Provider& provider, const std::string& model,
                       const HttpResponse& response);

}  // namespace simulate
