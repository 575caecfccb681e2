// What the assistant of another run of the same slots answered to the same
// history: pairs of two conversations. The runs may differ in their prompts,
// models or settings; the first answer that differs makes the pair, since what
// comes after it has another history.
// Tested by tests/run/other_answers_test.cpp.
#pragma once

#include "simulator/samples/source.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

// Where the way of two conversations parts; behind their system messages, and
// but for thoughts and the ids of calls.
struct Parting {
  enum class Why { never, history, answer };
  Why why = Why::never;
  size_t kept = 0;   // of an answer: where it stands in the one
  size_t other = 0;  // and in the other
};
Parting parting_of(const Transcript& kept, const Transcript& other);

class OtherAnswers {
 public:
  explicit OtherAnswers(LedgerReader& other) : other_(other) {}

  // The other run's answer, as a rejected one. Throws BadUsage when its slots
  // are not those of this run.
  std::optional<RejectedReply> to(const Conversation& kept);

  void begin_again();  // to count
  int64_t asked() const { return asked_; }

  // "of 60 conversations, 12 were answered otherwise; 40 ...".
  std::string text() const;

 private:
  std::optional<RejectedReply> answer_of(const Conversation& kept,
                                         const Conversation& other);

  LedgerReader& other_;
  int64_t asked_ = 0;
  int64_t absent_ = 0;   // not in the other run
  int64_t parted_ = 0;   // another history before another answer
  int64_t same_ = 0;     // to the end
  int64_t refused_ = 0;  // an answer that no template takes
};

}  // namespace simulate
