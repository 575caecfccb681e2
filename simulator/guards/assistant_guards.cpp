#include "simulator/guards/assistant_guards.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/calls/special_tokens.h"
#include "simulator/guards/claims.h"
#include "simulator/guards/likeness.h"
#include "simulator/guards/markup.h"
#include "simulator/guards/speaker_labels.h"
#include "simulator/guards/written_call.h"

namespace simulate::guards {

namespace {

constexpr double kSameAnswer = 0.6;
constexpr double kParroted = 0.6;

std::string all_written(const Said& said) {
  std::string text = said.words + said.thinking;
  for (const ToolCall& call : said.calls) text += to_text(call.arguments);
  return text;
}

// What the person wrote last, as prose; empty before the first message.
std::string asked(const Utterance& heard) {
  const Message* last = heard.last_of(Speaker::tester);
  return last ? prose_of(last->content) : "";
}

bool any_sentence(const Utterance& heard, const char* list) {
  if (!heard.says(list)) return false;
  return std::any_of(heard.sentences.begin(), heard.sentences.end(),
                     [&](const std::string& sentence) {
                       return !is_question(sentence) &&
                              heard.matches(list, sentence);
                     });
}

bool is_an_index(const std::string& name) {
  static const RE2 pattern(
      "(?i)(?:.*_)?(?:index|indices|indexes|ids?|numbers?|positions?|rows?)");
  return RE2::FullMatch(name, pattern);
}

// The numbers that are handed to a tool as indices.
std::vector<int64_t> indices_in(const Json& arguments) {
  std::vector<int64_t> indices;
  if (!arguments.is_object()) return indices;
  for (const auto& [name, value] : arguments.items()) {
    if (!is_an_index(name)) continue;
    if (value.is_number_integer()) indices.push_back(value.get<int64_t>());
    if (!value.is_array()) continue;
    for (const Json& one : value) {
      if (one.is_number_integer()) indices.push_back(one.get<int64_t>());
    }
  }
  return indices;
}

// A result told of `index`: as a number of its own, anywhere in it.
bool tells_of(const Json& body, int64_t index) {
  if (body.is_number_integer()) return body.get<int64_t>() == index;
  if (!body.is_structured()) return false;
  return std::any_of(body.begin(), body.end(), [index](const Json& part) {
    return tells_of(part, index);
  });
}

bool was_shown(const Transcript& before, int64_t index) {
  return std::any_of(before.messages.begin(), before.messages.end(),
                     [index](const Message& message) {
                       return message.speaker == Speaker::tool &&
                              !message.result.error &&
                              tells_of(message.result.body, index);
                     });
}

}  // namespace

bool calls_cannot_be_read(const Utterance& heard) {
  return heard.said.calls.empty() && !heard.said.faults.empty();
}

bool calls_too_often(const Utterance& heard) {
  return !heard.said.calls.empty() && !heard.said.may_call;
}

bool says_nothing(const Utterance& heard) {
  return heard.said.calls.empty() && heard.said.words.empty();
}

bool only_thinks(const Utterance& heard) {
  return says_nothing(heard) && !heard.said.thinking.empty();
}

bool writes_tokens(const Utterance& heard) {
  return has_special_tokens(all_written(heard.said));
}

bool misplaces_tags(const Utterance& heard) {
  return has_tags(heard.said.words) || has_tags(heard.said.thinking);
}

// In one line, "You: pots. Jonas: plates." shares out work.
bool writes_lines_of_others(const Utterance& heard) {
  if (names_a_speaker(heard.said.words, heard.scene.companion)) return true;
  std::vector<std::string> lines = split(heard.said.words, '\n');
  return std::any_of(
      lines.begin() + 1, lines.end(),
      [&](const std::string& line) { return is_somebodys_line(heard, line); });
}

bool writes_a_call_in_words(const Utterance& heard) {
  static const RE2 aside(R"(^\s*[*(\[_]([^*()\[\]_\n]{3,90})[*)\]_])");
  std::string inside;
  if (RE2::PartialMatch(heard.said.words, aside, &inside) &&
      heard.matches("does_as_a_tool", inside)) {
    return true;
  }
  return writes_a_call(heard.said.words, heard.scene.before) &&
         !writes_a_call(asked(heard), heard.scene.before);
}

bool uses_an_unseen_index(const Utterance& heard) {
  for (const ToolCall& call : heard.said.calls) {
    if (!does(call.name, Deed::remove) && !does(call.name, Deed::save))
      continue;
    for (int64_t index : indices_in(call.arguments)) {
      if (!was_shown(heard.scene.before, index)) return true;
    }
  }
  return false;
}

bool claims_saved(const Utterance& heard) {
  return claims_a_deed(heard, Deed::save);
}

bool claims_set(const Utterance& heard) {
  return claims_a_deed(heard, Deed::set);
}

bool claims_deleted(const Utterance& heard) {
  return claims_a_deed(heard, Deed::remove);
}

bool announces_a_call(const Utterance& heard) {
  return heard.said.calls.empty() && any_sentence(heard, "announces_a_call");
}

// Talk of rules in general is the rewriter's matter.
bool tells_of_notes(const Utterance& heard) {
  return heard.says("teacher_notes") ||
         heard.matches("teacher_notes",
                       replaced(heard.said.thinking, "’", "'"));
}

bool claims_to_be_human(const Utterance& heard) {
  if (!heard.says("says_human")) return false;
  return std::any_of(heard.sentences.begin(), heard.sentences.end(),
                     [&](const std::string& sentence) {
                       return heard.matches("says_human", sentence) &&
                              !heard.matches("denies_human", sentence);
                     });
}

// Who says no and asks what is behind it does what a friend would; who asks
// what else may be done does what a hotline does.
bool refuses_to_help(const Utterance& heard) {
  return any_sentence(heard, "refuses_to_help") &&
         std::none_of(heard.sentences.begin(), heard.sentences.end(),
                      [&](const std::string& sentence) {
                        return is_question(sentence) &&
                               !heard.matches("changes_the_subject",
                                              sentence) &&
                               !heard.matches("boilerplate", sentence) &&
                               !heard.matches("speaks_as_assistant", sentence);
                      });
}

bool repeats_an_answer(const Utterance& heard) {
  if (weight_of(heard.prose) < 2 * kFewLetters) return false;
  Shingles mine(heard.prose);
  return heard.any_before(Speaker::assistant, [&](const std::string& words) {
    return mine.likeness(Shingles(words)) >= kSameAnswer;
  });
}

bool parrots(const Utterance& heard) {
  if (weight_of(heard.prose) < 2 * kFewLetters) return false;
  return Shingles(heard.prose).share_in(Shingles(asked(heard))) >= kParroted;
}

bool speaks_beside_calls(const Utterance& heard) {
  return !heard.said.calls.empty() && !heard.said.words.empty();
}

bool does_not_think(const Utterance& heard) {
  return heard.said.thinking.empty();
}

bool lists_unasked(const Utterance& heard) {
  static const RE2 heading(
      R"((?m)^\s*#{1,6} \S|^\s*\*\*[^*\n]+\*\*\s*[:：]?\s*$|)"
      R"(^\s*\|(?:[^|\n]+\|){2,}\s*$|^\s*[【■◆●▶]\S)");
  static const RE2 point(
      R"((?m)^\s*(?:[-*•・‣◦▪–—→✓✔☑✅🔹👉▸►+] ?|\(?\d{1,2}[.)．、:：\]] ?|)"
      R"([①-⑳] ?|\(?[a-eA-E][.)] |\d\x{FE0F}?\x{20E3} ?|\*\*[^*\n]+\*\*\s*[:：–—-])\S)");
  static const RE2 in_a_line(R"(\(?\b1[.)] ?[^\d\s].*\b2[.)] ?[^\d\s])");
  std::string text = heard.said.words;
  int points = 0;
  re2::StringPiece rest(text);
  while (RE2::FindAndConsume(&rest, point)) ++points;
  bool laid_out = points >= 2 || RE2::PartialMatch(text, heading) ||
                  RE2::PartialMatch(text, in_a_line);
  return laid_out && !heard.matches("asks_for_a_list", asked(heard));
}

bool sounds_canned(const Utterance& heard) {
  return heard.says("boilerplate") &&
         !heard.matches("asks_what_it_is", asked(heard));
}

}  // namespace simulate::guards
