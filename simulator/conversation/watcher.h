// Who follows a conversation while it is made: a person at a terminal, later a
// page. It is told and cannot change anything; told texts are as models wrote
// them.
#pragma once

#include <string_view>

#include "simulator/models/chat.h"
#include "simulator/transcript/transcript.h"

namespace simulate {

class Watcher {
 public:
  virtual ~Watcher() = default;

  // Of the system, tester or assistant, with its calls, or a tool's result; in
  // the order of the transcript. Thinking is not rewritten yet.
  virtual void added(const Message& message) = 0;

  // A piece of a reply's text, as it comes and before it is judged; a request
  // that is tried again begins anew.
  virtual void heard(Role /*role*/, std::string_view /*piece*/) {}

  // A reply that is not used.
  virtual void rejected(Role role, const ChatReply& reply,
                        const Rejection& why) = 0;
};

}  // namespace simulate
