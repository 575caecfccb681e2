// Two conversations beside each other, turn by turn: in two columns of a
// terminal, or of a page. Pure.
// Tested by tests/report/side_by_side_test.cpp.
#pragma once

#include <string>

#include "simulator/base/screen.h"
#include "simulator/samples/source.h"

namespace simulate {

struct SidePair {
  FinishedConversation a;
  FinishedConversation b;
};

// What stands above the columns, and who the assistant is.
struct SideNames {
  std::string a = "A";
  std::string b = "B";
  std::string assistant = "Ada";
};

Shown side_by_side(const SidePair& pair, const SideNames& names, bool colour,
                   size_t width = 80);

std::string side_by_side_html(const SidePair& pair, const SideNames& names);

}  // namespace simulate
