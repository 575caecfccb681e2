// How a tester says that the conversation is over: [END] alone on the last
// line, in whatever spelling a model writes it. Pure.
// Tested by tests/guards/end_mark_test.cpp.
#pragma once

#include <string>

namespace simulate::guards {

struct EndMark {
  std::string words;    // without the mark that closes them, trimmed
  bool leaves = false;  // a mark stood at the end
};

// A mark that closes the text is meant and read, however it is spelled:
// "(END)", "[FIN]", "END." on a line of its own. One in the midst stays, for
// the guard that finds it.
EndMark read_end(const std::string& text);

// A mark still stands there.
bool has_end_mark(const std::string& words);

}  // namespace simulate::guards
