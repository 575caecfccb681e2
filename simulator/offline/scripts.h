// The scripted roles: each is a pure function of the request, whose
// scene tells what a model would have to read out of its prompts, and of the
// same request as text. Called by OfflineModel.
// Tested by tests/offline/tester_script_test.cpp and so on.
#pragma once

#include <string>

#include "simulator/models/text_messages.h"
#include "simulator/offline/scenes.h"

namespace simulate::offline {

using Texts = std::vector<TextMessage>;

std::string tester_script(const ChatRequest& request, const Texts& texts);
std::string assistant_script(const ChatRequest& request, const Texts& texts);
// The same in a world that is nothing but its scenes.
std::string tester_script(const ChatRequest& request, const Texts& texts,
                          const Scenes& world);
std::string assistant_script(const ChatRequest& request, const Texts& texts,
                             const Scenes& world);
std::string rewriter_script(const ChatRequest& request, const Texts& texts);
// Finds an answer that is given twice, and one that is cut off: nothing else.
std::string judge_script(const ChatRequest& request);

}  // namespace simulate::offline
