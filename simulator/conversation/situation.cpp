#include "simulator/conversation/situation.h"

#include "simulator/base/fields.h"
#include "simulator/base/text.h"
#include "simulator/calls/special_tokens.h"
#include "simulator/guards/markup.h"

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

// Who has all messages before them says as many.
void settle_what_is_said(const Fields& fields, Situation& situation) {
  if (situation.says.empty()) return;
  for (std::string& message : situation.says) {
    message = written_text(message);
    if (trimmed(message).empty()) fields.refuse("a message is empty");
    if (guards::has_tags(message) || has_special_tokens(message)) {
      fields.refuse(
          "a message has tags or special tokens of a model, which no record "
          "may hold");
    }
  }
  auto count = static_cast<int>(situation.says.size());
  if (situation.says.size() > kMostTurns) {
    fields.refuse("there are " + std::to_string(situation.says.size()) +
                  " messages, and a conversation has at most " +
                  std::to_string(kMostTurns));
  }
  situation.turns = {count, count};
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
  result.facts = static_cast<int>(fields.number("facts", 0, 100).value_or(0));
  result.after = fields.texts("after");
  auto days = fields.range("days_apart", {0, 0}, kMostDays);
  if (days.first > 0) result.days_apart = range_of(days);
  result.turns = range_of(fields.range("turns", {1, kMostTurns}, kMostTurns));
  result.about = fields.text("about");
  result.otherwise = fields.text("otherwise");
  result.withhold = fields.texts("withhold");
  result.tool_failures = fields.number("tool_failures", 0, 1).value_or(0);
  result.tester = one_line(fields.text("tester"));
  result.is_task = fields.flag("task");
  result.persona = fields.text("persona");
  result.opening = one_line(fields.text("opening"));
  result.says = fields.texts("says");
  settle_what_is_said(fields, result);
  result.assistant = fields.text("assistant");
  result.expect = fields.text("expect");
  fields.refuse_others();
  if (result.tester.empty() && result.says.empty()) {
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
  if (facts > 0) value["facts"] = facts;
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
  if (is_task) value["task"] = true;
  put("persona", persona);
  put("opening", opening);
  put("says", says);
  put("assistant", assistant);
  put("expect", expect);
  return value;
}

}  // namespace simulate
