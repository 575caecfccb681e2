#include "simulator/guards/leak_detector.h"

#include <re2/re2.h>

#include <vector>

#include "simulator/base/hash.h"
#include "simulator/base/text.h"

namespace simulate::guards {

namespace {

constexpr size_t kRow = 8;

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (char c : text) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0;
    if (letter) {
      word += c;
    } else if (c != '\'' && !word.empty()) {
      words.push_back(lowered(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(lowered(word));
  return words;
}

template <class Visit>
void for_each_row(std::string_view text, Visit visit) {
  std::vector<std::string> words = words_in(text);
  for (size_t i = 0; i + kRow <= words.size(); ++i) {
    std::string row;
    for (size_t j = i; j < i + kRow; ++j) row += words[j] + ' ';
    if (visit(quick_hash(row))) return;
  }
}

}  // namespace

void LeakDetector::learn(const std::string& prompt) {
  static const RE2 placeholder(R"(\{\{[^}]*\}\})");
  std::string text = prompt;
  RE2::GlobalReplace(&text, placeholder, "\x01");
  for (const std::string& part : split(text, '\x01')) {
    for_each_row(part, [&](uint64_t row) {
      rows_.insert(row);
      return false;
    });
  }
}

bool LeakDetector::leaks(const std::string& text) const {
  bool found = false;
  for_each_row(text, [&](uint64_t row) {
    found = rows_.count(row) > 0;
    return found;
  });
  return found;
}

}  // namespace simulate::guards
