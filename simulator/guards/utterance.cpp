#include "simulator/guards/utterance.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/sentences.h"
#include "simulator/base/text.h"

namespace simulate::guards {

namespace {

const RE2& quotation() {
  static const RE2 pattern(
      R"re("[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|»[^«\n]*«|「[^」\n]*」|)re"
      R"re(『[^』\n]*』|‚[^‘\n]*‘|(?m:^[ \t]*>.*$))re");
  return pattern;
}

}  // namespace

std::string prose_of(const std::string& text) {
  static const RE2 code("(?s)```.*?(?:```|$)|`[^`\n]*`");
  std::string prose = replaced(text, "’", "'");
  RE2::GlobalReplace(&prose, code, " ");
  std::string unquoted = prose;
  RE2::GlobalReplace(&unquoted, quotation(), " ");
  bool all_of_it = trimmed(unquoted).empty();
  return all_of_it ? prose : unquoted;
}

bool is_question(const std::string& sentence) {
  for (std::string_view mark : {"?", "？", "?!", "か。", "かな。"}) {
    if (sentence.ends_with(mark)) return true;
  }
  return false;
}

Utterance::Utterance(const Said& said_, const Scene& scene_)
    : said(said_),
      scene(scene_),
      words(words_of(scene_.language)),
      english(words_of("en")),
      prose(prose_of(said_.words)),
      sentences(sentences_of(prose)) {}

bool Utterance::says(const char* list) const { return matches(list, prose); }

bool Utterance::matches(const char* list, std::string_view text) const {
  return words.has(list, text) ||
         (&words != &english && english.has(list, text));
}

std::vector<std::string> Utterance::all(const char* list,
                                        std::string_view text) const {
  std::vector<std::string> found;
  if (words.has(list, text)) found = words.all(list, text);
  if (&words == &english || !english.has(list, text)) return found;
  for (std::string& one : english.all(list, text)) {
    found.push_back(std::move(one));
  }
  return found;
}

const Message* Utterance::last_of(Speaker speaker) const {
  const auto& messages = scene.before.messages;
  auto last = std::find_if(
      messages.rbegin(), messages.rend(),
      [speaker](const Message& m) { return m.speaker == speaker; });
  return last == messages.rend() ? nullptr : &*last;
}

bool Utterance::any_before(
    Speaker speaker,
    const std::function<bool(const std::string&)>& is_such) const {
  const auto& messages = scene.before.messages;
  return std::any_of(messages.begin(), messages.end(), [&](const Message& m) {
    return m.speaker == speaker && is_such(m.content);
  });
}

size_t Utterance::start_of_turn() const {
  const Message* last = last_of(Speaker::tester);
  return last ? static_cast<size_t>(last - scene.before.messages.data()) : 0;
}

}  // namespace simulate::guards
