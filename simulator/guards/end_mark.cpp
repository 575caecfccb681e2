#include "simulator/guards/end_mark.h"

#include <re2/re2.h>

#include "simulator/base/text.h"

namespace simulate::guards {

namespace {

// What models write for END, in the languages that they play.
const std::string kEndWords =
    R"(\s*/?\s*(?:(?:the\s+)?end(?:e|ed)?(?:\s+(?:of\s+)?(?:the\s+)?)"
    R"((?:conversation|chat|talk))?|ende (?:des|der) \pL+|fi[nm]|fine|schluss|)"
    R"(fi[nm] d(?:e|a|o)(?: la)? \pL+|(?:会話|チャット|対話)?(?:の)?)"
    R"((?:終わり|終了|おわり)|)"
    R"(exit|quit|stop|end[_-]?(?:of[_-]?)?(?:conversation|chat))\s*[.!。]?\s*)";

// In brackets of a kind into which people do not put such a word.
const std::string kBracketed =
    R"((?i:[\[［【{<〈])" + kEndWords + R"(/?\s*[\]］】}>〉]))";

// In round brackets or asterisks, which may be about a film, only on a line of
// its own or in capitals; without any, only both.
const std::string kCapitals = "(?:END|ENDE|FIN|FIM)";
const std::string kMarked = R"([(（*]+\s*)" + kCapitals + R"(\s*[)）*]+)";
const std::string kLine = R"((?:(?i:[(（*_~-]+)" + kEndWords +
                          R"([)）*_~-]+)|\[?)" + kCapitals + R"(\]?))";

// Bold, quotes and code around a mark say nothing.
const std::string kTrim = R"([*_`"]*)";

}  // namespace

EndMark read_end(const std::string& text) {
  static const RE2 closing(R"((?s)^(.*?)(?:)" + kTrim + kBracketed + kTrim +
                           R"(|(?:^|\n)[ \t>*_`"]*)" + kLine + kTrim + "|" +
                           kMarked + R"()[\s.!。]*$)");
  EndMark read;
  read.words = trimmed(text);
  std::string before;
  while (RE2::FullMatch(read.words, closing, &before)) {
    read.leaves = true;
    read.words = trimmed(before);
  }
  return read;
}

bool has_end_mark(const std::string& words) {
  static const RE2 anywhere(kBracketed + R"(|(?m:^[ \t>*_`"]*)" + kLine +
                            R"([*_`".]*\s*$)|)" + kMarked);
  return RE2::PartialMatch(words, anywhere);
}

}  // namespace simulate::guards
