#include "simulator/guards/subjects.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "simulator/base/text.h"
#include "simulator/guards/names.h"

namespace simulate::guards {

namespace {

// Of the table "thought_persons", "s1" is who speaks, "sm", "sf" and "s3" are
// others; "o..." the same where something is done to them, "a..." where the
// word may be either ("sie"), "v..." where a verb alone tells ("quiero"). A
// relation ("brother, he") or a name is somebody else, too.
enum class Role { subject, object, either, verb };

Role role_of(char letter) {
  switch (letter) {
    case 'o':
      return Role::object;
    case 'a':
      return Role::either;
    case 'v':
      return Role::verb;
    default:
      return Role::subject;
  }
}

struct Somebody {
  std::string who;  // "1", "m", "f", "3" or a word
  Role role = Role::subject;
  bool is_relation = false;

  bool is_object() const { return role == Role::object; }
  bool speaks() const { return who == "1"; }
  bool is_named() const { return who.size() > 1; }
  bool is_he() const { return who == "m" || who.ends_with(", he"); }
  bool is_she() const { return who == "f" || who.ends_with(", she"); }
};

struct Deed {
  Somebody subject;  // nobody: the clause names none
  std::string what;
  bool is_close = false;          // it follows its subject
  std::vector<Somebody> objects;  // others in the clause
};

using Account = std::vector<Deed>;

// The persons' table has small letters, and accents.
std::string in_small_letters(std::string text) {
  for (size_t i = 1; i < text.size(); ++i) {
    auto letter = static_cast<unsigned char>(text[i]);
    bool large = text[i - 1] == '\xC3' && letter >= 0x80 && letter <= 0x9E;
    if (large) text[i] = static_cast<char>(letter + 0x20);
  }
  return lowered(text);
}

class AccountReader {
 public:
  AccountReader(const TextWords& read, const Vocabulary& around,
                const Words& language)
      : read_(read),
        around_(around),
        persons_(language.table("thought_persons")),
        relations_(language.table("thought_relations")),
        language_(language) {}

  Account read() const {
    Account account;
    for (const Clause& clause : read_.clauses) read_clause(clause, account);
    return account;
  }

 private:
  // The first that is named is the subject of what the clause says, up to a
  // pronoun that can be nothing else; behind "they said Tom", it may be Tom.
  void read_clause(const Clause& clause, Account& account) const {
    std::optional<Somebody> subject;
    std::vector<Somebody> objects;
    size_t first_deed = account.size();
    bool close = false, reported = false;
    for (size_t i = clause.begin; i < clause.end; ++i) {
      std::optional<Somebody> somebody = somebody_at(i);
      if (somebody && begins(*somebody, subject, clause)) {
        subject = somebody;
        close = true;
      } else if (somebody && somebody->role != Role::verb) {
        objects.push_back(*somebody);
        close &= !somebody->is_named();
        if (reported && somebody->is_named()) subject.reset();
      } else if (!somebody && is_deed(i)) {
        const Word& word = read_.words[i];
        account.push_back(
            {subject.value_or(Somebody()), word.plain, close, {}});
        close = false;
        reported = language_.has("thought_reasoning", word.text);
      }
    }
    for (size_t i = first_deed; i < account.size(); ++i) {
      account[i].objects = objects;
    }
  }

  bool begins(const Somebody& somebody, const std::optional<Somebody>& subject,
              const Clause& clause) const {
    switch (somebody.role) {
      case Role::object:
        return false;
      case Role::either:
        return !subject && language_.has("thought_singular", clause.text);
      case Role::verb:
        return !subject;
      case Role::subject:
        break;
    }
    return !subject || !somebody.is_named();
  }

  bool is_deed(size_t at) const {
    const Word& word = read_.words[at];
    bool digits = std::isdigit(static_cast<unsigned char>(word.text.front()));
    return word.carries && !contains(word.plain, "_") && !digits &&
           relations_.count(word.plain) == 0 && !is_person(at);
  }

  std::optional<Somebody> somebody_at(size_t at) const {
    const Word& word = read_.words[at];
    if (is_of_another(at) || is_impersonal(at)) return std::nullopt;
    auto person = persons_.find(in_small_letters(word.text));
    if (person != persons_.end()) {
      Role role = follows_preposition(at) ? Role::object
                                          : role_of(person->second.front());
      return somebody(at, person->second.substr(1), role);
    }
    auto relation = relations_.find(word.plain);
    if (relation != relations_.end()) {
      std::optional<Somebody> one =
          somebody(at, relation->second, Role::subject);
      if (one) one->is_relation = true;
      return one;
    }
    if (!is_person(at)) return std::nullopt;
    return somebody(at, word.plain, Role::subject);
  }

  bool is_person(size_t at) const {
    const std::string& word = read_.words[at].text;
    return is_name(read_, at, around_, language_) &&
           !language_.has("thought_rule_talk", word) &&
           !language_.has("thought_common_nouns", word);
  }

  // Where particles mark who does it, nobody does anything without one.
  std::optional<Somebody> somebody(size_t at, const std::string& who,
                                   Role role) const {
    if (who.size() > 1 && is_topic(at)) return std::nullopt;
    if (is_marked(at)) role = Role::object;
    bool has_particles =
        static_cast<unsigned char>(read_.words[at].text.front()) >= 0xE0;
    bool marked = role == Role::object || follows(at, "thought_subject_mark");
    if (has_particles && !marked) return std::nullopt;
    return Somebody{who, role};
  }

  bool follows(size_t at, const char* list) const {
    return at + 1 < read_.words.size() &&
           language_.has(list, read_.words[at + 1].text);
  }

  bool follows_preposition(size_t at) const {
    return at > 0 && read_.words[at - 1].clause == read_.words[at].clause &&
           language_.has("thought_before_objects", read_.words[at - 1].text);
  }

  // "Il faut": it is nobody.
  bool is_impersonal(size_t at) const {
    return at + 1 < read_.words.size() &&
           language_.has("thought_impersonal",
                         read_.words[at].text + " " + read_.words[at + 1].text);
  }

  // "Tom's sister", "the sister of Tom": it is about the sister. "Her sister
  // Mia": it is about Mia.
  bool is_of_another(size_t at) const {
    bool before_name = at + 1 < read_.words.size() &&
                       relations_.count(read_.words[at].plain) > 0 &&
                       is_name(read_, at + 1, around_, language_);
    if (before_name) return true;
    if (at > 0 && language_.has("thought_of", read_.words[at - 1].text)) {
      return true;
    }
    return at + 2 < read_.words.size() && follows(at, "thought_genitive") &&
           read_.words[at].text != "it";
  }

  // "About his sister", "with Tom": they do nothing, and nothing is done to
  // them.
  bool is_topic(size_t at) const { return is_behind("thought_about", at); }

  bool is_behind(const char* prepositions, size_t at) const {
    for (size_t back = 1; back <= 2 && back <= at; ++back) {
      const Word& before = read_.words[at - back];
      if (before.carries || before.clause != read_.words[at].clause) break;
      if (language_.has(prepositions, before.text)) return true;
    }
    return false;
  }

  // A particle behind the word says so, or a preposition before it.
  bool is_marked(size_t at) const {
    return follows(at, "thought_object_mark") || is_behind("thought_to", at);
  }

  const TextWords& read_;
  const Vocabulary& around_;
  const Words::Table& persons_;
  const Words::Table& relations_;
  const Words& language_;
};

// They cannot be the same person, whatever the texts are about.
bool differ(const Somebody& one, const Somebody& other) {
  if (one.speaks() != other.speaks()) return true;
  bool both_named = one.is_named() && other.is_named();
  if (both_named && one.is_relation == other.is_relation) {
    return !same_stem(one.who, other.who);
  }
  return (one.is_he() && other.is_she()) || (one.is_she() && other.is_he());
}

// "Tom" and, of his birthday, "Toms" are.
bool is_same(const Somebody& one, const Somebody& other) {
  bool names = one.is_named() && other.is_named() && !one.is_relation;
  return names ? same_stem(one.who, other.who) : one.who == other.who;
}

bool is_among(const std::vector<Somebody>& all, const Somebody& one) {
  return std::any_of(all.begin(), all.end(), [&](const Somebody& other) {
    return is_same(other, one);
  });
}

// Of one stem, and not by chance: "começa" and "comemorar" are not.
bool same_deed(const std::string& one, const std::string& other) {
  size_t longer = std::max(one.size(), other.size());
  auto alike =
      std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  bool letters = static_cast<signed char>(one.front()) > 0;
  bool half = (alike.first - one.begin()) * 2 >= static_cast<long>(longer);
  return same_stem(one, other) && (!letters || half);
}

bool does(const Account& account, const Somebody& somebody,
          const std::string& what) {
  return std::any_of(account.begin(), account.end(), [&](const Deed& deed) {
    return deed.subject.who == somebody.who && same_deed(deed.what, what);
  });
}

// Two persons have changed places: each does now what the other did.
bool trade_deeds(const Account& before, const Account& after,
                 const Somebody& was, const Somebody& is) {
  if (was.who == is.who) return false;
  return std::any_of(before.begin(), before.end(), [&](const Deed& deed) {
    return deed.subject.who == is.who && does(after, was, deed.what);
  });
}

// Who did it has it done to them now: "her mother calls her", "she calls her
// mother". Where a verb names nobody, only a preposition tells.
bool becomes_object(const Deed& old, const Deed& now) {
  if (!old.subject.is_named() || is_among(old.objects, old.subject) ||
      now.subject.who == old.subject.who) {
    return false;
  }
  return std::any_of(now.objects.begin(), now.objects.end(),
                     [&](const Somebody& one) {
                       return is_same(one, old.subject) &&
                              (!now.subject.who.empty() || one.is_object());
                     });
}

// "They asked me", "I asked them".
bool changes_sides(const Deed& old, const Deed& now) {
  auto object = [](const Deed& deed, bool speaks) {
    return std::any_of(deed.objects.begin(), deed.objects.end(),
                       [&](const Somebody& one) {
                         return !one.is_named() && one.speaks() == speaks;
                       });
  };
  return object(old, true) != object(old, false) &&
         object(old, true) != object(now, true) &&
         object(old, false) != object(now, false);
}

// All objects, where no verb names its subject (Spanish).
Deed without_subjects(const Account& account) {
  Deed all;
  for (const Deed& deed : account) {
    if (!deed.subject.who.empty()) return {};
    all.objects.insert(all.objects.end(), deed.objects.begin(),
                       deed.objects.end());
  }
  return all;
}

std::set<std::string> relations_in(const TextWords& read,
                                   const Words& language) {
  const Words::Table& table = language.table("thought_relations");
  std::set<std::string> found;
  for (const Word& word : read.words) {
    auto relation = table.find(word.plain);
    if (relation != table.end()) found.insert(relation->second);
  }
  return found;
}

// "My sister": who thinks has none.
bool has_relatives(const TextWords& read, const Words& language) {
  const Words::Table& table = language.table("thought_relations");
  for (size_t i = 1; i < read.words.size(); ++i) {
    bool mine = language.has("thought_mine", read.words[i - 1].text);
    if (mine && table.count(read.words[i].plain) > 0) return true;
  }
  return false;
}

// "Her sister is ill", "she is ill", and nothing more of a sister.
bool is_dropped(const Somebody& was, const Somebody& is,
                const std::set<std::string>& relations) {
  return was.is_relation && !is.is_named() && !is.who.empty() &&
         relations.count(was.who) == 0;
}

bool is_turned(const Account& before, const Account& after, const Deed& old,
               const Deed& now, const std::set<std::string>& relations,
               const Words& language) {
  if (becomes_object(old, now) || becomes_object(now, old)) return true;
  bool nobody = old.subject.who.empty() && now.subject.who.empty();
  if (nobody) return changes_sides(old, now);
  if (!old.is_close || !now.is_close) return false;
  if (does(after, old.subject, old.what)) return false;
  if (does(before, now.subject, now.what)) return false;
  if (trade_deeds(before, after, old.subject, now.subject)) return true;
  if (is_dropped(old.subject, now.subject, relations)) return true;
  // Thinking and asking is done by all: "they want me to ask, I ask".
  bool anybodys = old.subject.speaks() != now.subject.speaks() &&
                  language.has("thought_reasoning", old.what) &&
                  !changes_sides(old, now);
  return !anybodys && differ(old.subject, now.subject);
}

}  // namespace

std::string changed_subject(const TextWords& before, const TextWords& after,
                            const Vocabulary& around, const Words& language) {
  if (has_relatives(after, language) && !has_relatives(before, language)) {
    return "whose: they / me";
  }
  Account was = AccountReader(before, around, language).read();
  Account is = AccountReader(after, around, language).read();
  std::set<std::string> relations = relations_in(after, language);
  for (const Deed& old : was) {
    for (const Deed& now : is) {
      if (same_deed(old.what, now.what) &&
          is_turned(was, is, old, now, relations, language)) {
        return old.what + ": " + old.subject.who + " / " + now.subject.who;
      }
    }
  }
  Deed all_before = without_subjects(was), all_after = without_subjects(is);
  bool turned = !all_before.objects.empty() && !all_after.objects.empty() &&
                changes_sides(all_before, all_after);
  return turned ? "me / them" : "";
}

}  // namespace simulate::guards
