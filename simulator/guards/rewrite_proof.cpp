#include "simulator/guards/rewrite_proof.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "simulator/base/text.h"
#include "simulator/guards/assertions.h"
#include "simulator/guards/names.h"
#include "simulator/guards/numbers.h"
#include "simulator/guards/subjects.h"

namespace simulate::guards {

namespace {

std::string fault_of_form(const Rewriting& given) {
  if (trimmed(given.after).empty()) return "it is empty";
  if (given.before.size() > kLongestThought) return "it is too long to judge";
  if (given.after.size() > 2 * given.before.size() + 200) {
    return "it is far longer";
  }
  return thought_fault(given.after, given.thinker);
}

// What the thought says of rules, and its numbering, need not be in the
// rewrite; all else is compared.
class Proof {
 public:
  explicit Proof(const Rewriting& given)
      : given_(given),
        language_(words_of(given.thinker.language)),
        bare_(without_numbering(given.before)),
        before_(read_words(bare_, language_)),
        after_(read_words(given.after, language_)),
        around_(&given.heard.words()) {
    hide_own_name(before_);
    bool announced = false;  // "Rule:"
    for (const Clause& clause : before_.clauses) {
      std::string_view text = trimmed(clause.text);
      bool talk = is_rule_talk(text, language_) || announced;
      announced = talk && (text.ends_with(':') || text.ends_with("："));
      about_rules_.push_back(talk);
      if (!talk) matter_ += clause.text + " ";
    }
    old_words_.add(before_);
    new_words_.add(after_);
    around_.add(before_);
    around_.add(after_);
  }

  std::string fault() const {
    for (auto check :
         {&Proof::numbers, &Proof::tools, &Proof::lost_names,
          &Proof::added_names, &Proof::meanings, &Proof::turned,
          &Proof::subjects, &Proof::nothing_kept, &Proof::added_facts}) {
      std::string fault = (this->*check)();
      if (!fault.empty()) return fault;
    }
    return "";
  }

 private:
  std::string numbers() const {
    Numbers was = numbers_in(bare_, language_);
    Numbers needed = numbers_in(matter_, language_);
    Numbers is = numbers_in(given_.after, language_);
    for (const std::string& one : needed.sure) {
      if (!is.has(one)) return "it drops the number " + one;
    }
    for (const std::string& one : is.sure) {
      if (!was.has(one)) return "it adds the number " + one;
    }
    return "";
  }

  static std::set<std::string> tools_in(const std::string& text) {
    static const RE2 identifier(R"(\b([a-z]+(?:_[a-z]+)+)\b)");
    std::set<std::string> found;
    re2::StringPiece rest(text);
    std::string name;
    while (RE2::FindAndConsume(&rest, identifier, &name)) found.insert(name);
    return found;
  }

  std::string tools() const {
    std::set<std::string> was = tools_in(given_.before);
    std::set<std::string> is = tools_in(given_.after);
    for (const std::string& one : tools_in(matter_)) {
      if (is.count(one) == 0) return "it drops the tool " + one;
    }
    for (const std::string& one : is) {
      if (was.count(one) == 0) return "it adds the tool " + one;
    }
    return "";
  }

  // It is no name that could be lost, and none who does anything: "As Ada I
  // ...".
  void hide_own_name(TextWords& read) const {
    for (Word& word : read.words) {
      if (is_own_name(word)) word.carries = word.capital = false;
    }
  }

  bool is_own_name(const Word& word) const {
    std::string own = plain_word(given_.thinker.name);
    return word.plain == own || word.plain == own + "s" ||
           language_.has("thought_own_name", word.text);
  }

  std::string lost_names() const {
    for (size_t i = 0; i < before_.words.size(); ++i) {
      const Word& word = before_.words[i];
      if (about_rules_[word.clause]) continue;
      if (language_.has("thought_user", word.text)) continue;
      if (!is_name(before_, i, around_, language_)) continue;
      if (!new_words_.has_stem(word.plain)) {
        return "it drops the name " + word.text;
      }
    }
    return "";
  }

  bool stood_before(const Word& word) const {
    return old_words_.has_stem(word.plain) ||
           given_.heard.words().has_stem(word.plain);
  }

  std::string added_names() const {
    for (size_t i = 0; i < after_.words.size(); ++i) {
      if (!is_name(after_, i, around_, language_)) continue;
      if (!stood_before(after_.words[i])) {
        return "it adds the name " + after_.words[i].text;
      }
    }
    return "";
  }

  std::string meanings() const {
    for (const char* table : {"thought_days", "thought_relations"}) {
      std::string changed = changed_meaning(table, before_, after_,
                                            given_.heard.words(), language_);
      if (!changed.empty()) return "it says " + changed;
    }
    return "";
  }

  std::string turned() const {
    return turned_around(before_, after_, language_);
  }

  std::string subjects() const {
    std::string changed = changed_subject(before_, after_, around_, language_);
    return changed.empty() ? "" : "it changes who does it: " + changed;
  }

  bool is_thinking(const Word& word) const {
    return language_.has("thought_reasoning", word.text);
  }

  bool is_kept(const Word& word) const {
    return std::any_of(
        after_.words.begin(), after_.words.end(), [&](const Word& other) {
          return other.carries && same_stem(word.plain, other.plain);
        });
  }

  std::string nothing_kept() const {
    size_t was = 0, kept = 0, facts = 0, kept_facts = 0;
    for (const Word& word : before_.words) {
      if (!word.carries || about_rules_[word.clause]) continue;
      if (language_.has("thought_user", word.text)) continue;
      bool fact = may_be_a_fact(word), stays = is_kept(word);
      ++was;
      kept += stays;
      facts += fact;
      kept_facts += fact && stays;
    }
    bool nothing = (was > 1 && kept == 0) || (facts > 3 && kept_facts == 0);
    return nothing ? "it keeps nothing" : "";
  }

  // Numbers are compared elsewhere.
  bool may_be_a_fact(const Word& word) const {
    bool digits = std::isdigit(static_cast<unsigned char>(word.text.front()));
    bool number = language_.table("numbers").count(word.plain) > 0;
    bool is_short = word.text.size() < 3;
    return word.carries && !digits && !number && !is_short &&
           !is_thinking(word);
  }

  // How many words of the matter may be new: as many as went. A reason of her
  // own may take the place of a rule.
  size_t room_for_words() const {
    size_t lost = 0;
    bool lost_rule = false;
    for (const Word& word : before_.words) {
      if (!may_be_a_fact(word) || new_words_.has_stem(word.plain)) continue;
      if (language_.has("thought_user", word.text)) continue;
      if (about_rules_[word.clause]) {
        lost_rule = true;
      } else {
        ++lost;
      }
    }
    return lost + (lost_rule ? 1 : 0) + before_.words.size() / 12;
  }

  // What a thoughtful mind says of itself stands in no text; the matter does.
  std::string added_facts() const {
    std::vector<std::string> all;
    for (const Clause& clause : after_.clauses) {
      size_t matter = 0;
      std::vector<std::string> added;
      for (size_t i = clause.begin; i < clause.end; ++i) {
        const Word& word = after_.words[i];
        if (!may_be_a_fact(word)) continue;
        ++matter;
        if (!stood_before(word)) added.push_back(word.text);
      }
      all.insert(all.end(), added.begin(), added.end());
      if (added.size() >= 2 && added.size() * 2 > matter) {
        return "it adds: " + joined(added, ", ");
      }
    }
    return all.size() > room_for_words() ? "it adds: " + joined(all, ", ") : "";
  }

  const Rewriting& given_;
  const Words& language_;
  std::string bare_;
  TextWords before_, after_;
  std::vector<bool> about_rules_;  // by clause of `before_`
  std::string matter_;             // its other clauses
  Vocabulary old_words_, new_words_;
  Vocabulary around_;  // of all texts
};

}  // namespace

void Heard::add(std::string_view text) {
  words_.add(read_words(text, words_of(language_)));
}

std::string rewrite_fault(const Rewriting& rewriting) {
  std::string fault = fault_of_form(rewriting);
  return fault.empty() ? Proof(rewriting).fault() : fault;
}

}  // namespace simulate::guards
