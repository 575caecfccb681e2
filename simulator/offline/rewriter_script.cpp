#include <re2/re2.h>

#include "simulator/base/text.h"
#include "simulator/offline/phrasebook.h"
#include "simulator/offline/scripts.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

std::string without_filler(const std::string& text) {
  static const RE2 filler("^(?i)(?:(?:" + phrasebook().rewriter.fillers +
                          ")\\b(?:, so\\b)?[,.:]? *)+");
  std::string rest = text;
  RE2::Replace(&rest, filler, "");
  return trimmed(rest).empty() ? text : rest;
}

std::string rewritten(const std::string& thought) {
  std::string text = without_filler(thought);
  for (const Rewording& rewording : phrasebook().rewriter.rewordings) {
    RE2::GlobalReplace(&text, *rewording.pattern, rewording.becomes);
  }
  return capitalised(trimmed(text));
}

// The conversation ends where the task is repeated, with examples of blocks.
std::string_view conversation_of(const Texts& texts) {
  if (texts.size() < 2) return {};
  std::string_view text = texts[1].content;
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

std::string rewriter_script(const ChatRequest& request, const Texts& texts) {
  std::string_view text = conversation_of(texts);
  int count = request.scene.value("blocks", 0);
  std::string reply;
  size_t at = 0;
  for (int number = 1; number <= count; ++number) {
    std::string thought = rewritten(block_text(text, number, at));
    if (thought.empty()) thought = phrasebook().rewriter.nothing_left;
    reply +=
        "<block n=\"" + std::to_string(number) + "\">" + thought + "</block>\n";
  }
  return reply;
}

}  // namespace simulate::offline
