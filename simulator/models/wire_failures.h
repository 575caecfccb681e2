// What every wire over HTTP shares: which model it asks, what went wrong when
// there is no reply, and what a person does about it.
// Tested by tests/models/openai_wire_test.cpp.
#pragma once

#include <string>

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"
#include "simulator/net/http.h"

namespace simulate {

// The one that a player was given by name, else that of the provider's row.
std::string asked_model(const Provider& provider, const ChatRequest& request);

// Of an answer that is no success; `model` is the one that was asked.
ChatFailure failure_of(const Provider& provider, const std::string& model,
                       const HttpResponse& response);
// Of a request that was not answered.
ChatFailure failure_of(const Provider& provider, const HttpFailure& failure);

}  // namespace simulate
