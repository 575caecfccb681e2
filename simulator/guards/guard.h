// The guards: what makes a reply unfit for a conversation, as one table. Each
// is a pure function of the reply, the conversation before it and its language,
// so reports can ask them about old conversations, too. docs/guards.md is the
// page for users. Nothing here remembers anything.
// Tested by tests/guards/guards_test.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "simulator/guards/said.h"
#include "simulator/guards/utterance.h"

namespace simulate::guards {

enum class Severity {
  correct,    // asked again once with the correction; then the attempt fails
  untrained,  // the reply stays in the history, with `train: false`
};
const char* severity_name(Severity severity);

struct Guard {
  const char* name;  // kept by conversation and in reports: never renamed
  Speaker speaker;
  Severity severity;
  const char* correction;  // told to the model that is asked again
  bool (*finds)(const Utterance& heard);
};

// In the order in which a reply is judged: the plainest fault first.
std::span<const Guard> guards();

// Null when none has that name for that speaker.
const Guard* guard_named(const std::string& name, Speaker speaker);

// All that find something, in the order of the table.
std::vector<const Guard*> found(const Said& said, const Scene& scene);

}  // namespace simulate::guards
