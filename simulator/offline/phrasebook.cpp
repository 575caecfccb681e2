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
      Scenes("scenes", phrase_text("scenes")),
      RewriterWords(phrase_text("rewriter_words"))};
  return once;
}

}  // namespace simulate::offline
