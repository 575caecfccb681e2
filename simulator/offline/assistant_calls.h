// Which tools the scripted assistant uses next, and why: a pure function of
// its view.
// Tested by tests/offline/assistant_script_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/offline/assistant_view.h"

namespace simulate::offline {

struct PlannedCall {
  std::string name;
  Json arguments = Json::object();
};

struct Step {
  std::vector<PlannedCall> calls;  // none: it is time to answer
  std::string thought;
};

Step next_step(const AssistantView& view);

}  // namespace simulate::offline
