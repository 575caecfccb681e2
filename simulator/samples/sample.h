// A sample: what a trainer takes in one piece. Made from the canonical
// transcript, so that it shows a model what it would be shown when it is
// served. Pure.
// Tested by tests/samples/sample_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/samples/family.h"
#include "simulator/samples/sample_rules.h"
#include "simulator/samples/source.h"

namespace simulate {

// A value. Its messages are those of a transcript; the ones with `train` are
// learnt, the last always.
struct Sample {
  std::string id;  // "conv_000001", or "conv_000001/4" for its message 4
  std::vector<Message> messages;
  std::vector<ToolSpec> tools;  // empty where the system message tells of them
  Json metadata;
  ToolSyntax syntax = ToolSyntax::python;
};

// None where there is nothing to be learnt.
std::vector<Sample> samples_of(const FinishedConversation& conversation,
                               const SampleRules& rules);

// The system message without what tells of the tools, where they are offered
// apart; and without the sentences that ask for <think>, where there is none.
std::string without_tools_text(const std::string& system, const Offer& offer);
std::string without_thought_requests(const std::string& system);

}  // namespace simulate
