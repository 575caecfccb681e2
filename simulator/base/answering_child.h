// A program that answers each line of JSON with one, asked and waited for.
// Whoever owns it may forget it at any time, as with any child.
// Tested by tests/base/answering_child_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "simulator/base/child_process.h"
#include "simulator/base/json.h"

namespace simulate {

class AnsweringChild {
 public:
  // Throws Error when it cannot be started.
  AnsweringChild(const ChildCommand& command, int most_milliseconds);

  // Nothing when it has ended, answers no JSON, or not in time.
  std::optional<Json> ask(const Json& question);

 private:
  bool write_all(std::string_view text);
  std::optional<std::string> read_line();
  bool wait_for(const Descriptor& pipe, short event) const;

  ChildProcess process_;
  int most_milliseconds_;
  std::string unread_;
};

}  // namespace simulate
