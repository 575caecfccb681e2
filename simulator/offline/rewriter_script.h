// The scripted rewriter: a pure function of the request.
#pragma once

#include <string>

#include "simulator/models/chat.h"

namespace simulate::offline {

std::string rewriter_script(const ChatRequest& request);

}  // namespace simulate::offline
