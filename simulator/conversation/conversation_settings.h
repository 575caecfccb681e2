// What directs every conversation of a run, as the user has set it: the same
// for a run, for a trial and for a replay. A value; part of Settings.
// Tested by tests/conversation/converse_test.cpp.
#pragma once

#include <string>

#include "simulator/calls/call_syntax.h"
#include "simulator/models/chat.h"
#include "simulator/models/tool_mode.h"

namespace simulate {

enum class Rewrite { off, turn, conversation };

// What becomes of the judge's verdict: nobody is asked, it is kept beside the
// conversation, or one that is not good uses up its attempt.
enum class Judging { off, mark, reject };

struct ConversationSettings {
  std::string assistant_name = "Ada";  // of the world
  bool scripted = false;  // the offline model plays: it is told the scene
  ToolSyntax tool_syntax = ToolSyntax::python;
  ToolMode tool_mode = ToolMode::automatic;
  Rewrite rewrite = Rewrite::conversation;
  Judging judging = Judging::off;
  double tool_failures = 0;  // the share of calls that fail by plan
  // Reasoning models count their thinking among the tokens of a reply.
  Sampling tester{1.0, 2048, {}};
  Sampling assistant{0.7, 4096, {"<tool_result>"}};
  Sampling rewriter{0.3, 8192, {}};
  Cast cast;
};

}  // namespace simulate
