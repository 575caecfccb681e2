// What was said: the canonical form of a conversation, from which every format
// is rendered. A value.
// Tested by tests/models/text_messages_test.cpp and export/record_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/calls/tool.h"

namespace simulate {

enum class Speaker { system, tester, assistant, tool };
const char* speaker_name(Speaker speaker);
Speaker speaker_named(const std::string& name);

struct Message {
  Speaker speaker = Speaker::tester;
  std::string content = {};            // what the tester may see
  std::string thinking = {};           // the assistant's, as it is recorded
  std::string original_thinking = {};  // before the rewriter; empty: as it was
  std::vector<ToolCall> calls = {};    // the assistant's
  ToolResult result = {};              // a tool's
  // What was put right when the assistant's calls were read.
  std::vector<std::string> repairs = {};
  bool train = false;  // worth imitating
  // What the wire of its reply wants to see again (ChatReply::wire); nowhere
  // kept, since the reply is.
  std::string wire = {};
};

// Why a conversation ended: a closed list.
enum class Ending {
  tester_left,    // the tester said so
  turns_reached,  // the plan's number of turns
};
const char* ending_name(Ending ending);
Ending ending_named(const std::string& name);

// The tools that a conversation is offered, in order, and the part of its
// system message that tells of them: a wire or a format with a place of its own
// for tools leaves it out.
struct Offer {
  std::vector<ToolSpec> tools;
  int64_t text_begin = 0;  // in bytes
  int64_t text_size = 0;
};

struct Transcript {
  std::vector<Message> messages;
  Ending ending = Ending::turns_reached;
  std::optional<Offer> offer = {};  // none: an old ledger did not keep it

  int turns() const;  // messages of the tester
  int tool_calls() const;
  int tool_errors() const;
  int tool_failures() const;  // of these, the ones that were planned
};

}  // namespace simulate
