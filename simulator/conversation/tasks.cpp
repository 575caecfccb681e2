#include "simulator/conversation/tasks.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "simulator/base/error.h"
#include "simulator/base/fields.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr size_t kMostBytes = 64 << 20;  // of the file
constexpr size_t kMostTasks = 5'000;     // of which JSON can be read again

std::string numbered(size_t line) {
  char name[32];
  std::snprintf(name, sizeof name, "task_%04zu", line);
  return name;
}

// In the words of a situation.
Situation task_from(const Json& value, const std::string& where, size_t line) {
  Fields fields(value, where);
  Json situation = {{"share", 1}, {"task", true}};
  std::string name = one_line(fields.text("id"));
  const std::pair<const char*, const char*> texts[] = {{"opening", "opening"},
                                                       {"goal", "tester"},
                                                       {"expect", "expect"},
                                                       {"persona", "persona"}};
  for (const auto& [field, of_situation] : texts) {
    situation[of_situation] = fields.text(field);
  }
  std::vector<std::string> messages = fields.texts("messages");
  auto turns = fields.number("turns", 1, kMostTurns);
  fields.refuse_others();
  if (messages.empty() && fields.text("goal").empty()) {
    fields.refuse(
        "needs a \"goal\", which the tester is told, or \"messages\", all "
        "that the person says");
  }
  if (!messages.empty() && turns) {
    fields.refuse("has \"messages\", which say how many \"turns\" there are");
  }
  situation["says"] = messages;
  if (turns)
    situation["turns"] = {static_cast<int>(*turns), static_cast<int>(*turns)};
  return situation_from(situation, name.empty() ? numbered(line) : name, where);
}

}  // namespace

Situations load_tasks(const fs::path& file, std::vector<Axis> axes) {
  std::vector<Situation> tasks;
  std::set<std::string> names;
  size_t line = 0;
  for (const std::string& text : split(read_file(file, kMostBytes), '\n')) {
    ++line;
    if (trimmed(text).empty()) continue;
    std::string where =
        "task '" + file.filename().string() + ":" + std::to_string(line) + "'";
    std::optional<Json> value = parse_json(text);
    if (!value) throw BadUsage(where + ": is not JSON");
    tasks.push_back(task_from(*value, where, line));
    if (!names.insert(tasks.back().name).second) {
      throw BadUsage(where + ": two tasks are called \"" +
                     quotable(tasks.back().name) + "\"");
    }
  }
  if (tasks.size() > kMostTasks) {
    throw BadUsage(file.string() + " has " + std::to_string(tasks.size()) +
                   " tasks; a run takes at most " + std::to_string(kMostTasks) +
                   ", so give it a part of them");
  }
  if (tasks.empty()) {
    throw BadUsage("there is no task in " + file.string() +
                   "; put a line of JSON there for each");
  }
  return situations_of(std::move(tasks), std::move(axes));
}

std::vector<std::string> people_of(const Situations& tasks) {
  std::vector<std::string> people;
  for (const Situation& task : tasks.all) {
    if (task.persona.empty()) return {};
    people.push_back(task.persona);
  }
  return people;
}

}  // namespace simulate
