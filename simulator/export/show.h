// A conversation for a person to read on a terminal.
// Tested by tests/export/record_test.cpp.
#pragma once

#include "simulator/base/screen.h"
#include "simulator/conversation/converse.h"

namespace simulate {

struct ShowWhat {
  bool colour = false;
  bool rewriting = false;         // thoughts as they were, too
  std::string assistant = "Ada";  // what it is called
};

Shown show_conversation(const Conversation& conversation, ShowWhat what);

}  // namespace simulate
