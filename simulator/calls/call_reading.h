// What reading a single call, or several in a row, gives: the calls, or why
// there is none. Values that every reader of calls fills in, and no other;
// parsed_reply.h has what leaves this folder.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/calls/parsed_reply.h"
#include "simulator/calls/remark_list.h"

namespace simulate {

constexpr size_t kMostArguments = 100;  // of one call

struct CallReading {
  std::optional<ParsedCall> call;
  std::string problem;  // when there is no call
  // The name of a call that was read to its end but must not run, since it
  // holds what cannot be kept.
  std::string refused;
  size_t end = 0;      // behind the call, or where reading it stopped
  bool whole = false;  // its end is known, even if it is not a good call
  RemarkList repairs;
};

struct FoundCalls {
  std::vector<ParsedCall> calls;
  RemarkList faults;
  RemarkList repairs;
};

}  // namespace simulate
