// What the scripted assistant says once its tools have answered: a pure
// function of its view.
// Tested by tests/offline/assistant_script_test.cpp.
#pragma once

#include <string>

#include "simulator/offline/assistant_view.h"

namespace simulate::offline {

struct Answer {
  std::string thought;
  std::string words;
};

Answer answer_to(const AssistantView& view);

// After a reply that was rejected: plain words that no check minds.
Answer safe_answer_to(const AssistantView& view);

}  // namespace simulate::offline
