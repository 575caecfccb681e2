// Pairs of replies to the same history: the one that was kept, and one that was
// not used and asked for again. Made as samples are, so that both are what a
// served model would see and write. Pure.
// Tested by tests/samples/preference_test.cpp.
#pragma once

#include "simulator/samples/sample.h"

namespace simulate {

struct Preference {
  Sample chosen;  // its last message is the one that was kept
  Message rejected;
  std::string reason;  // a guard's name, or what was wrong with it
};

std::vector<Preference> preferences_of(const FinishedConversation& conversation,
                                       const SampleRules& rules);

}  // namespace simulate
