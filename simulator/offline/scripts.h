// The three scripted speakers: each is a pure function of the request, whose
// scene tells what a model would have to read out of its prompts. Called by
// OfflineModel.
// Tested by tests/offline/tester_script_test.cpp and so on.
#pragma once

#include <string>

#include "simulator/models/chat.h"

namespace simulate::offline {

std::string tester_script(const ChatRequest& request);
std::string assistant_script(const ChatRequest& request);
std::string rewriter_script(const ChatRequest& request);

}  // namespace simulate::offline
