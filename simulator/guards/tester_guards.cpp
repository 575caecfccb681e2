#include "simulator/guards/tester_guards.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/sentences.h"
#include "simulator/base/text.h"
#include "simulator/calls/special_tokens.h"
#include "simulator/guards/end_mark.h"
#include "simulator/guards/likeness.h"
#include "simulator/guards/markup.h"
#include "simulator/guards/speaker_labels.h"
#include "simulator/guards/spoken_language.h"
#include "simulator/guards/written_call.h"

namespace simulate::guards {

namespace {

// The shares of pieces from which two texts are one, measured on the corpus in
// tests/guards/corpus.
constexpr double kEcho = 0.7;
constexpr double kNearRepeat = 0.5;

// The lines of the prose that are not blank.
std::vector<std::string> prose_lines(const Utterance& heard) {
  std::vector<std::string> lines;
  for (const std::string& line : split(heard.prose, '\n')) {
    if (!trimmed(line).empty()) lines.emplace_back(trimmed(line));
  }
  return lines;
}

// A sentence of one's own: not "and then she goes, how can I help you?".
bool says_oneself(const Utterance& heard, const char* list) {
  if (!heard.says(list)) return false;
  return std::any_of(heard.sentences.begin(), heard.sentences.end(),
                     [&](const std::string& sentence) {
                       return heard.matches(list, sentence) &&
                              !heard.matches("reports_speech", sentence);
                     });
}

// Labels that are neither of the two nor a word for a speaker: "Her: cash or
// card?" is a scene that is told, whoever speaks in it.
bool tells_a_scene(const Utterance& heard,
                   const std::vector<std::string>& lines) {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    std::vector<std::string> labels = line_labels(line);
    return !labels.empty() && !labels.front().empty() &&
           !contains(labels.front(), " ") && !is_somebodys_line(heard, line);
  });
}

// "– And how did it go?" as in a written dialogue.
bool asks_behind_a_dash(const std::string& line) {
  static const RE2 dash(R"(^\s*(?:[–—]|--)\s*\S)");
  return RE2::PartialMatch(line, dash) &&
         is_question(std::string(trimmed(line)));
}

// How long an answer to oneself is at most, in letters.
constexpr size_t kShortAnswer = 60;

// A line in the midst that remarks on the first one and asks, with a short
// answer below: "In April.\n\nThat's wild. Do you drive in it?\n\nNo."
bool answers_itself(const Utterance& heard) {
  if (!heard.last_of(Speaker::assistant)) return false;
  std::vector<std::string> lines = prose_lines(heard);
  for (size_t i = 1; i + 1 < lines.size(); ++i) {
    bool asks = is_question(lines[i]) && !is_question(lines[i + 1]) &&
                !is_question(lines.front());
    bool remarks = sentences_of(lines[i]).size() > 1;
    if (asks && remarks && weight_of(lines[i + 1]) <= kShortAnswer) return true;
  }
  return false;
}

// What is offered or asked by the last message of the assistant.
bool accepts_an_offer(const Utterance& heard) {
  const Message* last = heard.last_of(Speaker::assistant);
  if (!last || !heard.says("accepts") || heard.says("declines")) return false;
  std::vector<std::string> sentences = sentences_of(prose_of(last->content));
  return std::any_of(
      sentences.begin(), sentences.end(), [&](const std::string& sentence) {
        return is_question(sentence) && heard.matches("offers", sentence);
      });
}

}  // namespace

bool tester_says_nothing(const Utterance& heard) {
  return heard.said.words.empty() &&
         (heard.scene.turn == 1 || !heard.said.leaves);
}

bool leaves_at_once(const Utterance& heard) {
  return heard.said.leaves && heard.scene.turn == 1;
}

// In the first third, while the assistant waits to hear more.
bool leaves_too_early(const Utterance& heard) {
  const Message* last = heard.last_of(Speaker::assistant);
  bool early = heard.scene.turn * 3 < heard.scene.turns;
  if (!heard.said.leaves || !last || !early) return false;
  std::string prose = prose_of(last->content);
  std::vector<std::string> sentences = sentences_of(prose);
  return heard.matches("invites", prose) ||
         std::any_of(sentences.begin(), sentences.end(), is_question);
}

bool leaves_with_something_open(const Utterance& heard) {
  if (!heard.said.leaves) return false;
  if (heard.says("requests") || accepts_an_offer(heard)) return true;
  return std::any_of(heard.sentences.begin(), heard.sentences.end(),
                     [&](const std::string& sentence) {
                       return is_question(sentence) &&
                              !heard.matches("closing_questions", sentence);
                     });
}

bool misplaces_the_end(const Utterance& heard) {
  return has_end_mark(heard.said.words);
}

bool tester_thinks_aloud(const Utterance& heard) {
  return has_tags(heard.said.words);
}

bool tester_writes_tokens(const Utterance& heard) {
  return has_special_tokens(heard.said.words);
}

bool tester_writes_a_call(const Utterance& heard) {
  return writes_a_call(heard.said.words, heard.scene.before);
}

bool puts_a_name_before(const Utterance& heard) {
  std::string first = heard.said.words.substr(0, heard.said.words.find('\n'));
  return is_somebodys_line(heard, first);
}

bool writes_both_sides(const Utterance& heard) {
  const std::string& words = heard.said.words;
  if (gives_a_line_to(words, heard.scene.companion) ||
      heard.says("gives_lines") || answers_itself(heard)) {
    return true;
  }
  std::vector<std::string> lines = split(words, '\n');
  bool scene = tells_a_scene(heard, lines);
  return std::any_of(lines.begin() + 1, lines.end(),
                     [&](const std::string& line) {
                       return begins_with_name(line, heard.scene.companion) ||
                              asks_behind_a_dash(line) ||
                              (!scene && is_somebodys_line(heard, line));
                     });
}

bool plays_the_assistant(const Utterance& heard) {
  return says_oneself(heard, "speaks_as_assistant");
}

bool tester_refuses(const Utterance& heard) {
  return says_oneself(heard, "refuses_to_play");
}

// Who acts in a play or a game has a part and a script of their own.
bool talks_about_the_task(const Utterance& heard) {
  if (!heard.says("talks_about_task")) return false;
  auto of_a_play = [&](const std::string& words) {
    return heard.matches("in_a_play", words);
  };
  return !of_a_play(heard.prose) &&
         !heard.any_before(Speaker::tester, of_a_play) &&
         !heard.any_before(Speaker::assistant, of_a_play);
}

bool gives_stage_directions(const Utterance& heard) {
  static const RE2 aside(
      R"((?:^|[\s"(])(?:\*([^*\n]{2,80})\*|_([^_\n]{2,80})_)|)"
      R"([(（\[【]([^()（）\[\]【】\n]{2,80})[)）\]】])");
  re2::StringPiece rest(heard.said.words);
  std::string starred, lined, bracketed;
  while (RE2::FindAndConsume(&rest, aside, &starred, &lined, &bracketed)) {
    std::string& inside = starred.empty() ? lined : starred;
    if (heard.matches("gestures", inside.empty() ? bracketed : inside)) {
      return true;
    }
  }
  return false;
}

bool echoes_the_assistant(const Utterance& heard) {
  if (weight_of(heard.prose) < kFewLetters) return false;
  Shingles mine(heard.prose);
  return heard.any_before(Speaker::assistant, [&](const std::string& words) {
    return mine.share_in(Shingles(words)) >= kEcho;
  });
}

bool repeats_itself(const Utterance& heard) {
  if (weight_of(heard.said.words) < kFewLetters) return false;
  std::string mine = lowered(heard.said.words);
  return heard.any_before(Speaker::tester, [&](const std::string& words) {
    return lowered(words) == mine;
  });
}

bool nearly_repeats_itself(const Utterance& heard) {
  if (weight_of(heard.prose) < 2 * kFewLetters) return false;
  Shingles mine(heard.prose);
  return heard.any_before(Speaker::tester, [&](const std::string& words) {
    return mine.likeness(Shingles(words)) >= kNearRepeat;
  });
}

bool leaks_instructions(const Utterance& heard) {
  return heard.scene.leaks && heard.scene.leaks(heard.said.words);
}

bool speaks_another_language(const Utterance& heard) {
  std::string other = other_language_in(heard.prose, heard.scene.language);
  for (const std::string& sentence : heard.sentences) {
    if (!other.empty()) break;
    if (weight_of(sentence) < kLeastLetters) continue;
    other = other_language_in(sentence, heard.scene.language);
  }
  if (other.empty()) return false;
  const Message* person = heard.last_of(Speaker::tester);
  if (heard.said.speaker == Speaker::tester || !person) return true;
  // Asked for a translation, or spoken to in that language, it may.
  return !heard.matches("asks_for_a_language", person->content) &&
         other_language_in(person->content, heard.scene.language) != other;
}

bool goes_round_in_circles(const Utterance& heard) {
  return loops(heard.prose);
}

}  // namespace simulate::guards
