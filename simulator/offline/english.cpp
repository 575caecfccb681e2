#include "simulator/offline/english.h"

#include "simulator/base/text.h"
#include "simulator/offline/phrase_texts.h"

namespace simulate::offline {

English::English(std::string_view text) : PhraseFile("english", text, {}) {
  expect_nothing_left();
}

Pronouns English::pronouns(const std::string& key) {
  Pairs found = pairs(key);
  return {found.begin(), found.end()};
}

std::set<std::string> English::words(const std::string& key) {
  std::set<std::string> all;
  for (const std::string& line : texts(key)) {
    for (std::string& word : split(line, ' ')) all.insert(std::move(word));
  }
  return all;
}

std::vector<Subject> English::read_subjects() {
  const Json found = take("subjects");
  std::vector<Subject> subjects;
  for (const auto& [name, words] : found.items()) {
    std::optional<Matter> matter = matter_named(name);
    if (!matter) fail("subjects", "no subject is named \"" + name + "\"");
    std::string any = joined_patterns("subjects: " + name, words);
    subjects.push_back(
        {*matter, std::make_unique<RE2>("(?i)\\b(?:" + any + ")\\b")});
  }
  return subjects;
}

const English& english() {
  static const English once(phrase_text("english"));
  return once;
}

}  // namespace simulate::offline
