#include "simulator/base/sentences.h"

#include <re2/re2.h>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// Behind these no blank is needed.
constexpr std::string_view kFullStops[] = {"。", "！", "？", "।"};

bool stops(std::string_view text, size_t at) {
  char c = text[at];
  bool last = at + 1 == text.size();
  if (c == '.' || c == '!' || c == '?') {
    return last || text[at + 1] == ' ' || text[at + 1] == '\n';
  }
  std::string_view so_far = text.substr(0, at + 1);
  for (std::string_view stop : kFullStops) {
    if (so_far.ends_with(stop)) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> sentences_of(std::string_view text) {
  static const RE2 abbreviation(
      R"((?s)(?:^|.*\W)(?:(?i:mr|mrs|ms|dr|st)|[A-Z]\.[A-Z])\.$)");
  std::vector<std::string> sentences;
  std::string sentence;
  for (size_t i = 0; i < text.size(); ++i) {
    sentence += text[i];
    bool last = i + 1 == text.size();
    bool ends = text[i] == '\n' || last ||
                (stops(text, i) && !RE2::FullMatch(sentence, abbreviation));
    if (!ends) continue;
    std::string whole(trimmed(sentence));
    if (!whole.empty()) sentences.push_back(whole);
    sentence.clear();
  }
  return sentences;
}

}  // namespace simulate
