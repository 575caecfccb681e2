#include "simulator/offline/listening.h"

#include <re2/re2.h>

#include "simulator/base/sentences.h"
#include "simulator/base/text.h"
#include "simulator/offline/english.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

// Talk, not facts, although it is in the first person.
bool is_passing(const std::string& sentence) {
  static const RE2 passing("(?i)^(?:i|we)(?:'d| would)? (?:" +
                           english().passing + ")\\b|^i'll\\b|^i'd\\b");
  return RE2::PartialMatch(sentence, passing);
}

std::string without_lead(std::string sentence) {
  static const RE2 lead("^(?i)(?:(?:" + english().lead_ins + ")(?:, | ))+");
  RE2::Replace(&sentence, lead, "");
  return sentence;
}

// "milk and bread" of "put milk and bread on my shopping list".
std::vector<std::string> things_in(const std::string& said) {
  static const RE2 list(R"((?i)\bput ([^.?!]+?) on (?:my|the) shopping list)");
  static const RE2 article("^(?:a|an|some|the|more) ");
  std::string found;
  if (!RE2::PartialMatch(said, list, &found)) return {};
  std::vector<std::string> things;
  for (std::string thing : split(replaced(found, " and ", ","), ',')) {
    thing = trimmed(thing);
    RE2::Replace(&thing, article, "");
    if (!thing.empty()) things.push_back(std::move(thing));
  }
  return things;
}

// A tool to be tried out, called by its name in words: the longest that fits.
// Some people write everything in lower case.
std::string errand_in(const std::string& said, const Json& tools) {
  static const RE2 pattern(R"((?i)\btry (?:out )?your tool (.*))");
  std::string named;
  if (!RE2::PartialMatch(said, pattern, &named)) return "";
  std::string errand;
  for (const auto& [tool, example] : tools.items()) {
    bool fits = lowered(named).starts_with(lowered(replaced(tool, "_", " ")));
    if (fits && tool.size() > errand.size()) errand = tool;
  }
  return errand;
}

void read_past(const std::string& said, Wishes& wishes) {
  static const RE2 told(R"((?i)\bi (?:did tell|told) you\b)");
  static const RE2 really(R"((?i)^\W*(?:seriously|really)\?)");
  static const RE2 quiz(
      R"((?i)\bdo you (?:still |even )?(?:remember|know)|\bwhat did i|)"
      R"(\bwhat do you .*know|still remember|\byou .*remember what|)"
      R"(still have it)");
  bool asks = contains(said, "?");
  wishes.insists = (!asks && RE2::PartialMatch(said, told)) ||
                   RE2::PartialMatch(said, really);
  wishes.quiz = !wishes.insists && RE2::PartialMatch(said, quiz);
}

// What is said of something that is kept already.
void read_revision(const std::string& said, Wishes& wishes) {
  static const RE2 lean(R"((?i)you know how it is with ([^.,?!]+))");
  static const RE2 changed(
      R"((?i)what i (?:told you|said) about (.+?) is not so any more\W*(.*))");
  static const RE2 exact(
      R"((?i)what you know about (.+?) is too rough\W*(.*))");
  wishes.leans = RE2::PartialMatch(said, lean, &wishes.subject);
  wishes.changed =
      RE2::PartialMatch(said, changed, &wishes.subject, &wishes.detail);
  wishes.exact =
      RE2::PartialMatch(said, exact, &wishes.subject, &wishes.detail);
}

void read_done(const std::string& said, const std::string& before,
               Wishes& wishes) {
  static const RE2 on_the_list(R"((?i)\bon (?:your|the) list is done\b)");
  wishes.done = RE2::PartialMatch(said, on_the_list);
  static const RE2 no(R"((?i)^\W*(?:no|not yet)\b)");
  static const RE2 yes(R"((?i)\bdone\b|^\W*(?:yes|yep)\b)");
  if (!contains(lowered(before), "is that done?")) return;
  wishes.not_done = RE2::PartialMatch(said, no);
  wishes.done = !wishes.not_done && RE2::PartialMatch(said, yes);
}

}  // namespace

Wishes wishes_in(const std::string& said, const std::string& before,
                 const Json& tools) {
  static const RE2 forget(R"((?i)\bforget what i\b)");
  static const RE2 remind(R"((?i)\bremind me\b)");
  static const RE2 opinion("(?i)" + english().opinion);
  static const RE2 hurry("(?i)" + english().hurry);
  static const RE2 goodbye("(?i)\\b(?:" + english().goodbye + ")\\b");
  Wishes wishes;
  wishes.forget = RE2::PartialMatch(said, forget);
  wishes.reminder = RE2::PartialMatch(said, remind);
  wishes.errand = errand_in(said, tools);
  wishes.shopping = things_in(said);
  wishes.opinion = RE2::PartialMatch(said, opinion);
  wishes.goodbye = RE2::PartialMatch(said, goodbye);
  wishes.hurry = RE2::PartialMatch(said, hurry);
  read_revision(said, wishes);
  bool revises = wishes.leans || wishes.changed || wishes.exact;
  if (!wishes.forget && !revises) read_past(said, wishes);
  read_done(said, before, wishes);
  return wishes;
}

std::vector<std::string> facts_in(const std::string& said) {
  static const RE2 own(R"((?i)^(?:I|I'm|I've|My|Our|We)\b)");
  std::vector<std::string> facts;
  for (const std::string& whole : sentences_of(said)) {
    std::string sentence = without_lead(whole);
    if (!RE2::PartialMatch(sentence, own) || is_passing(sentence)) continue;
    if (contains(sentence, "told you")) continue;
    if (sentence.back() == '?' || split(sentence, ' ').size() < 4) continue;
    facts.push_back(sentence);
  }
  return facts;
}

// Questions about the past have subjects of their own, and facts happen to hold
// the word.
std::string topic_in(const std::string& said) {
  static const RE2 other(
      R"((?i)\b(?:told|said|remember|did i|know about|remind|forget)\b)");
  static const RE2 about(
      R"((?i)(?:\babout|:) ([^.?!,;:]{3}.*?)(?:[.?!,;:](?:\s|$)|$))");
  for (const std::string& sentence : sentences_of(said)) {
    if (RE2::PartialMatch(sentence, other) || !facts_in(sentence).empty()) {
      continue;
    }
    std::string found;
    if (!RE2::PartialMatch(sentence, about, &found)) continue;
    return found;
  }
  return "";
}

// What comes after "about", up to a mark, where the past is spoken of.
std::string subject_in(const std::string& said) {
  static const RE2 about(
      R"((?i)(?:told|said|tell|say|remember|know|talked|something) [^.?!]*?)"
      R"(about (.+?)(?:[,.?!:](?:\s|$)|$))");
  std::string subject;
  if (!RE2::PartialMatch(said, about, &subject)) return "that";
  return subject;
}

}  // namespace simulate::offline
