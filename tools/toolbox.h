// The tools of a conversation, really executed in SQLite. One toolbox serves
// every conversation on the loop: a round loads the storyline's state into a
// private in-memory database, runs the calls, reads the state back and rolls
// everything back, so that no conversation ever sees another's rows. Calls of
// tools that servers run are judged here, and left to the caller.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "simulator/base/time.h"
#include "simulator/calls/tool.h"
#include "tools/planned_failures.h"
#include "tools/tool_file.h"
#include "tools/tool_state.h"

namespace simulate {

class Toolbox {
 public:
  // Throws BadUsage when the groups cannot be used together.
  explicit Toolbox(const std::vector<ToolGroup>& groups);
  ~Toolbox();
  Toolbox(const Toolbox&) = delete;

  // In the order in which they are offered, without those of the groups in
  // `withheld`, "reminders,watch".
  const std::vector<ToolSpec>& tools(
      const std::string& withheld_tools = "") const;

  // What a round is run under.
  struct Terms {
    SimulatedTime now;
    std::string withheld_tools = {};      // groups that are not offered
    PlannedFailures* failures = nullptr;  // none: nothing fails by plan
  };

  struct Round {
    std::vector<ToolResult> results;  // one per call, in order
    ToolState state;
    // Of the results, those that a server has yet to give.
    std::vector<size_t> served = {};
  };

  // A call that is wrong (unknown tool, wrong arguments, no such index) is
  // answered with an error result and changes nothing. The arguments of a call
  // that ran become exactly what the tool's schema asks for. Throws Fatal only
  // when SQLite itself fails.
  Round run(const ToolState& before, std::vector<ToolCall>& calls,
            const Terms& terms);

  // What the system message tells of the state, a line each: the reminders
  // that are neither completed nor deleted.
  std::vector<std::string> bulletin(
      const ToolState& state, const std::string& withheld_tools = "") const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace simulate
