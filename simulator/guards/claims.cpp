#include "simulator/guards/claims.h"

#include <re2/re2.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "simulator/base/text.h"
#include "simulator/guards/likeness.h"

namespace simulate::guards {

namespace {

// The share of a sentence's pieces that were said here before.
constexpr double kSaidHere = 0.5;

const char* list_of(Deed deed) {
  switch (deed) {
    case Deed::save:
      return "says_saved";
    case Deed::set:
      return "says_set";
    case Deed::remove:
      return "says_deleted";
    case Deed::find:
      return "says_looked";
  }
  return "";
}

// How far behind a claim a "not" may stand: "ich erinnere mich nicht".
constexpr size_t kBehind = 12;

// From where its clause begins to a little behind it.
std::string clause_of(const std::string& sentence, const std::string& claim) {
  size_t begin = sentence.find(claim);
  size_t comma = sentence.find_last_of(",;:", begin);
  size_t from = comma == sentence.npos ? 0 : comma;
  size_t end = begin + claim.size();
  size_t next = std::min(sentence.find_first_of(",;:", end), end + kBehind);
  return sentence.substr(from, next - from);
}

// A claim stands there: neither denied nor behind an "if" or a "shall I".
bool claims(const Utterance& heard, const char* list,
            const std::string& sentence) {
  if (!heard.matches(list, sentence)) return false;
  std::vector<std::string> all = heard.all(list, sentence);
  return std::any_of(all.begin(), all.end(), [&](const std::string& claim) {
    std::string until = sentence.substr(0, sentence.find(claim) + claim.size());
    return !heard.matches("denies", clause_of(sentence, claim)) &&
           !heard.matches("not_said", until);
  });
}

// "Last week you swore you'd never go": what the person is told to have said,
// felt or wanted at another time. A "never" behind it is theirs. A question
// tells something only of what was said: "didn't you say on Monday ...?"
bool tells_of_an_earlier_time(const Utterance& heard,
                              const std::string& sentence) {
  if (!heard.matches("says_earlier", sentence)) return false;
  std::vector<std::string> all = heard.all("says_earlier", sentence);
  return std::any_of(all.begin(), all.end(), [&](const std::string& one) {
    bool told = is_question(sentence) ? heard.matches("speaks_of_saying", one)
                                      : !heard.matches("denies", one);
    return told &&
           !heard.matches("not_said", sentence.substr(0, sentence.find(one)));
  });
}

// The sentences that hold a claim. A question holds none: "shall I save it?"
std::vector<std::string> claims_in(const Utterance& heard, const char* list,
                                   bool questions_count) {
  std::vector<std::string> found;
  if (!heard.says(list)) return found;
  for (const std::string& sentence : heard.sentences) {
    if (is_question(sentence) && !questions_count) continue;
    if (claims(heard, list, sentence)) found.push_back(sentence);
  }
  return found;
}

bool person_asks(const Utterance& heard) {
  const Message* last = heard.last_of(Speaker::tester);
  return last &&
         (contains(last->content, "?") || contains(last->content, "？"));
}

// What the person said in this conversation, and what the system message tells
// behind its list of tools: the open reminders.
std::string known_here(const Utterance& heard) {
  const Transcript& before = heard.scene.before;
  std::string known;
  for (const Message& message : before.messages) {
    if (message.speaker == Speaker::tester) known += message.content + '\n';
    if (message.speaker == Speaker::tool) known += to_text(message.result.body);
    if (message.speaker != Speaker::system || !before.offer) continue;
    auto end =
        static_cast<size_t>(before.offer->text_begin + before.offer->text_size);
    if (end < message.content.size()) known += message.content.substr(end);
  }
  return known;
}

bool was_said_here(const Utterance& heard, const std::string& sentence) {
  return heard.matches("said_here", sentence) ||
         Shingles(sentence).share_in(Shingles(known_here(heard))) >= kSaidHere;
}

// Numbers without their zeros in front: of "2026-03-05" 2026, 3 and 5.
std::set<int64_t> digits_in(const std::string& text) {
  static const RE2 digits(R"((\d{1,9}))");
  std::set<int64_t> numbers;
  re2::StringPiece rest(text);
  int64_t number = 0;
  while (RE2::FindAndConsume(&rest, digits, &number)) numbers.insert(number);
  return numbers;
}

// "Three" of a list of three is no number of the list.
bool has_a_new_number(const std::string& said, const std::string& known) {
  std::set<int64_t> there = digits_in(known);
  std::set<int64_t> numbers = digits_in(said);
  return std::any_of(numbers.begin(), numbers.end(), [&](int64_t number) {
    return !there.count(number) && !there.count(number + 12) &&
           !there.count(number - 12) && !there.count(number + 2000);
  });
}

// Results of this turn that looked for something: how many, and whether one
// held anything.
struct Looked {
  bool at_all = false;
  bool found = false;
};

Looked looked_in_turn(const Utterance& heard) {
  size_t begin = heard.start_of_turn();
  return {was_done(heard.scene.before, begin, Deed::find),
          something_was_found(heard.scene.before, begin)};
}

// "Result: 2 memories found", or one as JSON, unless the person wrote the like.
bool shows_a_result(const Utterance& heard, const Message& last) {
  return heard.matches("shows_a_result", heard.said.words) &&
         !heard.matches("shows_a_result", last.content);
}

// Asked for the hour or the day, and nothing was looked at.
bool makes_up_a_time(const Utterance& heard, const Message& last) {
  return heard.matches("asks_the_time", prose_of(last.content)) &&
         !was_done(heard.scene.before, 0, Deed::find) &&
         has_a_new_number(heard.prose, known_here(heard));
}

}  // namespace

bool claims_a_deed(const Utterance& heard, Deed deed) {
  std::vector<std::string> sentences =
      claims_in(heard, list_of(deed), /*questions_count=*/false);
  if (sentences.empty()) return false;
  const Transcript& before = heard.scene.before;
  if (was_done(before, heard.start_of_turn(), deed)) return false;
  bool past = person_asks(heard) ||
              std::any_of(sentences.begin(), sentences.end(),
                          [&](const std::string& sentence) {
                            return heard.matches("already", sentence);
                          });
  if (!past) return true;
  return !was_done(before, 0, deed) && !something_was_found(before, 0);
}

bool claims_to_know(const Utterance& heard) {
  if (something_was_found(heard.scene.before, 0)) return false;
  std::vector<std::string> sentences =
      claims_in(heard, "says_found", /*questions_count=*/true);
  std::copy_if(heard.sentences.begin(), heard.sentences.end(),
               std::back_inserter(sentences), [&](const std::string& one) {
                 return tells_of_an_earlier_time(heard, one);
               });
  return std::any_of(sentences.begin(), sentences.end(),
                     [&](const std::string& sentence) {
                       return !was_said_here(heard, sentence);
                     });
}

bool claims_to_have_looked(const Utterance& heard) {
  return !claims_in(heard, "says_looked", /*questions_count=*/false).empty() &&
         !was_done(heard.scene.before, 0, Deed::find);
}

bool invents_a_result(const Utterance& heard) {
  const Message* last = heard.last_of(Speaker::tester);
  Looked looked = looked_in_turn(heard);
  if (last && (shows_a_result(heard, *last) || makes_up_a_time(heard, *last))) {
    return true;
  }
  if (!last || !looked.at_all || heard.said.words.empty() ||
      !heard.matches("asks_what_is_kept", prose_of(last->content)) ||
      heard.says("admits_nothing")) {
    return false;
  }
  if (!looked.found) {
    return !std::all_of(heard.sentences.begin(), heard.sentences.end(),
                        is_question);
  }
  return has_a_new_number(heard.prose, known_here(heard));
}

}  // namespace simulate::guards
