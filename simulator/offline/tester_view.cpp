#include "simulator/offline/tester_view.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "simulator/base/hash.h"
#include "simulator/base/sentences.h"
#include "simulator/base/text.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

using From = TextMessage::From;

std::vector<std::string> own_messages(const std::vector<TextMessage>& texts) {
  std::vector<std::string> own;
  for (const TextMessage& message : texts) {
    if (message.from == From::assistant) own.push_back(message.content);
  }
  return own;
}

// What Ada said last; the first user message only opens the stage.
std::string last_answer(const Json& scene,
                        const std::vector<TextMessage>& texts) {
  size_t unheard = scene.contains("correction") ? 2 : 0;
  if (texts.size() < 3 + unheard) return "";
  const TextMessage& last = texts[texts.size() - unheard - 1];
  return last.from == From::user ? last.content : "";
}

std::string last_question(const std::string& text) {
  std::string question;
  for (const std::string& sentence : sentences_of(text)) {
    if (sentence.back() == '?') question = sentence;
  }
  return question;
}

bool has_few_words(const std::string& speaking, const std::string& style) {
  static const RE2 brief("(?i)terse|very short|one line|fragment");
  return RE2::PartialMatch(speaking, brief) || contains(style, "brief");
}

}  // namespace

TesterView::TesterView(const ChatRequest& request,
                       const std::vector<TextMessage>& texts)
    : scene(request.scene),
      story(scene),
      said(own_messages(texts)),
      heard(last_answer(scene, texts)),
      question(last_question(heard)),
      topic(string_at(scene, "topic")),
      style(string_at(scene, "style")),
      pending(story.facts()),
      session(count_in(scene, "session", 1)),
      turn(static_cast<int>(said.size()) + 1 -
           (scene.contains("correction") ? 1 : 0)),
      turns(count_in(scene, "turns", 3)) {
  name = string_at(scene, "persona.name");
  speaking = string_at(scene, "persona.speaking");
  brief = has_few_words(speaking, style);
  std::erase_if(pending, [this](const auto& fact) { return told(fact); });
}

bool TesterView::told(const std::string& fact) const {
  return has_said(inside_sentence(fact));
}

bool TesterView::has_said(const std::string& part) const {
  return std::any_of(said.begin(), said.end(), [&](const std::string& m) {
    return contains(lowered(m), lowered(part));
  });
}

std::string TesterView::cased(const std::string& text) const {
  return contains(lowered(speaking), "lower case") ? lowered(text) : text;
}

uint64_t TesterView::stage() const {
  std::string text;
  for (const char* name : {"persona.name", "topic", "past", "date"}) {
    text += string_at(scene, name);
  }
  return quick_hash(text);
}

bool TesterView::certain_fact_waits() const {
  return !pending.empty() && pending.front() == story.facts().front();
}

bool TesterView::is_on_topic() const {
  return !pending.empty() && shared_words(pending.front(), topic) > 0;
}

bool TesterView::is_quiz(const std::string& message) const {
  static const RE2 quiz(
      "(?i)do you .*(?:remember|know)|what do you .*know|"
      "what did i|still remember|you .*remember|still "
      "have it");
  const std::string& hint = story.hint();
  return !hint.empty() && contains(message, cased(hint)) &&
         RE2::PartialMatch(message, quiz);
}

bool TesterView::was_pushing() const {
  return said.size() > 1 && is_quiz(said[said.size() - 2]);
}

// Ada knows when words of the fact come back that the question did not hold.
bool TesterView::was_right() const {
  std::set<std::string> words = content_words(story.about());
  for (const std::string& word : content_words(story.hint())) words.erase(word);
  std::set<std::string> back = content_words(heard);
  auto known = std::count_if(words.begin(), words.end(),
                             [&](const auto& w) { return back.count(w); });
  return known >= 2 || (known == 1 && words.size() < 3);
}

bool TesterView::asked_opinion() const {
  return has_said("do you think about") || has_said("would you do") ||
         has_said("do you see") || has_said("making too much");
}

bool TesterView::offers(const std::string& tool) const {
  std::vector<std::string> known = split(string_at(scene, "abilities"), ',');
  return std::any_of(known.begin(), known.end(), [&](const auto& ability) {
    return trimmed(ability) == tool;
  });
}

std::vector<std::string> TesterView::strange_tools() const {
  static const RE2 known(
      "(?:add|recall|search|update|delete|complete) (?:memory|memories|"
      "diary|reminders?)|check watch|(?:add to|show|take off) shopping list|"
      "\\(.*\\)|");
  std::vector<std::string> strange;
  for (const std::string& text : split(string_at(scene, "abilities"), ',')) {
    std::string ability(trimmed(text));
    if (!RE2::FullMatch(ability, known)) strange.push_back(std::move(ability));
  }
  return strange;
}

bool TesterView::fact_fits_question() const {
  return std::any_of(pending.begin(), pending.end(), [this](const auto& fact) {
    return shared_words(fact, question) > 0;
  });
}

}  // namespace simulate::offline
