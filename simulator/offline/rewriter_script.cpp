#include "simulator/offline/rewriter_script.h"

#include <re2/re2.h>

#include "simulator/base/text.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

struct Rephrasing {
  RE2 pattern;
  const char* becomes;

  Rephrasing(const char* from, const char* to) : pattern(from), becomes(to) {}
};

// Neither names nor numbers nor tools stand in any of them.
const auto& rephrasings() {
  static const Rephrasing all[] = {
      {R"(\bI should not\b)", "I'd rather not"},
      {R"(\bI should probably\b)", "I want to"},
      {R"(\bI should\b)", "I want to"},
      {R"(\bI need to\b)", "I'll"},
      {R"(\bI have to\b)", "I'd better"},
      {R"(\bIt would be good to\b)", "I'd like to"},
      {R"(, basically\b)", ""},
      {R"(, I guess\b)", ""},
      {R"(\b(?:kind of|sort of) )", ""},
      {R"(\bthe user\b)", "they"},
      {R"(\bin order to\b)", "to"},
      {R"(  +)", " "},
  };
  return all;
}

std::string without_filler(std::string text) {
  static const RE2 filler(
      R"(^(?i)(?:(?:okay|ok|hm+|right|alright|so|well|now|let me see|)"
      R"(let me think|let's see|wait|ah|good)\b(?:, so\b)?[,.:]? *)+)");
  std::string rest = text;
  RE2::Replace(&rest, filler, "");
  return trimmed(rest).empty() ? text : rest;
}

std::string rewritten(const std::string& thought) {
  std::string text = without_filler(thought);
  for (const Rephrasing& rephrasing : rephrasings()) {
    RE2::GlobalReplace(&text, rephrasing.pattern, rephrasing.becomes);
  }
  return capitalised(trimmed(text));
}

// The conversation ends where the task is repeated, with examples of blocks.
std::string_view conversation_of(const ChatRequest& request) {
  if (request.messages.size() < 2) return {};
  std::string_view text = request.messages[1].content;
  return text.substr(0, text.rfind("Write the blocks"));
}

// The text of block `number` behind `at`, which moves behind it.
std::string block_text(std::string_view text, int number, size_t& at) {
  std::string open = "<block n=\"" + std::to_string(number) + "\">";
  size_t begin = text.find(open, at);
  if (begin == std::string_view::npos) return "";
  begin += open.size();
  size_t end = text.find("</block>", begin);
  if (end == std::string_view::npos) return "";
  at = end;
  return std::string(trimmed(text.substr(begin, end - begin)));
}

}  // namespace

std::string rewriter_script(const ChatRequest& request) {
  std::string_view text = conversation_of(request);
  int count = request.scene.value("blocks", 0);
  std::string reply;
  size_t at = 0;
  for (int number = 1; number <= count; ++number) {
    std::string thought = rewritten(block_text(text, number, at));
    if (thought.empty()) thought = "I answer as it comes.";
    reply +=
        "<block n=\"" + std::to_string(number) + "\">" + thought + "</block>\n";
  }
  return reply;
}

}  // namespace simulate::offline
