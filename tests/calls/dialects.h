// How each model family writes its calls: for tests, which read back what is
// written here. The texts follow the families' own chat templates.
#pragma once

#include <string>
#include <vector>

#include "simulator/calls/reply_parser.h"

namespace simulate {

using Calls = std::vector<ParsedCall>;

struct Frame {
  const char* open = "";
  const char* close = "";
};

struct Dialect {
  const char* name;
  std::string (*write)(const Calls& calls);
  // Whether it has words for this call at all: few can say everything.
  bool (*can_say)(const ParsedCall& call);
  // The calls stand between tags that say where they begin and end.
  bool closed = true;
  // Text may follow the calls.
  bool text_behind = true;
  Frame thinking = {"<think>\n", "\n</think>\n\n"};
  Frame text = {"", "\n"};
  const char* end = "";  // behind the last call, when nothing follows
};

const std::vector<Dialect>& dialects();

struct Turn {
  std::string thinking;
  std::string before;
  Calls calls;
  std::string behind;
};

// The whole reply.
std::string written(const Dialect& dialect, const Turn& turn);

}  // namespace simulate
