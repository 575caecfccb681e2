#include "simulator/report/conversation_numbers.h"

#include <algorithm>
#include <set>

#include "simulator/metrics/measured_words.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

using Value = std::optional<double>;

Value words_each(const std::vector<const Message*>& messages) {
  size_t words = 0;
  for (const Message* message : messages) {
    words += measured_words(message->content).size();
  }
  return ratio(static_cast<double>(words),
               static_cast<double>(messages.size()));
}

Value turns(const Reading& reading) {
  return static_cast<double>(reading.questions.size());
}
Value answer_words(const Reading& reading) {
  return words_each(reading.answers);
}
Value tester_words(const Reading& reading) {
  return words_each(reading.questions);
}
Value calls(const Reading& reading) {
  return static_cast<double>(reading.calls);
}
Value errors(const Reading& reading) {
  return static_cast<double>(reading.errors);
}

Value thoughts(const Reading& reading) {
  int64_t with_thought = std::count_if(
      reading.messages().begin(), reading.messages().end(),
      [](const Message& message) { return !message.thinking.empty(); });
  return ratio(static_cast<double>(with_thought),
               static_cast<double>(reading.replies));
}

Value thought_words(const Reading& reading) {
  size_t words = 0;
  int64_t with_thought = 0;
  for (const Message& message : reading.messages()) {
    if (message.thinking.empty()) continue;
    ++with_thought;
    words += measured_words(message.thinking).size();
  }
  return ratio(static_cast<double>(words), static_cast<double>(with_thought));
}

Value corrections(const Reading& reading) {
  return reading.number("corrections");
}

Value faults(const Reading& reading) {
  return static_cast<double>(std::count_if(
      reading.faults.begin(), reading.faults.end(), [](const KeptFault& one) {
        return one.guard->severity == guards::Severity::correct;
      }));
}

Value unbacked(const Reading& reading) {
  return static_cast<double>(reading.unbacked_claims());
}

Value judged_good(const Reading& reading) {
  if (!reading.talk.verdict) return std::nullopt;
  return reading.talk.verdict->good ? 1 : 0;
}

Value judged_faults(const Reading& reading) {
  if (!reading.talk.verdict) return std::nullopt;
  Json truths = reading.talk.verdict->flat();
  double faults = 0;
  for (const auto& [question, holds] : truths.items()) {
    if (holds == false) ++faults;
  }
  return faults;
}

Value distinct_2(const Reading& reading) {
  std::set<std::pair<std::string, std::string>> distinct;
  size_t all = 0;
  for (const Message* answer : reading.answers) {
    std::vector<std::string> words = measured_words(answer->content);
    for (size_t i = 1; i < words.size(); ++i, ++all) {
      distinct.insert({words[i - 1], words[i]});
    }
  }
  return ratio(static_cast<double>(distinct.size()), static_cast<double>(all));
}

Value trained_tokens(const Reading& reading) {
  return static_cast<double>(reading.trained_tokens);
}

Value spent_tokens(const Reading& reading) {
  auto in = reading.number("input_tokens");
  auto out = reading.number("output_tokens");
  return in && out ? Value(*in + *out) : std::nullopt;
}

constexpr ConversationNumber kNumbers[] = {
    {"turns", "turns", Unit::number, Better::neither, true, turns},
    {"answer_words", "words an answer", Unit::number, Better::neither, true,
     answer_words},
    {"tester_words", "words a message", Unit::number, Better::neither, false,
     tester_words},
    {"thoughts", "replies with a thought", Unit::share, Better::more, false,
     thoughts},
    {"thought_words", "words a thought", Unit::number, Better::neither, false,
     thought_words},
    {"calls", "tool calls", Unit::number, Better::neither, true, calls},
    {"errors", "tool errors", Unit::number, Better::less, true, errors},
    {"corrections", "corrections", Unit::number, Better::less, true,
     corrections},
    {"faults", "faults that guards see", Unit::number, Better::less, true,
     faults},
    {"unbacked", "unbacked claims", Unit::number, Better::less, true, unbacked},
    {"judged_good", "found good by a judge", Unit::share, Better::more, false,
     judged_good},
    {"judged_faults", "faults a judge sees", Unit::number, Better::less, false,
     judged_faults},
    {"distinct_2", "distinct-2 of its answers", Unit::number, Better::more,
     false, distinct_2},
    {"trained_tokens", "tokens to train on", Unit::count, Better::more, true,
     trained_tokens},
    {"tokens", "tokens spent", Unit::count, Better::less, true, spent_tokens},
};

}  // namespace

std::span<const ConversationNumber> conversation_numbers() { return kNumbers; }

}  // namespace simulate
