#include "simulator/offline/phrase_picker.h"

#include <algorithm>

#include "simulator/base/sentences.h"
#include "simulator/base/text.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

// Reads up to the end of the text, or to the "|" or "]" of the caller.
class ChoiceReader {
 public:
  ChoiceReader(std::string_view text, Random& random)
      : text_(text), random_(random) {}

  std::string sequence() {
    std::string result;
    while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ']') {
      if (text_[at_] == '[') {
        result += choice();
      } else {
        result += text_[at_++];
      }
    }
    return result;
  }

 private:
  std::string choice() {
    std::vector<std::string> options;
    do {
      ++at_;  // the "[" or "|"
      options.push_back(sequence());
    } while (at_ < text_.size() && text_[at_] == '|');
    ++at_;  // the "]"
    return random_.pick(options);
  }

  std::string_view text_;
  Random& random_;
  size_t at_ = 0;
};

// False when a blank of the phrase stays empty.
bool fill(std::string& text, const Blanks& blanks) {
  for (const auto& [name, value] : blanks) {
    if (value.empty()) continue;
    text = replaced(text, "{" + name + "}", value);
    text = replaced(text, "{" + capitalised(name) + "}", capitalised(value));
  }
  return !contains(text, "{");
}

}  // namespace

void add_values(const Values& values, Blanks& blanks) {
  for (const auto& [name, value] : values.items()) {
    if (value.is_null()) continue;
    blanks.emplace(
        name, value.is_string() ? value.get<std::string>() : to_text(value));
  }
}

std::string with_choices_drawn(std::string_view text, Random& random) {
  return ChoiceReader(text, random).sequence();
}

std::string PhrasePicker::pick(const Phrases& phrases, const Blanks& blanks) {
  std::string otherwise;
  for (int tries = 0; tries < 40; ++tries) {
    std::string text = with_choices_drawn(random_.pick(phrases), random_);
    if (!fill(text, blanks)) continue;
    text = replaced(replaced(text, "  ", " "), " .", ".");
    otherwise = text;
    if (is_stale(text)) continue;
    said_.push_back(text);
    return text;
  }
  return otherwise;
}

bool PhrasePicker::is_stale(const std::string& text) const {
  std::vector<std::string> sentences = sentences_of(text);
  return std::any_of(said_.begin(), said_.end(), [&](const std::string& past) {
    return std::any_of(
        sentences.begin(), sentences.end(),
        [&](const std::string& sentence) { return contains(past, sentence); });
  });
}

}  // namespace simulate::offline
