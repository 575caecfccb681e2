#include "simulator/conversation/planted_defects.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <set>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kShortestToCut = 60;  // bytes
constexpr size_t kLeaked = 240;        // bytes
constexpr size_t kLettersOfAWord = 5;  // at least, to carry something

using Positions = std::vector<size_t>;

template <class Condition>
Positions where(const Transcript& talk, Condition holds) {
  Positions found;
  for (size_t i = 0; i < talk.messages.size(); ++i) {
    if (holds(talk.messages[i])) found.push_back(i);
  }
  return found;
}

Positions answers_in(const Transcript& talk) {
  return where(talk, [](const Message& message) {
    return message.speaker == Speaker::assistant && message.calls.empty() &&
           !message.content.empty();
  });
}

Positions words_of_person(const Transcript& talk) {
  return where(talk, [](const Message& message) {
    return message.speaker == Speaker::tester && !message.content.empty();
  });
}

std::optional<size_t> one_of(const Positions& positions, Random& random) {
  if (positions.empty()) return std::nullopt;
  return random.pick(positions);
}

// A message of one kind is replaced by one that somebody else's conversation
// has of it.
std::optional<size_t> exchange(Transcript& talk, const Transcript& other,
                               Random& random,
                               Positions (*kind)(const Transcript&)) {
  std::optional<size_t> at = one_of(kind(talk), random);
  std::optional<size_t> from = one_of(kind(other), random);
  if (!at || !from) return std::nullopt;
  const std::string& words = other.messages[*from].content;
  if (words == talk.messages[*at].content) return std::nullopt;
  talk.messages[*at].content = words;
  return at;
}

std::optional<size_t> another_person(Transcript& talk, const Transcript& other,
                                     Random& random) {
  return exchange(talk, other, random, words_of_person);
}

std::optional<size_t> answer_of_another(Transcript& talk,
                                        const Transcript& other,
                                        Random& random) {
  return exchange(talk, other, random, answers_in);
}

// Where the answer stands that follows the results at `position`.
std::optional<size_t> answer_behind(const Transcript& talk, size_t position) {
  for (size_t i = position; i < talk.messages.size(); ++i) {
    const Message& message = talk.messages[i];
    if (message.speaker == Speaker::tester) return std::nullopt;
    bool answers = message.speaker == Speaker::assistant &&
                   message.calls.empty() && !message.content.empty();
    if (answers) return i;
  }
  return std::nullopt;
}

std::set<std::string> carrying_words(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (unsigned char c : lowered(text) + " ") {
    if (std::isalnum(c) || c >= 0x80) {
      word += static_cast<char>(c);
      continue;
    }
    if (word.size() >= kLettersOfAWord) words.insert(word);
    word.clear();
  }
  return words;
}

// Of what a result says, without the names of its members.
std::set<std::string> words_of_result(const Json& body) {
  std::set<std::string> words;
  std::function<void(const Json&)> collect = [&](const Json& value) {
    if (value.is_string()) {
      words.merge(carrying_words(value.get_ref<const std::string&>()));
    } else if (value.is_structured()) {
      for (const Json& member : value) collect(member);
    }
  };
  collect(body);
  return words;
}

// Whether the answer tells what stands in the result and nowhere before it.
bool reports(const Transcript& talk, size_t result, size_t answer) {
  std::set<std::string> known;
  for (size_t i = 0; i < answer; ++i) {
    if (i < result) known.merge(carrying_words(talk.messages[i].content));
    if (i != result) {
      known.merge(words_of_result(talk.messages[i].result.body));
    }
  }
  std::set<std::string> told = carrying_words(talk.messages[answer].content);
  std::set<std::string> found =
      words_of_result(talk.messages[result].result.body);
  return std::any_of(found.begin(), found.end(), [&](const std::string& word) {
    return told.contains(word) && !known.contains(word);
  });
}

// As a tool answers that has found nothing.
void empty(Json& value) {
  if (value.is_array()) {
    value = Json::array();
  } else if (value.is_number()) {
    value = 0;
  } else if (value.is_string()) {
    value = "";
  } else if (value.is_object()) {
    for (auto& member : value) empty(member);
  }
}

std::optional<size_t> emptied_results(Transcript& talk, const Transcript&,
                                      Random& random) {
  Positions reported = where(talk, [&](const Message& message) {
    if (message.speaker != Speaker::tool || message.result.error) return false;
    auto at = static_cast<size_t>(&message - talk.messages.data());
    std::optional<size_t> answer = answer_behind(talk, at);
    return answer && reports(talk, at, *answer);
  });
  std::optional<size_t> at = one_of(reported, random);
  if (!at) return std::nullopt;
  empty(talk.messages[*at].result.body);
  return answer_behind(talk, *at);
}

// The answer stands as if it had been done.
std::optional<size_t> missing_calls(Transcript& talk, const Transcript&,
                                    Random& random) {
  Positions callers = where(talk, [&](const Message& message) {
    auto at = static_cast<size_t>(&message - talk.messages.data());
    size_t behind = at + message.calls.size() + 1;
    if (message.calls.empty() || behind >= talk.messages.size()) return false;
    for (size_t i = at + 1; i < behind; ++i) {
      if (talk.messages[i].result.error) return false;
    }
    return answer_behind(talk, behind) == behind;
  });
  std::optional<size_t> at = one_of(callers, random);
  if (!at) return std::nullopt;
  auto first = talk.messages.begin() + static_cast<std::ptrdiff_t>(*at);
  auto calls = static_cast<std::ptrdiff_t>(first->calls.size());
  talk.messages.erase(first, first + calls + 1);
  return at;
}

std::optional<size_t> leaked_instructions(Transcript& talk, const Transcript&,
                                          Random& random) {
  std::optional<size_t> at = one_of(answers_in(talk), random);
  bool told = !talk.messages.empty() &&
              talk.messages.front().speaker == Speaker::system;
  if (!at || !told) return std::nullopt;
  talk.messages[*at].content +=
      "\n\n" + shortened(talk.messages.front().content, kLeaked);
  return at;
}

std::optional<size_t> repeated_answer(Transcript& talk, const Transcript&,
                                      Random& random) {
  Positions answers = answers_in(talk);
  if (answers.size() < 2) return std::nullopt;
  size_t which = 1 + random.below(answers.size() - 1);
  const std::string& before = talk.messages[answers[which - 1]].content;
  std::string& content = talk.messages[answers[which]].content;
  if (content == before) return std::nullopt;
  content = before;
  return answers[which];
}

// Between two letters, and not within one.
bool is_within_word(const std::string& text, size_t at) {
  auto letter = [](unsigned char c) { return std::isalpha(c) || c >= 0x80; };
  bool begins = (text[at] & 0xC0) != 0x80;
  return begins && letter(text[at]) && letter(text[at - 1]);
}

std::optional<size_t> cut_answer(Transcript& talk, const Transcript&,
                                 Random& random) {
  Positions answers = where(talk, [](const Message& message) {
    return message.speaker == Speaker::assistant && message.calls.empty() &&
           message.content.size() >= kShortestToCut;
  });
  std::optional<size_t> at = one_of(answers, random);
  if (!at) return std::nullopt;
  std::string& content = talk.messages[*at].content;
  size_t end = content.size() * 3 / 5;
  while (end > 2 && !is_within_word(content, end)) --end;
  content.resize(end);
  return at;
}

}  // namespace

const std::vector<PlantedDefect>& all_defects() {
  static const std::vector<PlantedDefect> defects = {
      {"another_person", "a message of somebody else stands in the person's",
       another_person},
      {"emptied_results", "a result is emptied, and the answer still tells it",
       emptied_results},
      {"missing_calls", "calls are taken out, and the answer says it was done",
       missing_calls},
      {"answer_of_another", "an answer is one that somebody else was given",
       answer_of_another},
      {"leaked_instructions",
       "an answer ends with the assistant's instructions", leaked_instructions},
      {"repeated_answer", "an answer is the one before once more",
       repeated_answer},
      {"cut_answer", "an answer ends in the middle of a word", cut_answer}};
  return defects;
}

const PlantedDefect* defect_named(const std::string& name) {
  for (const PlantedDefect& defect : all_defects()) {
    if (name == defect.name) return &defect;
  }
  return nullptr;
}

}  // namespace simulate
