// What the SQL of situations can see: an in-memory database with what the tools
// remember before and after a conversation, and the conversation itself, when
// it is finished. The SQL comes from files that people share: it only reads,
// and is bounded as that of tools is. One serves every conversation on the
// loop.
//
// - conversation: one row, metadata_of() and `verdict`, as JSON {"natural":
//   false}: NULL where nobody judged, and in `expect`
// - messages: position, turn, role, content, thinking
// - calls: position, turn, round, name, arguments, result, error, planned
// - before.NAME, after.NAME: the tables of the tools' files, with an id
//
// Turns and rounds count from 1, positions from 0; :today and :now are bound.
// Tested by tests/conversation/evidence_test.cpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "simulator/conversation/converse.h"
#include "simulator/conversation/situation.h"
#include "tools/tool_file.h"

namespace simulate {

class Evidence {
 public:
  explicit Evidence(const std::vector<ToolGroup>& groups);
  ~Evidence();
  Evidence(const Evidence&) = delete;

  // Throws BadUsage when its SQL cannot be run: which, and why.
  void check(const Situation& situation);

  // What it can be about; nothing when it cannot be played, or when its SQL
  // cannot be run with the tools of this run.
  std::vector<std::string> subjects(const Situation& situation,
                                    const ToolState& before, SimulatedTime now);

  // Whether `expect` holds. What cannot be computed does not; of the metadata
  // `took_place` and the seed are not known yet.
  bool shows(const Situation& situation, const Conversation& finished,
             const ToolState& before);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace simulate
