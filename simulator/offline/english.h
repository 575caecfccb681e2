// The little English that the scripted speakers know, from
// phrases/english.json: pronouns, subjects, what to listen for. Read once.
// Tested by tests/offline/words_test.cpp, matter_test.cpp, listening_test.cpp.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "simulator/offline/phrase_file.h"

namespace simulate::offline {

// One pronoun, or two words, and what takes its place.
using Pronouns = std::map<std::string, std::string>;

struct Subject {
  Matter matter;
  std::unique_ptr<RE2> words;  // a pattern is not copied or moved
};

class English : PhraseFile {
 public:
  explicit English(std::string_view text);

  const Pronouns i_to_they = pronouns("i_to_they");
  const Pronouns they_to_you = pronouns("they_to_you");
  const Pronouns i_to_you = pronouns("i_to_you");
  // They tell nothing of what a text is about.
  const std::set<std::string> empty_words = words("empty_words");
  const std::vector<Subject> subjects = read_subjects();  // the first is right

  // Patterns: what a person says who leaves, is short of time, asks for an
  // opinion; "I ..." that is talk and no fact; words before the sentence.
  const std::string goodbye = any_of("goodbye");
  const std::string hurry = any_of("hurry");
  const std::string opinion = any_of("opinion");
  const std::string passing = any_of("passing");
  const std::string lead_ins = any_of("lead_ins");

 private:
  Pronouns pronouns(const std::string& key);
  std::set<std::string> words(const std::string& key);
  std::vector<Subject> read_subjects();
};

const English& english();

}  // namespace simulate::offline
