// Who does what in a text: "he lost them" is one deed, of him. Who is a
// pronoun, a relation or a name; what is any word that follows. Pure.
// Tested by tests/guards/subjects_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/guards/text_words.h"
#include "simulator/guards/vocabulary.h"

namespace simulate::guards {

// Of the table "thought_persons", "s1" is who speaks, "sm", "sf" and "s3" are
// others; "o..." the same where something is done to them, "a..." where the
// word may be either ("sie"), "v..." where a verb alone tells ("quiero"). A
// relation ("brother, he") or a name is somebody else, too.
enum class Role { subject, object, either, verb };

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

struct Act {
  Somebody subject;  // nobody: the clause names none
  std::string what;
  bool is_close = false;          // it follows its subject
  std::vector<Somebody> objects;  // others in the clause
};

using Account = std::vector<Act>;

// `around` as in is_name().
Account account_of(const TextWords& read, const Vocabulary& around,
                   const Words& language);

}  // namespace simulate::guards
