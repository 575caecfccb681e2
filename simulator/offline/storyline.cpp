#include "simulator/offline/storyline.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

std::vector<std::string> texts_at(const Json& object, const char* key) {
  std::vector<std::string> texts;
  auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return texts;
  for (const Json& item : *found) {
    if (item.is_string()) texts.push_back(item.get<std::string>());
  }
  return texts;
}

// Topics go round through a storyline, so today's tells the earlier ones. A
// topic from elsewhere gives none, in every session alike.
std::string topic_in(const std::vector<std::string>& topics,
                     const std::string& today, int back) {
  auto found = std::find(topics.begin(), topics.end(), today);
  if (found == topics.end()) return "";
  auto count = static_cast<int>(topics.size());
  int at = static_cast<int>(found - topics.begin()) - back % count;
  return topics[static_cast<size_t>((at + count) % count)];
}

void shuffle(std::vector<std::string>& items, Random& random) {
  for (size_t i = items.size(); i > 1; --i) {
    std::swap(items[i - 1], items[random.below(i)]);
  }
}

// The topic under which a fact was told names it best, if they share enough;
// else "My late brother
// Eamon left me ..." is about "my late brother".
std::string hint_of(const std::string& fact, const std::string& topic) {
  static const RE2 named(
      R"(^My ((?:[\p{Ll}-]+ )?[\p{Ll}-]+)(?:,? \p{Lu}| (?:is|was|has)\b))");
  static const RE2 one(R"(^My ([\p{Ll}-]+) )");
  size_t shared = shared_words(fact, topic);
  if (shared > 0 && 2 * shared >= content_words(topic).size()) return topic;
  std::string hint;
  if (!RE2::PartialMatch(fact, named, &hint) &&
      !RE2::PartialMatch(fact, one, &hint)) {
    return "";
  }
  return "my " + hint;
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

}  // namespace

Storyline::Storyline(const Json& scene)
    : seed_(scene.value("storyline_seed", uint64_t{0})),
      session_(scene.value("session", 1)) {
  Json persona = scene.value("persona", Json::object());
  seed_ = seed_for(seed_, string_at(persona, "name"));
  deal(persona, string_at(scene, "topic"));
  choose_unwanted();
  choose_quiz();
  Random random(seed_for(seed_, "reminder " + std::to_string(session_)));
  asks_for_reminder_ = random.chance(session_ == 1 ? 0.5 : 0.25);
}

void Storyline::deal(const Json& persona, const std::string& topic) {
  std::vector<std::string> pool = texts_at(persona, "facts");
  std::vector<std::string> topics = texts_at(persona, "topics");
  Random random(seed_for(seed_, "facts"));
  shuffle(pool, random);
  for (int session = 1; session <= session_; ++session) {
    auto count = static_cast<size_t>(random.between(2, 4));
    std::string then = topic_in(topics, topic, session_ - session);
    facts_ = taken(pool, count, then);
    if (session < session_ && !facts_.empty()) {
      earlier_.push_back({facts_.front(), hint_of(facts_.front(), then)});
    }
  }
}

void Storyline::choose_unwanted() {
  Random random(seed_for(seed_, "unwanted"));
  bool wanted = random.chance(0.35);
  int when = random.between(2, 3);
  size_t which = random.below(static_cast<uint64_t>(when) - 1);
  if (!wanted || session_ < when || which >= earlier_.size()) return;
  auto at = earlier_.begin() + static_cast<long>(which);
  if (at->hint.empty()) return;
  if (session_ == when) unwanted_ = *at;
  *at = {};  // it is asked about in no later session
}

void Storyline::choose_quiz() {
  std::vector<Told> fresh;  // told, and not asked about yet
  for (size_t past = 0; past < earlier_.size(); ++past) {
    Random random(seed_for(seed_, "quiz " + std::to_string(past)));
    if (!earlier_[past].hint.empty()) fresh.push_back(earlier_[past]);
    bool wanted = random.chance(0.7) && !fresh.empty();
    size_t chosen = wanted ? random.below(fresh.size()) : 0;
    quiz_ = wanted ? fresh[chosen] : Told();
    if (wanted) fresh.erase(fresh.begin() + static_cast<long>(chosen));
  }
}

}  // namespace simulate::offline
