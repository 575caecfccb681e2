#include "simulator/offline/storyline.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

#include "simulator/base/hash.h"
#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

// The person's own words of the past, in lower case.
std::vector<std::string> own_words_in(const std::string& past) {
  constexpr std::string_view kOwn = "You: ";
  std::vector<std::string> words;
  for (const std::string& line : split(past, '\n')) {
    if (line.starts_with(kOwn))
      words.push_back(lowered(line.substr(kOwn.size())));
  }
  return words;
}

// "My late brother Eamon left me ..." is about "my late brother".
std::string hint_of(const std::string& fact) {
  static const RE2 named(
      R"(^My ((?:[\p{Ll}-]+ )?[\p{Ll}-]+)(?:,? \p{Lu}| (?:is|was|has)\b))");
  static const RE2 one(
      R"(^My ((?:(?:best|late|left|right|old|new|first|oldest|youngest) )?)"
      R"([\p{Ll}-]+) )");
  std::string hint;
  if (!RE2::PartialMatch(fact, named, &hint) &&
      !RE2::PartialMatch(fact, one, &hint)) {
    return "";
  }
  return content_words(hint).empty() ? "" : "my " + hint;
}

size_t fitness(const std::string& fact, const std::string& topic) {
  return 4 * shared_words(fact, topic) + (fact.starts_with("My ") ? 1 : 0);
}

// Takes the `count` facts that fit the topic best out of `pool`.
std::vector<std::string> taken(std::vector<std::string>& pool, size_t count,
                               const std::string& topic) {
  std::vector<size_t> scores;
  for (const std::string& fact : pool) scores.push_back(fitness(fact, topic));
  std::vector<std::string> share;
  while (share.size() < count && !pool.empty()) {
    auto best = std::max_element(scores.begin(), scores.end());
    auto at = pool.begin() + (best - scores.begin());
    share.push_back(std::move(*at));
    pool.erase(at);
    scores.erase(best);
  }
  return share;
}

// The lines of a list in a prompt, without their dashes.
std::vector<std::string> listed_in(const std::string& text) {
  std::vector<std::string> items;
  for (const std::string& line : split(text, '\n')) {
    if (line.starts_with("- ") && !line.starts_with("- (")) {
      items.push_back(line.substr(2));
    }
  }
  return items;
}

// A word that says what a sentence is about: its longest.
std::string key_word(const std::string& text) {
  static const RE2 word(R"(([\p{L}\p{N}'-]+))");
  re2::StringPiece rest(text);
  std::string found;
  std::string longest;
  while (RE2::FindAndConsume(&rest, word, &found)) {
    bool says_much = !content_words(found).empty();
    if (says_much && found.size() > longest.size()) longest = found;
  }
  return longest;
}

// In these moments something of the person's life is told.
bool tells_facts(const std::string& moment) {
  return moment.empty() || moment == "store_fact" || moment == "tool_fails" ||
         moment == "ordinary";
}

}  // namespace

int count_in(const Json& scene, const char* key, int otherwise) {
  std::string text = string_at(scene, key);
  int number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Storyline::Storyline(const Json& scene)
    : said_(own_words_in(string_at(scene, "past"))),
      news_(listed_in(string_at(scene, "news"))) {
  for (std::string& line : news_)
    line = line.substr(0, line.find(" (Before: "));
  // All that stays the same from the first message to the last.
  std::string stage;
  for (const char* name : {"persona.name", "topic", "style", "mood", "opening",
                           "session", "turns", "past", "situation"}) {
    stage += string_at(scene, name) + '\n';
  }
  seed_ = quick_hash(stage);
  read_moment(scene);
  if (tells_facts(moment_)) deal(scene);
}

bool Storyline::is_news(const std::string& fact) const {
  return std::find(news_.begin(), news_.end(), fact) != news_.end();
}

bool Storyline::said_before(const std::string& part) const {
  return std::any_of(said_.begin(), said_.end(), [&](const std::string& line) {
    return contains(line, lowered(part));
  });
}

void Storyline::deal(const Json& scene) {
  std::vector<std::string> pool;
  for (std::string& fact : listed_in(string_at(scene, "persona.facts"))) {
    if (!said_before(inside_sentence(fact))) pool.push_back(std::move(fact));
  }
  Random random(seed_for(seed_, "facts"));
  shuffle(pool, random);
  auto count = static_cast<size_t>(random.between(2, 4));
  facts_ = news_;
  for (std::string& fact : taken(pool, count, string_at(scene, "topic"))) {
    facts_.push_back(std::move(fact));
  }
}

// "recall found. In an earlier talk you told Ada ...: "Their cat ..."."
void Storyline::read_moment(const Json& scene) {
  static const RE2 quoted(R"re((?s)"(.*?)")re");
  std::string text = string_at(scene, "situation");
  moment_ = replaced(text.substr(0, text.find('.')), " ", "_");
  std::string noted;
  if (!RE2::PartialMatch(text, quoted, &noted)) return;
  about_ = noted;
  size_t most = 1;
  for (const std::string& fact : listed_in(string_at(scene, "persona.facts"))) {
    size_t shared = shared_words(fact, noted);
    if (shared <= most) continue;
    most = shared;
    about_ = fact;
  }
  hint_ = hint_of(about_);
  if (hint_.empty()) hint_ = "the " + key_word(about_) + " thing";
}

}  // namespace simulate::offline
