// Where the conversations of a dataset come from: a ledger, or a file that
// somebody has. Each is read once through, one in memory at a time.
// Tested by tests/program/export_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/calls/call_syntax.h"
#include "simulator/conversation/judge.h"
#include "simulator/transcript/transcript.h"

namespace simulate {

// A reply that was not used, and where the one stands that took its place.
struct RejectedReply {
  size_t position = 0;
  Message message;
  std::string reason;
};

// A value. The metadata are flat, as docs/record.md has them; of an imported
// conversation there may be none.
struct FinishedConversation {
  std::string id;
  Transcript transcript;
  Json metadata = Json::object();
  ToolSyntax syntax = ToolSyntax::python;  // that its prompt tells of
  std::string licence;  // of its person, "CC BY 4.0, of X"; mostly none
  std::vector<RejectedReply> rejected;  // where they are asked for
  std::optional<JudgeVerdict> verdict;  // the same
};

class ConversationSource {
 public:
  virtual ~ConversationSource() = default;

  // Nothing when there are no more. Throws BadUsage for one that cannot be
  // read: which, and why.
  virtual std::optional<FinishedConversation> next() = 0;

  virtual void begin_again() = 0;
};

}  // namespace simulate
