#include "simulator/offline/words.h"

#include <re2/re2.h>

#include <cctype>

#include "simulator/base/text.h"
#include "simulator/offline/english.h"

namespace simulate::offline {

namespace {

bool in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '\'' ||
         c == '-' || static_cast<signed char>(c) < 0;
}

size_t word_end(std::string_view text, size_t at) {
  while (at < text.size() && in_word(text[at])) ++at;
  return at;
}

bool ends_sentence(char c) { return c == '.' || c == '!' || c == '?'; }

// Walks over words and copies the rest; what stands in quotation marks is
// somebody's own words and stays.
class Exchanger {
 public:
  Exchanger(std::string_view text, const Pronouns& exchange, bool starts = true)
      : text_(text), exchange_(exchange), starts_(starts) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (in_word(text_[at_]) && !quoted_) {
        word();
      } else {
        copy();
      }
    }
    return result_;
  }

 private:
  void copy() {
    char c = text_[at_++];
    if (c == '"') quoted_ = !quoted_;
    if (ends_sentence(c)) starts_ = true;
    result_ += c;
  }

  void word() {
    size_t end = word_end(text_, at_);
    size_t second = word_end(text_, std::min(end + 1, text_.size()));
    if (!take(second)) {
      if (!take(end)) put(std::string(text_.substr(at_, end - at_)), end);
    }
    starts_ = false;
  }

  bool take(size_t end) {
    auto found = exchange_.find(lowered(text_.substr(at_, end - at_)));
    if (found == exchange_.end()) return false;
    put(starts_ ? capitalised(found->second) : found->second, end);
    return true;
  }

  void put(const std::string& word, size_t end) {
    result_ += starts_ ? capitalised(word) : word;
    at_ = end;
  }

  std::string_view text_;
  const Pronouns& exchange_;
  std::string result_;
  size_t at_ = 0;
  bool starts_;  // the next word begins a sentence
  bool quoted_ = false;
};

}  // namespace

std::string third_person(std::string_view said) {
  // A "they" of the speaker's own could not be told from the speaker later.
  static const RE2 others(R"((?i)\b(?:they|them|their|they're|themselves)\b)");
  std::string text(trimmed(said));
  if (RE2::PartialMatch(text, others)) {
    return "They said: \"" + replaced(text, "\"", "'") + "\"";
  }
  return Exchanger(text, english().i_to_they).run();
}

std::string second_person(std::string_view memory) {
  return Exchanger(memory, english().they_to_you).run();
}

std::string turned_to_you(std::string_view said) {
  return inside_sentence(Exchanger(said, english().i_to_you, false).run());
}

std::string turned_to_they(std::string_view said) {
  return inside_sentence(Exchanger(said, english().i_to_they, false).run());
}

std::string inside_sentence(std::string_view sentence) {
  static const RE2 small(
      R"((?:You|Your|My|The|They|Their|A|An|It|Our|We|You're|You've)\b.*)");
  std::string text(trimmed(sentence));
  while (!text.empty() && ends_sentence(text.back())) text.pop_back();
  std::string first = text.substr(0, text.find_first_of(" ,"));
  if (RE2::FullMatch(first, small)) {
    text[0] = static_cast<char>(std::tolower(text[0]));
  }
  return text;
}

std::string capitalised(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z') {
    result[0] = static_cast<char>(result[0] - 'a' + 'A');
  }
  return result;
}

std::set<std::string> content_words(std::string_view text) {
  std::set<std::string> words;
  for (size_t at = 0; at < text.size();) {
    size_t end = word_end(text, at);
    if (end == at) {
      ++at;
      continue;
    }
    std::string word = lowered(text.substr(at, end - at));
    at = end;
    if (word.size() < 3 || english().empty_words.count(word) > 0) continue;
    if (word.ends_with("'s")) word.resize(word.size() - 2);
    if (word.size() > 3 && word.back() == 's') word.pop_back();
    words.insert(word);
  }
  return words;
}

size_t shared_words(std::string_view a, std::string_view b) {
  std::set<std::string> words = content_words(b);
  size_t count = 0;
  for (const std::string& word : content_words(a)) count += words.count(word);
  return count;
}

}  // namespace simulate::offline
