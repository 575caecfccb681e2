// The tools of a conversation, really executed in SQLite. One toolbox serves
// every conversation on the loop: a round loads the storyline's state into a
// private in-memory database, runs the calls, reads the state back and rolls
// everything back, so that no conversation ever sees another's rows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "simulator/base/time.h"
#include "tools/tool.h"

namespace simulate {

class Toolbox {
 public:
  Toolbox();
  ~Toolbox();
  Toolbox(const Toolbox&) = delete;

  // In the order in which they are offered.
  const std::vector<ToolSpec>& tools() const;

  struct Round {
    std::vector<ToolResult> results;  // one per call, in order
    ToolState state;
  };

  // A call that is wrong (unknown tool, wrong arguments, no such index) is
  // answered with an error result and changes nothing. Throws Fatal only when
  // SQLite itself fails.
  Round run(const ToolState& before, const std::vector<ToolCall>& calls,
            SimulatedTime now);

  // Reminders that are neither completed nor deleted, oldest first, a line of
  // text each: the bulletin at the end of the system message.
  std::vector<std::string> open_reminders(const ToolState& state) const;

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace simulate
