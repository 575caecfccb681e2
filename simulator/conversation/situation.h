// What kind of moment a conversation is, and what else of it is drawn by
// shares: data, from files that users write. Values.
// Tested by tests/conversation/situations_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/conversation/count_range.h"

namespace simulate {

// A file of situations/, or a line of --tasks.
struct Situation {
  std::string name;
  double share = 0;                // of all conversations, among the others'
  std::vector<std::string> tools;  // groups that it cannot do without
  CountRange sessions{1, kMostSessions};  // of a storyline, that it can be
  int facts = 0;  // of their life that a person must have at least
  // An arc: one of these was drawn for an earlier session of the storyline.
  std::vector<std::string> after;
  std::optional<CountRange> days_apart;  // since the session before
  CountRange turns{1, kMostTurns};
  // A query over what the tools remember before the conversation; what it is
  // about is one of its rows. Without a row `otherwise` is played.
  std::string about;
  std::string otherwise;
  std::vector<std::string> withhold;  // groups that are not offered then
  double tool_failures = 0;           // the share of calls that fail by plan
  std::string tester;                 // what the tester is told
  bool is_task = false;  // it has an id instead of a name that says something
  std::string persona;   // who alone it is for; empty: anybody
  std::string opening;   // how to begin, instead of what is drawn
  // All messages of the person: no tester writes any.
  std::vector<std::string> says;
  std::string assistant;  // what the assistant ought to do; for judges alone
  // An SQL expression over the finished conversation (expectations.h), true
  // when it took place; empty: always.
  std::string expect;

  Json to_json() const;
};

// Throws BadUsage: `where`, the field, and what it must be.
Situation situation_from(const Json& value, const std::string& name,
                         const std::string& where);

// One of the values that an axis has: a mood, a way of typing.
struct AxisValue {
  std::string value;
  double share = 0;
  CountRange sessions{1, kMostSessions};
  // Whoever has it may leave long before the turns that were drawn are over.
  bool brief = false;
};

struct Axis {
  std::string name;
  std::vector<AxisValue> values;
};

}  // namespace simulate
