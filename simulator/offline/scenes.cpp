#include "simulator/offline/scenes.h"

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate::offline {

namespace {

const RE2& blank() {
  static const RE2 pattern(R"(\{([a-z_]+)\})");
  return pattern;
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : to_text(value);
}

PhraseGroups just_hello() {
  std::vector<PhraseGroups::Group> groups;
  groups.emplace_back("other", Phrases{"[Hello|Hi]."});
  return PhraseGroups(std::move(groups));
}

// These every person knows without looking.
bool is_own(const std::string& name) {
  return name == "name" || name == "first_name";
}

}  // namespace

std::optional<std::string> filled(const std::string& text,
                                  const Values& values) {
  std::string result;
  re2::StringPiece rest(text);
  const char* copied = text.data();
  std::string name;
  while (RE2::FindAndConsume(&rest, blank(), &name)) {
    auto value = values.find(name);
    if (value == values.end()) return std::nullopt;
    result.append(copied, rest.data() - name.size() - 2);  // { and }
    result += text_of(*value);
    copied = rest.data();
  }
  return result.append(copied, text.data() + text.size());
}

bool SceneCase::holds(const Values& values) const {
  for (const auto& [name, wanted] : when.items()) {
    const Json is = values.value(name, Json());
    bool one_of = wanted.is_array() &&
                  std::find(wanted.begin(), wanted.end(), is) != wanted.end();
    if (!one_of && is != wanted) return false;
  }
  return true;
}

SceneReply SceneLine::reply_given(const Values& values) const {
  for (const SceneCase& one : cases) {
    if (!one.holds(values)) continue;
    SceneReply chosen = one.reply;
    chosen.calls.insert(chosen.calls.begin(), reply.calls.begin(),
                        reply.calls.end());
    return chosen;
  }
  return reply;
}

Scenes::Scenes(std::string name, std::string_view text)
    : PhraseFile(std::move(name), text, {"name", "first_name"}),
      blanks_(read_blanks()),
      all_(read_all()),
      greetings_(has("greetings") ? groups("greetings") : just_hello()),
      asides_(has("asides") ? read_lines("asides", take("asides"))
                            : SceneLines()),
      goodbyes_(has("goodbyes") ? read_lines("goodbyes", take("goodbyes"))
                                : SceneLines()) {
  expect_nothing_left();
}

std::map<std::string, std::string> Scenes::read_blanks() {
  std::map<std::string, std::string> blanks;
  if (!has("blanks")) return blanks;
  for (const auto& [name, pattern] : pairs("blanks")) {
    RE2 compiled(pattern, RE2::Quiet);
    if (!compiled.ok() || compiled.NumberOfCapturingGroups() != 1) {
      fail("blanks: " + name, "it must be a pattern with one group");
    }
    blanks[name] = pattern;
  }
  return blanks;
}

std::map<std::string, std::vector<SceneLines>> Scenes::read_all() {
  const Json found = take("scenes");
  if (!found.is_object()) fail("scenes", "it must hold lists of scenes");
  std::map<std::string, std::vector<SceneLines>> scenes;
  for (const auto& [situation, list] : found.items()) {
    for (const Json& scene : list) {
      std::string where =
          situation + " " + std::to_string(scenes[situation].size() + 1);
      if (!scene.is_object()) fail(where, "it needs \"lines\"");
      const Json lines = scene.value("lines", Json());
      scenes[situation].push_back(read_lines(where, lines));
    }
  }
  return scenes;
}

SceneLines Scenes::read_lines(const std::string& where,
                              const Json& list) const {
  if (!list.is_array() || list.empty()) fail(where, "it needs lines");
  SceneLines lines;
  for (const Json& line : list) lines.push_back(read_line(where, line));
  return lines;
}

SceneLine Scenes::read_line(const std::string& where, const Json& value) const {
  if (!value.is_object()) fail(where, "a line must hold say and answer");
  SceneLine line;
  line.say = string_at(value, "say");
  line.key = lowered(line.say);
  if (line.say.empty()) fail(where, "a line needs \"say\"");
  line.reply = read_reply(where, value);
  for (const Json& one : value.value("cases", Json::array())) {
    if (!one.is_object() || !one.value("when", Json()).is_object()) {
      fail(where, "a case needs \"when\", an object");
    }
    line.cases.push_back({one["when"], read_reply(where, one)});
  }
  make_pattern(where, line);
  return line;
}

SceneReply Scenes::read_reply(const std::string& where,
                              const Json& value) const {
  SceneReply reply;
  reply.thought = string_at(value, "thought");
  reply.answer = string_at(value, "answer");
  if (reply.thought.empty() || reply.answer.empty()) {
    fail(where, "a line needs \"say\", \"thought\" and \"answer\"");
  }
  check_choices(where + ": thought", reply.thought);
  check_choices(where + ": answer", reply.answer);
  for (const Json& call : value.value("calls", Json::array())) {
    reply.calls.push_back({string_at(call, "name"),
                           call.value("arguments", Json::object()),
                           string_at(call, "thought")});
    check_choices(where + ": thought", reply.calls.back().thought);
  }
  return reply;
}

// "My order is {number}." is recognised whatever the number is.
void Scenes::make_pattern(const std::string& where, SceneLine& line) const {
  std::string pattern = "(?is)";
  re2::StringPiece rest(line.say);
  const char* copied = line.say.data();
  std::string name;
  while (RE2::FindAndConsume(&rest, blank(), &name)) {
    if (!blanks_.contains(name) && !is_own(name)) {
      fail(where, "\"blanks\" has no \"" + name + "\": " + line.say);
    }
    const char* begin = rest.data() - name.size() - 2;  // { and }
    pattern += RE2::QuoteMeta({copied, static_cast<size_t>(begin - copied)});
    pattern += "(.+?)";
    copied = rest.data();
    line.blanks.push_back(name);
  }
  if (line.blanks.empty()) return;
  if (line.say.starts_with("{")) {
    fail(where, "a line must not begin with a blank: " + line.say);
  }
  const char* end = line.say.data() + line.say.size();
  pattern += RE2::QuoteMeta({copied, static_cast<size_t>(end - copied)}) + "$";
  line.pattern = std::make_unique<RE2>(pattern);
}

const std::vector<SceneLines>* Scenes::of(const std::string& situation) const {
  auto found = all_.find(situation);
  return found == all_.end() ? nullptr : &found->second;
}

namespace {

std::optional<Values> told_by(const SceneLine& line, const std::string& said,
                              const std::string& low) {
  if (!line.pattern) {
    if (!contains(low, line.key)) return std::nullopt;
    return Json::object();
  }
  std::vector<std::string> found(line.blanks.size());
  std::vector<RE2::Arg> arguments;
  for (std::string& text : found) arguments.emplace_back(&text);
  std::vector<const RE2::Arg*> pointers;
  for (const RE2::Arg& argument : arguments) pointers.push_back(&argument);
  bool matches = RE2::PartialMatchN(said, *line.pattern, pointers.data(),
                                    static_cast<int>(pointers.size()));
  if (!matches) return std::nullopt;
  Values told = Json::object();
  for (size_t i = 0; i < found.size(); ++i) told[line.blanks[i]] = found[i];
  return told;
}

// The longest one: a short line may stand in another.
void look_among(const SceneLines& lines, const std::string& said,
                const std::string& low, HeardLine& best) {
  for (const SceneLine& line : lines) {
    if (best.line && line.say.size() <= best.line->say.size()) continue;
    std::optional<Values> told = told_by(line, said, low);
    if (told) best = {&line, std::move(*told)};
  }
}

}  // namespace

HeardLine Scenes::line_in(const std::string& said) const {
  std::string low = lowered(said);
  HeardLine best;
  for (const auto& [situation, scenes] : all_) {
    for (const SceneLines& scene : scenes) look_among(scene, said, low, best);
  }
  look_among(asides_, said, low, best);
  look_among(goodbyes_, said, low, best);
  return best;
}

Values Scenes::values_in(const std::vector<std::string>& texts) const {
  Values values = Json::object();
  for (const auto& [name, pattern] : blanks_) {
    RE2 wanted(pattern);
    std::string value;
    for (const std::string& text : texts) {
      if (!RE2::PartialMatch(text, wanted, &value)) continue;
      values[name] = value;
      break;
    }
  }
  return values;
}

}  // namespace simulate::offline
