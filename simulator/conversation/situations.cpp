#include "simulator/conversation/situations.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/fields.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/text.h"
#include "simulator/conversation/prompts.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr const char* kAxesFile = "axes.json";

std::string named(const std::string& situation) {
  return "situation '" + quotable(situation) + "'";
}

AxisValue axis_value_from(const Json& value, const std::string& where) {
  Fields fields(value, where);
  AxisValue result;
  result.value = one_line(fields.text("value"));
  result.share = fields.number("share", 0, 1'000'000).value_or(0);
  auto [first, last] =
      fields.range("sessions", {1, kMostSessions}, kMostSessions);
  result.sessions = {first, last};
  result.brief = fields.flag("brief");
  fields.refuse_others();
  if (result.value.empty()) fields.refuse("field \"value\" is missing");
  return result;
}

std::vector<Axis> axes_from(const Json& value) {
  Fields fields(value, kAxesFile);
  std::vector<Axis> axes;
  for (const std::string& name : axis_names()) {
    Axis& axis = axes.emplace_back();
    axis.name = name;
    std::string where = std::string(kAxesFile) + ", \"" + name + "\"";
    for (const Json& one : fields.list(name)) {
      axis.values.push_back(axis_value_from(one, where));
    }
  }
  fields.refuse_others();
  return axes;
}

Json axes_json(const std::vector<Axis>& axes) {
  Json value = Json::object();
  for (const Axis& axis : axes) {
    Json list = Json::array();
    for (const AxisValue& one : axis.values) {
      list.push_back({{"value", one.value},
                      {"share", one.share},
                      {"sessions", {one.sessions.fewest, one.sessions.most}}});
      if (one.brief) list.back()["brief"] = true;
    }
    value[axis.name] = std::move(list);
  }
  return value;
}

std::string text_of(const Situations& situations) {
  Json::object_t all;
  for (const Situation& one : situations.all) {
    all.push_back({one.name, one.to_json()});
  }
  return to_text({{"situations", all}, {"axes", axes_json(situations.axes)}});
}

Json read_json(const fs::path& path) {
  std::string text = read_file(path, kMostWritten);
  std::optional<Json> value = parse_json(text);
  if (value) return std::move(*value);
  throw BadUsage(path.string() + " is not JSON; " + json_trouble(text));
}

void refuse_unknown(const Situations& among, const Situation& one,
                    const std::string& field, const std::string& name) {
  if (among.find(name)) return;
  std::vector<std::string> known;
  for (const Situation& other : among.all) known.push_back(other.name);
  std::string guess = nearest(name, known);
  throw BadUsage(named(one.name) + ": \"" + field + "\" names \"" +
                 quotable(name) + "\", which there is no file for" +
                 (guess.empty() ? "" : "; did you mean \"" + guess + "\"?"));
}

// Whatever came before and is remembered, one of these can be played.
bool is_always_possible(const Situation& one) {
  return one.share > 0 && one.tools.empty() && one.facts == 0 &&
         one.after.empty() && one.about.empty() && one.persona.empty() &&
         !one.days_apart && one.sessions.fewest == 1 &&
         one.sessions.most == kMostSessions &&
         (one.turns == CountRange{1, kMostTurns} || !one.says.empty());
}

void check(const Situations& situations) {
  for (const Situation& one : situations.all) {
    check_tester_text(named(one.name), one.tester);
    for (const std::string& before : one.after) {
      refuse_unknown(situations, one, "after", before);
    }
    if (one.otherwise.empty()) continue;
    refuse_unknown(situations, one, "otherwise", one.otherwise);
    const Situation& other = *situations.find(one.otherwise);
    for (const std::string& group : other.tools) {
      if (std::count(one.tools.begin(), one.tools.end(), group)) continue;
      throw BadUsage(named(one.name) + ": \"otherwise\" names '" +
                     one.otherwise + "', which needs the tools \"" + group +
                     "\": \"tools\" must have them, too");
    }
    if (other.facts > one.facts) {
      throw BadUsage(
          named(one.name) + ": \"otherwise\" names '" + one.otherwise +
          "', which needs a person with facts: " + "\"facts\" must be " +
          std::to_string(other.facts) + ", too");
    }
    if (other.about.empty()) continue;
    throw BadUsage(named(one.name) + ": \"otherwise\" must name one that is " +
                   "always possible, and '" + one.otherwise +
                   "' has an \"about\" of its own");
  }
}

void refuse_if_none_is_always_possible(const Situations& situations) {
  if (std::none_of(situations.all.begin(), situations.all.end(),
                   is_always_possible)) {
    throw BadUsage(
        "of the situations none can be played at any time; at least one needs "
        "a share and none of tools, facts, after, about, persona, days_apart, "
        "sessions, turns");
  }
}

}  // namespace

const Situation* Situations::find(const std::string& name) const {
  for (const Situation& one : all) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

const std::vector<std::string>& axis_names() {
  static const std::vector<std::string> names = {"mood", "style", "typing",
                                                 "opening", "purpose"};
  return names;
}

Situations situations_of(std::vector<Situation> all, std::vector<Axis> axes) {
  Situations result{std::move(all), std::move(axes), "", ""};
  check(result);
  result.text = text_of(result);
  result.hash = content_hash(result.text);
  return result;
}

Situations load_situations(const fs::path& folder) {
  std::error_code none;
  if (!fs::is_directory(folder, none)) {
    throw BadUsage("there is no folder of situations at " + folder.string() +
                   "; give --situations one with a .json file for each");
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Situation> all;
  Json axes = Json::object();
  for (const fs::path& file : files) {
    if (file.filename() == kAxesFile) {
      axes = read_json(file);
      continue;
    }
    std::string name = file.stem().string();
    all.push_back(situation_from(read_json(file), name, named(name)));
  }
  Situations result = situations_of(std::move(all), axes_from(axes));
  refuse_if_none_is_always_possible(result);
  return result;
}

Situations situations_from(const std::string& text) {
  Situations result;
  if (text.empty()) return result;
  const Json whole = parse_json(text).value_or(Json());
  Fields fields(whole, "the situations of the run");
  const Json all = whole.value("situations", Json::object());
  for (const auto& [name, one] : all.items()) {
    result.all.push_back(situation_from(one, name, named(name)));
  }
  result.axes = axes_from(whole.value("axes", Json::object()));
  result.text = text;
  result.hash = content_hash(text);
  return result;
}

}  // namespace simulate
