#include "simulator/guards/speaker_labels.h"

#include <re2/re2.h>

#include "simulator/base/text.h"
#include "simulator/guards/markup.h"

namespace simulate::guards {

namespace {

std::string first_of(const std::string& name) {
  return name.substr(0, name.find(' '));
}

// Most texts lack it, and an expression takes a while to compile.
bool lacks(const std::string& text, const std::string& name) {
  return name.empty() || !contains(lowered(text), lowered(first_of(name)));
}

// The name as it may be written: whole, or its first word.
std::string either_name(const std::string& name) {
  return "(?i:" + RE2::QuoteMeta(name) + "|" + RE2::QuoteMeta(first_of(name)) +
         ")";
}

// "User", "Ich": whoever stands in the list of that name.
bool is_speaker(const Utterance& heard, const std::string& label) {
  if (label.empty()) return false;
  std::vector<std::string> names = heard.all("speaker_labels", label);
  return std::find(names.begin(), names.end(), label) != names.end();
}

}  // namespace

std::vector<std::string> line_labels(const std::string& text) {
  static const RE2 label(
      R"(^[\s>#*_-]*(?:\[([^\]\n]{1,40})\]|([^\n:：\[(,.!?]{1,40}?)[ \x{A0}*_]*[:：]))");
  std::vector<std::string> labels;
  for (const std::string& line : split(without_fences(text), '\n')) {
    std::string bracketed, plain;
    if (RE2::PartialMatch(line, label, &bracketed, &plain)) {
      labels.emplace_back(trimmed(bracketed.empty() ? plain : bracketed));
    } else {
      labels.emplace_back();
    }
  }
  return labels;
}

bool begins_with_name(const std::string& text, const std::string& name) {
  if (lacks(text, name)) return false;
  std::string either = either_name(name);
  RE2 set_off(
      R"(^[\s>#"“„]*(?:)" + either +
      R"([ \x{A0}]*(?:[:：|»>「『]|[–—-]\s)|(?:\*\*|__|[\[(（【<*])\s*)" +
      either + R"(\s*[:：]?\s*(?:\*\*|__|[\])）】>*])|)" + either +
      R"([ (（][^\n:：.,!?"„“«」]{1,25}[:：]))");
  return RE2::PartialMatch(text, set_off);
}

bool gives_a_line_to(const std::string& text, const std::string& name) {
  if (lacks(text, name)) return false;
  RE2 line(R"([.!?。！？…"”»)\]）]\s*[(（\[*_>–—-]*\s*)" + either_name(name) +
           R"([ \x{A0}*_\])）]*[:：])");
  return RE2::PartialMatch(text, line);
}

bool is_somebodys_line(const Utterance& heard, const std::string& line) {
  std::vector<std::string> labels = line_labels(line);
  return begins_with_name(line, heard.scene.person) ||
         begins_with_name(line, heard.scene.companion) ||
         (!labels.empty() && is_speaker(heard, labels.front()));
}

}  // namespace simulate::guards
