#include "simulator/guards/accounts.h"

#include <cctype>
#include <optional>

#include "simulator/base/text.h"
#include "simulator/guards/names.h"

namespace simulate::guards {

namespace {

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

}  // namespace

Account account_of(const TextWords& read, const Vocabulary& around,
                   const Words& language) {
  return AccountReader(read, around, language).read();
}

}  // namespace simulate::guards
