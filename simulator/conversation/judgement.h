// What the guards find in a reply of this conversation: the one place where
// tester and assistant are judged.
// Tested by tests/conversation/converse_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/conversation/dialogue.h"
#include "simulator/guards/said.h"

namespace simulate {

struct Judgement {
  std::optional<Rejection> rejection;  // why the reply is not used
  // Guards' names: what it may be kept in spite of, and is not to be trained
  // on.
  std::vector<std::string> blemishes;
};

Judgement judgement_of(const DialogueState& dialogue, guards::Said said);

}  // namespace simulate
