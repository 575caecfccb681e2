#include "simulator/guards/utterance.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate::guards {

namespace {

const RE2& quotation() {
  static const RE2 pattern(
      R"re("[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|»[^«\n]*«|「[^」\n]*」|)re"
      R"re(『[^』\n]*』|‚[^‘\n]*‘|(?m:^[ \t]*>.*$))re");
  return pattern;
}

// How many bytes of a mark that ends a sentence stand at `at`.
size_t end_mark_at(std::string_view text, size_t at) {
  char c = text[at];
  if (c == '\n' || c == '!' || c == '?') return 1;
  if (c == '.') {  // not in "9.30", not in "add.me"
    bool inside = at + 1 < text.size() && text[at + 1] != ' ' &&
                  text[at + 1] != '\n' && text[at + 1] != '.';
    return inside ? 0 : 1;
  }
  for (std::string_view mark : {"。", "！", "？", "…"}) {
    if (text.substr(at).starts_with(mark)) return mark.size();
  }
  return 0;
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

std::vector<std::string> sentences_of(const std::string& prose) {
  std::vector<std::string> sentences;
  size_t begin = 0;
  auto take_until = [&](size_t end) {
    std::string_view one =
        trimmed(std::string_view(prose).substr(begin, end - begin));
    if (!one.empty()) sentences.emplace_back(one);
    begin = end;
  };
  for (size_t i = 0; i < prose.size();) {
    size_t mark = end_mark_at(prose, i);
    i += std::max<size_t>(mark, 1);
    if (mark == 0) continue;
    while (i < prose.size() && prose[i] != '\n') {  // "?!", "..."
      size_t more = end_mark_at(prose, i);
      if (more == 0) break;
      i += more;
    }
    take_until(i);
  }
  take_until(prose.size());
  return sentences;
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

size_t Utterance::start_of_turn() const {
  const Message* last = last_of(Speaker::tester);
  return last ? static_cast<size_t>(last - scene.before.messages.data()) : 0;
}

}  // namespace simulate::guards
