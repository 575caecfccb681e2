#include "simulator/guards/assertions.h"

#include <algorithm>
#include <set>

#include "simulator/base/text.h"
#include "simulator/guards/thought_faults.h"

namespace simulate::guards {

namespace {

enum class Progress { open, done, planned };

// A clause with what it asserts of its words.
struct Assertion {
  const Clause* clause = nullptr;
  std::vector<std::string> content;  // plain words
  std::vector<std::string> words;    // all of them
  bool is_denied = false;
  bool tells_deed = false;     // what the thinker has done
  bool is_aside = false;       // what I have ...
  bool tells_outcome = false;  // of a search: nothing is stored
  bool is_condition = false;   // if it ...
  bool is_rule = false;
  bool is_own_will = false;  // I don't want ...
  bool says_done = false;    // be it in "what I have kept"
  Progress progress = Progress::open;

  // "Her sister, not she": it denies what another clause says.
  bool is_bare_denial() const {
    return is_denied && content.empty() && clause->end - clause->begin > 1;
  }
};

Progress progress_of(const std::string& clause, const Words& language) {
  bool done = language.has("thought_done", clause) &&
              !language.has("thought_not_done", clause);
  bool planned = language.has("thought_planned", clause);
  if (done == planned) return Progress::open;
  return done ? Progress::done : Progress::planned;
}

std::vector<Assertion> assertions_in(const TextWords& read,
                                     const Words& language) {
  std::vector<Assertion> all;
  for (const Clause& clause : read.clauses) {
    Assertion one;
    one.clause = &clause;
    for (size_t i = clause.begin; i < clause.end; ++i) {
      const Word& word = read.words[i];
      bool user = language.has("thought_user", word.text);
      if (word.carries && !user) one.content.push_back(word.plain);
      one.words.push_back(word.plain);
    }
    one.is_denied = language.has("thought_negation", clause.text) &&
                    !language.has("thought_no_negation", clause.text);
    one.progress = progress_of(clause.text, language);
    one.says_done = language.has("thought_done", clause.text);
    one.tells_deed = language.has("thought_deed_done", clause.text);
    one.is_aside = language.has("thought_not_done", clause.text);
    one.tells_outcome = language.has("thought_outcome", clause.text);
    one.is_condition = language.has("thought_condition", clause.text);
    one.is_own_will = language.has("thought_own_will", clause.text);
    one.is_rule = is_rule_talk(trimmed(clause.text), language);
    all.push_back(std::move(one));
  }
  return all;
}

bool has_stem(const std::vector<std::string>& words, const std::string& word) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& other) {
    return same_stem(word, other);
  });
}

size_t shared_words(const Assertion& one, const Assertion& other) {
  return static_cast<size_t>(std::count_if(
      one.content.begin(), one.content.end(),
      [&](const std::string& word) { return has_stem(other.content, word); }));
}

// What the second of two texts makes of the assertions of the first.
class Comparison {
 public:
  Comparison(const TextWords& before, const TextWords& after,
             const Words& language)
      : language_(language),
        before_(assertions_in(before, language)),
        after_(assertions_in(after, language)) {}

  std::string fault() const {
    for (const Assertion& one : before_) {
      std::string fault = fault_of(one);
      if (!fault.empty()) return fault;
    }
    std::string claimed = claimed_deed();
    return claimed.empty() ? foreseen() : claimed;
  }

 private:
  std::string fault_of(const Assertion& one) const {
    if (one.is_bare_denial() && !keeps_denial(one)) {
      return "it no longer denies: " + shown(one);
    }
    std::vector<const Assertion*> matches = matches_of(one);
    if (matches.empty()) return "";
    bool flipped = true, moved = true;
    for (const Assertion* match : matches) {
      flipped &= is_flipped(one, *match);
      moved &= is_moved(one, *match);
    }
    std::string where = shown(one) + " / " + shown(*matches.front());
    if (flipped) return "it turns a yes or no around: " + where;
    if (moved) return "it confuses what is planned and done: " + where;
    return "";
  }

  // She has done something, and the first text tells of nothing that is done.
  std::string claimed_deed() const {
    for (const Assertion& one : before_) {
      bool known = one.tells_deed && !one.is_condition;
      if (known || one.progress == Progress::done) return "";
    }
    for (const Assertion& one : after_) {
      if (one.tells_deed && !one.is_aside && !one.is_denied) {
        return "it tells as done: " + shown(one);
      }
    }
    return "";
  }

  // The first text denies nothing, and the second knows that something is not
  // so. What she will not do, she may say in place of a rule.
  std::string foreseen() const {
    bool had_rules = false;
    for (const Assertion& one : before_) {
      if (one.is_denied || one.tells_outcome) return "";
      had_rules |= one.is_rule;
    }
    for (const Assertion& one : after_) {
      if (one.is_condition) continue;
      bool denies = one.is_denied && !one.is_own_will && !had_rules;
      if (one.tells_outcome || denies) return "it foresees: " + shown(one);
    }
    return "";
  }

  // The assertions of the second text that share most with this one; none that
  // shares too little to be the same.
  std::vector<const Assertion*> matches_of(const Assertion& one) const {
    std::vector<const Assertion*> best;
    size_t most = 1;
    for (const Assertion& other : after_) {
      size_t shared = shared_words(one, other);
      if (shared < most || !is_match(one, other, shared)) continue;
      if (shared > most) best.clear();
      most = shared;
      best.push_back(&other);
    }
    return best;
  }

  bool is_match(const Assertion& one, const Assertion& other,
                size_t shared) const {
    size_t smaller = std::min(one.content.size(), other.content.size());
    size_t larger = std::max(one.content.size(), other.content.size());
    if (shared * 2 < smaller) return false;
    if (shared > 1) return true;
    if (one.is_rule) return false;
    // One word is little, and less when it is anybody's.
    bool common = std::any_of(
        one.content.begin(), one.content.end(), [&](const std::string& word) {
          return is_anybodys(word) && has_stem(other.content, word);
        });
    bool begin_alike = smaller == 1 && larger == 2 &&
                       same_stem(one.content.front(), other.content.front());
    return begin_alike || larger <= (common ? 1 : 3);
  }

  bool is_flipped(const Assertion& one, const Assertion& now) const {
    if (one.is_denied == now.is_denied) return false;
    return !stood_elsewhere(one, now, [&](const Assertion& other) {
      return other.is_denied == now.is_denied;
    });
  }

  bool is_moved(const Assertion& one, const Assertion& now) const {
    if (one.progress == now.progress || one.progress == Progress::open ||
        now.progress == Progress::open) {
      return false;
    }
    return !stood_elsewhere(one, now, [&](const Assertion& other) {
      bool aside = now.progress == Progress::done && other.says_done;
      return other.progress == now.progress || aside;
    });
  }

  // Both have a word of what the thoughts are about that `now` has, too.
  bool share_topic(const Assertion& one, const Assertion& other,
                   const Assertion& now) const {
    return std::any_of(
        one.content.begin(), one.content.end(), [&](const std::string& word) {
          return !is_anybodys(word) && has_stem(other.content, word) &&
                 has_stem(now.content, word);
        });
  }

  // All thoughts have it, or it is a tool.
  bool is_anybodys(const std::string& word) const {
    return contains(word, "_") || language_.has("thought_reasoning", word);
  }

  // It may be another assertion that `now` says again: one that shares as much
  // with it or is about the same, or one beside it that shares something or has
  // no words of its own ("I can't do that").
  template <class Agrees>
  bool stood_elsewhere(const Assertion& one, const Assertion& now,
                       Agrees agrees) const {
    size_t shared = shared_words(one, now);
    for (const Assertion& other : before_) {
      if (&other == &one || !agrees(other)) continue;
      size_t its = shared_words(other, now);
      bool beside = &other == &one + 1 || &one == &other + 1;
      if (its >= shared || share_topic(one, other, now) ||
          (beside && (its > 0 || other.is_bare_denial()))) {
        return true;
      }
    }
    return false;
  }

  // Something is denied in the second text, and of nobody else.
  bool keeps_denial(const Assertion& one) const {
    bool denied = false, of_another = false;
    for (const Assertion& now : after_) {
      denied |= now.is_denied;
      if (!now.is_bare_denial()) continue;
      if (std::count(now.words.begin(), now.words.end(), one.words.back())) {
        return true;
      }
      of_another = true;
    }
    return denied && !of_another;
  }

  static std::string shown(const Assertion& one) {
    return shortened(trimmed(one.clause->text), 80);
  }

  const Words& language_;
  std::vector<Assertion> before_, after_;
};

// In scripts without spaces, a word may stand inside a longer one.
std::set<std::string> meanings(const TextWords& read,
                               const Words::Table& table) {
  std::set<std::string> found;
  for (const Word& word : read.words) {
    auto meaning = table.find(word.plain);
    if (meaning != table.end()) {
      found.insert(meaning->second);
    } else if (!word.plain.empty() &&
               static_cast<signed char>(word.plain.front()) < 0) {
      for (const auto& [inner, its] : table) {
        if (inner.size() >= 6 && contains(word.plain, inner)) found.insert(its);
      }
    }
  }
  return found;
}

bool is_known(const std::string& meaning, const Words::Table& table,
              const Vocabulary& known) {
  return std::any_of(table.begin(), table.end(), [&](const auto& row) {
    return row.second == meaning && known.has(row.first);
  });
}

}  // namespace

std::string turned_around(const TextWords& before, const TextWords& after,
                          const Words& language) {
  return Comparison(before, after, language).fault();
}

std::string changed_meaning(const std::string& table_name,
                            const TextWords& before, const TextWords& after,
                            const Vocabulary& known, const Words& language) {
  const Words::Table& table = language.table(table_name);
  std::set<std::string> was = meanings(before, table);
  std::set<std::string> is = meanings(after, table);
  bool lost = std::any_of(was.begin(), was.end(),
                          [&](const auto& one) { return is.count(one) == 0; });
  for (const std::string& one : is) {
    if (was.count(one) > 0) continue;
    if (lost || !is_known(one, table, known)) return one;
  }
  return "";
}

}  // namespace simulate::guards
