#include "simulator/offline/phrasebook.h"

#include <map>

#include "simulator/base/text.h"
#include "simulator/offline/phrase_texts.h"

namespace simulate::offline {

AssistantWords::AssistantWords(std::string_view text)
    : PhraseFile("assistant_words", text,
                 {"clock", "due", "fact", "memory", "outcome", "reminder",
                  "subject", "things", "tool", "topic", "what"}) {
  expect_nothing_left();
}

AssistantThoughts::AssistantThoughts(std::string_view text)
    : PhraseFile("assistant_thoughts", text,
                 {"date", "due", "fact", "index", "subject", "things", "tool",
                  "topic"}) {
  expect_nothing_left();
}

TesterWords::TesterWords(std::string_view text)
    : PhraseFile("tester_words", text,
                 {"detail", "fact", "hint", "inside", "name", "task", "thing",
                  "things", "tool", "topic", "weekday", "when"}) {
  expect_nothing_left();
}

Exchanges::Exchanges(std::string_view text)
    : PhraseFile("exchanges", text, {"topic"}) {
  expect_nothing_left();
}

std::vector<Exchange> Exchanges::read_all() {
  const Json found = take("exchanges");
  if (!found.is_array()) fail("exchanges", "it must be a list");
  std::vector<Exchange> exchanges;
  for (const Json& value : found) {
    std::string number = std::to_string(exchanges.size() + 1);
    exchanges.push_back(read("exchanges " + number, value));
    expect_whole("exchanges " + number, exchanges.back());
  }
  return exchanges;
}

Exchange Exchanges::read(const std::string& where, const Json& value) const {
  static const std::map<std::string, std::string Exchange::*> parts = {
      {"question", &Exchange::question},
      {"key", &Exchange::key},
      {"answer", &Exchange::answer},
      {"comeback", &Exchange::comeback}};
  if (!value.is_object()) fail(where, "it must hold key, answer and comeback");
  Exchange exchange;
  std::string matter = string_at(value, "matter", "other");
  auto known = matter_named(matter);
  if (!known) fail(where, "no subject is named \"" + matter + "\"");
  exchange.matter = *known;
  for (const auto& [key, text] : value.items()) {
    if (key == "matter") continue;
    auto part = parts.find(key);
    if (part == parts.end()) fail(where, "nothing is named \"" + key + "\"");
    if (!text.is_string()) fail(where, "\"" + key + "\" must be a text");
    exchange.*part->second = text.get<std::string>();
    check_phrase(where + ": " + key, exchange.*part->second);
  }
  return exchange;
}

// A question that its own key does not find would never be answered.
void Exchanges::expect_whole(const std::string& where,
                             const Exchange& exchange) const {
  if (exchange.key.empty() || exchange.answer.empty() ||
      exchange.comeback.empty()) {
    fail(where, "it needs a key, an answer and a comeback");
  }
  if (exchange.question.empty()) return;
  if (contains(lowered(exchange.question), exchange.key)) return;
  fail(where, "the question does not hold its key in lower case");
}

const Exchange* Exchanges::opened_in(std::string_view text) const {
  for (const Exchange& exchange : all) {
    if (contains(text, exchange.key)) return &exchange;
  }
  return nullptr;
}

Scenes::Scenes(std::string_view text) : PhraseFile("scenes", text, {}) {
  expect_nothing_left();
}

std::map<std::string, std::vector<Scene>> Scenes::read_all() {
  const Json found = take("scenes");
  if (!found.is_object()) fail("scenes", "it must hold lists of scenes");
  std::map<std::string, std::vector<Scene>> scenes;
  for (const auto& [situation, list] : found.items()) {
    for (const Json& scene : list) {
      std::string number = std::to_string(scenes[situation].size() + 1);
      scenes[situation].push_back(read_scene(situation + " " + number, scene));
    }
  }
  return scenes;
}

Scene Scenes::read_scene(const std::string& where, const Json& value) const {
  const Json lines =
      value.is_object() ? value.value("lines", Json::array()) : Json::array();
  if (lines.empty()) fail(where, "it needs \"lines\"");
  Scene scene;
  for (const Json& line : lines) scene.push_back(read_line(where, line));
  return scene;
}

SceneLine Scenes::read_line(const std::string& where, const Json& value) const {
  if (!value.is_object()) fail(where, "a line must hold say and answer");
  SceneLine line;
  line.say = string_at(value, "say");
  line.key = lowered(line.say);
  line.thought = string_at(value, "thought");
  line.answer = string_at(value, "answer");
  if (line.say.empty() || line.thought.empty() || line.answer.empty()) {
    fail(where, "a line needs \"say\", \"thought\" and \"answer\"");
  }
  check_phrase(where + ": thought", line.thought);
  check_phrase(where + ": answer", line.answer);
  for (const Json& call : value.value("calls", Json::array())) {
    line.calls.push_back({string_at(call, "name"),
                          call.value("arguments", Json::object()),
                          string_at(call, "thought")});
    check_phrase(where + ": thought", line.calls.back().thought);
  }
  return line;
}

const std::vector<Scene>* Scenes::of(const std::string& situation) const {
  auto found = all.find(situation);
  return found == all.end() ? nullptr : &found->second;
}

const SceneLine* Scenes::line_in(const std::string& said) const {
  std::string low = lowered(said);
  for (const auto& [situation, scenes] : all) {
    for (const Scene& scene : scenes) {
      for (const SceneLine& line : scene) {
        if (contains(low, line.key)) return &line;
      }
    }
  }
  return nullptr;
}

RewriterWords::RewriterWords(std::string_view text)
    : PhraseFile("rewriter_words", text, {}) {
  expect_nothing_left();
}

std::vector<Rewording> RewriterWords::read_rewordings() {
  std::vector<Rewording> rewordings;
  for (auto& [from, to] : pairs("rewordings")) {
    auto pattern = std::make_unique<RE2>(from, RE2::Quiet);
    if (!pattern->ok()) fail("rewordings", "no pattern: " + from);
    rewordings.push_back({std::move(pattern), std::move(to)});
  }
  return rewordings;
}

const Phrasebook& phrasebook() {
  static const Phrasebook once{
      AssistantWords(phrase_text("assistant_words")),
      AssistantThoughts(phrase_text("assistant_thoughts")),
      TesterWords(phrase_text("tester_words")),
      Exchanges(phrase_text("exchanges")),
      Scenes(phrase_text("scenes")),
      RewriterWords(phrase_text("rewriter_words"))};
  return once;
}

}  // namespace simulate::offline
