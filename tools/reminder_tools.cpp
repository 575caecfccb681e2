// Reminders: what the user asked to be reminded of. A completed one is kept in
// the state and shown to nobody; indices count the open ones.
#include <re2/re2.h>

#include <chrono>
#include <cstdio>

#include "simulator/base/text.h"
#include "tools/builtin.h"

namespace simulate {

namespace {

struct Due {
  std::string text;  // "2025-03-04" or "2025-03-04 08:05"
  std::string problem;
};

bool is_date(int year, int month, int day) {
  return std::chrono::year_month_day(
             std::chrono::year(year),
             std::chrono::month(static_cast<unsigned>(month)),
             std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

Due wrong_due(const std::string& written, const std::string& why,
              SimulatedTime now) {
  return {"", "argument \"due\" " + why + ", got \"" +
                  shortened(printable(written), 60) + "\". It is now " +
                  moment_text(now) + "."};
}

Due read_due(const std::string& written, SimulatedTime now) {
  static const RE2 pattern(
      R"((\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2})?)?)");
  int year = 0, month = 0, day = 0;
  std::string hour, minute;
  std::string text(trimmed(written));
  if (text.empty()) return {};
  if (!RE2::FullMatch(text, pattern, &year, &month, &day, &hour, &minute)) {
    return wrong_due(
        written, "must look like \"2025-03-04 08:05\" or \"2025-03-04\"", now);
  }
  bool time_exists = hour.empty() || (hour < "24" && minute < "60");
  if (!is_date(year, month, day) || !time_exists) {
    return wrong_due(written, "must be a day and time that exist", now);
  }
  std::string date = text.substr(0, 10);
  if (date < date_text(now)) {
    return wrong_due(written, "must not lie in the past", now);
  }
  return {hour.empty() ? date : date + " " + hour + ":" + minute, ""};
}

Json shown(const Entry& entry) {
  Json object = {{"text", entry.text}};
  if (!entry.due.empty()) object["due"] = entry.due;
  return object;
}

Outcome add_reminder(EntryTable& table, const Json& arguments,
                     SimulatedTime now) {
  Due due = read_due(string_at(arguments, "due"), now);
  if (!due.problem.empty()) return failed(due.problem);
  Entry entry;
  entry.kind = EntryKind::reminder;
  entry.date = date_text(now);
  entry.text = std::string(trimmed(string_at(arguments, "text")));
  entry.due = due.text;
  std::string problem = store(table, entry, "argument \"text\"");
  if (!problem.empty()) return failed(problem);
  return {{{"stored", shown(entry)},
           {"open", table.count(EntryKind::reminder, false)}}};
}

Outcome recall_reminders(EntryTable& table, const Json&, SimulatedTime) {
  return listed(table, EntryKind::reminder, "reminders",
                "No reminder is open.");
}

Outcome complete_reminder(EntryTable& table, const Json& arguments,
                          SimulatedTime) {
  Picked picked = pick(table, EntryKind::reminder, arguments);
  if (!picked.problem.empty()) return failed(picked.problem);
  Json completed = Json::array();
  for (const Entry& entry : picked.entries) {
    table.complete(entry);
    completed.push_back(entry.text);
  }
  return {{{"completed", std::move(completed)},
           {"open", table.count(EntryKind::reminder, false)}}};
}

Outcome delete_reminder(EntryTable& table, const Json& arguments,
                        SimulatedTime) {
  return erase_picked(table, EntryKind::reminder, arguments);
}

Json reminder_schema() {
  return {
      {"type", "object"},
      {"properties",
       {{"text", {{"type", "string"}, {"description", "What to remember."}}},
        {"due",
         {{"type", "string"},
          {"description", "YYYY-MM-DD HH:MM, or YYYY-MM-DD."}}}}},
      {"required", Json::array({"text"})},
      {"additionalProperties", false}};
}

}  // namespace

std::vector<Builtin> reminder_tools() {
  return {
      {{"add_reminder",
        "Sets a reminder for the user, with a day and time when one is known.",
        R"({"text": "...", "due": "2025-03-04 08:05"})", reminder_schema()},
       add_reminder},
      {{"recall_reminders", "Lists the open reminders, with an index for each.",
        "{}", no_arguments_schema()},
       recall_reminders},
      {{"complete_reminder", "Marks reminders as done.", R"({"indices": [1]})",
        indices_schema("The indices that recall_reminders shows.")},
       complete_reminder},
      {{"delete_reminder", "Deletes open reminders without doing them.",
        R"({"indices": [1]})",
        indices_schema("The indices that recall_reminders shows.")},
       delete_reminder},
  };
}

}  // namespace simulate
