#include "simulator/conversation/situation.h"

#include "simulator/base/fields.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr int kMostDays = 365;

CountRange range_of(std::pair<int, int> ends) {
  return {ends.first, ends.second};
}

// A range that reaches as far as it can is written by its first end alone.
Json range_json(CountRange range, int most) {
  if (range.most == most) return Json::array({range.fewest});
  return Json::array({range.fewest, range.most});
}

}  // namespace

Situation situation_from(const Json& value, const std::string& name,
                         const std::string& where) {
  Fields fields(value, where);
  Situation result;
  result.name = name;
  result.share = fields.number("share", 0, 1'000'000).value_or(0);
  result.tools = fields.texts("tools");
  result.sessions =
      range_of(fields.range("sessions", {1, kMostSessions}, kMostSessions));
  result.after = fields.texts("after");
  auto days = fields.range("days_apart", {0, 0}, kMostDays);
  if (days.first > 0) result.days_apart = range_of(days);
  result.turns = range_of(fields.range("turns", {1, kMostTurns}, kMostTurns));
  result.about = fields.text("about");
  result.otherwise = fields.text("otherwise");
  result.withhold = fields.texts("withhold");
  result.tool_failures = fields.number("tool_failures", 0, 1).value_or(0);
  result.tester = one_line(fields.text("tester"));
  result.assistant = fields.text("assistant");
  result.expect = fields.text("expect");
  fields.refuse_others();
  if (result.tester.empty()) {
    fields.refuse("field \"tester\" is missing: say what the tester is told");
  }
  if (result.about.empty() != result.otherwise.empty()) {
    fields.refuse(
        "\"about\" and \"otherwise\" go together: what is played when the "
        "query finds nothing");
  }
  return result;
}

Json Situation::to_json() const {
  Json value = {{"share", share}};
  auto put = [&value](const char* field, const auto& content) {
    if (!content.empty()) value[field] = content;
  };
  put("tools", tools);
  if (sessions != CountRange{1, kMostSessions}) {
    value["sessions"] = range_json(sessions, kMostSessions);
  }
  put("after", after);
  if (days_apart) value["days_apart"] = range_json(*days_apart, kMostDays);
  if (turns != CountRange{1, kMostTurns}) {
    value["turns"] = range_json(turns, kMostTurns);
  }
  put("about", about);
  put("otherwise", otherwise);
  put("withhold", withhold);
  if (tool_failures > 0) value["tool_failures"] = tool_failures;
  put("tester", tester);
  put("assistant", assistant);
  put("expect", expect);
  return value;
}

}  // namespace simulate
