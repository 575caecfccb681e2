#include "simulator/conversation/name_in_text.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// Capitalised words with "de", "van der" and the like between them, as far as
// a comma or a word that is no name.
const RE2& capitalised_words() {
  static const RE2 pattern(
      R"(^(\p{Lu}[\p{L}\p{M}'’.-]*)"
      R"((?: (?:(?:de|da|do|das|dos|del|della|di|du|la|le|van|von|der|den|ter|)"
      R"(bin|binte|ibn|al|e|y) ){0,2}\p{Lu}[\p{L}\p{M}'’.-]*){0,4}))"
      R"((?:[ ,]|$))");
  return pattern;
}

// A family name, perhaps a blank, and what stands before "san" and the particle
// of the topic.
const RE2& japanese() {
  static const RE2 pattern(
      R"(^(\p{Han}[\p{Han}々ヶ]*[ 　]?)"
      R"([\p{Han}\p{Hiragana}\p{Katakana}ー々]{1,6}?)(?:さん)?は)");
  return pattern;
}

// What stands before the polite "ssi".
const RE2& korean() {
  static const RE2 pattern(R"(^(\p{Hangul}{2,5}) ?씨)");
  return pattern;
}

bool begins_a_sentence(const std::string& word) {
  static const char* const words[] = {
      "A",     "An",   "The",   "In",   "At",  "On",   "As",  "With", "From",
      "After", "When", "While", "This", "She", "He",   "His", "Her",  "They",
      "Their", "Um",   "Uma",   "Ele",  "Ela", "Como", "En",  "Un",   "Une",
      "Il",    "Elle", "El",    "Ella", "Una", "Ein",  "Eine"};
  return std::any_of(std::begin(words), std::end(words),
                     [&word](const char* one) { return word == one; });
}

// "Mary Alberti's" is followed by what is hers.
std::string without_genitive(std::string name) {
  static const RE2 genitive(R"(['’]s(?: .*)?$)");
  RE2::Replace(&name, genitive, "");
  return name;
}

std::string name_at_start(const std::string& text) {
  std::string name;
  if (RE2::PartialMatch(text, japanese(), &name) ||
      RE2::PartialMatch(text, korean(), &name)) {
    return name;
  }
  if (!RE2::PartialMatch(text, capitalised_words(), &name)) return "";
  name = without_genitive(name);
  return begins_a_sentence(split(name, ' ').front()) ? "" : name;
}

bool has_two_parts(const std::string& name) {
  return contains(name, " ") || contains(name, "　");
}

}  // namespace

std::string name_in(const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, int>> found;
  for (const std::string& text : texts) {
    std::string name = name_at_start(text);
    if (name.empty()) continue;
    auto known = std::find_if(
        found.begin(), found.end(),
        [&name](const auto& candidate) { return candidate.first == name; });
    if (known == found.end()) {
      found.emplace_back(name, 1);
    } else {
      ++known->second;
    }
  }
  std::pair<std::string, int> best;
  for (const auto& candidate : found) {
    bool counts = candidate.second > 1 || has_two_parts(candidate.first);
    if (counts && candidate.second > best.second) best = candidate;
  }
  // Some texts have the first name alone.
  for (const auto& [name, times] : found) {
    if (!best.first.empty() && name.starts_with(best.first + " ")) return name;
  }
  return best.first;
}

}  // namespace simulate
