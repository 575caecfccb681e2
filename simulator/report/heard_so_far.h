// What stood in a conversation before one of its messages: to hold against what
// that message says. Goes on from message to message, and reads a text only
// when something is asked of it, since most messages claim nothing.
// Tested by tests/report/memory_claims_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "simulator/report/known_facts.h"
#include "simulator/samples/source.h"

namespace simulate {

// Whom the talk is between.
struct Between {
  std::string language = "en";
  std::string person;
  std::string companion = "Ada";
};

class HeardSoFar {
 public:
  // Both outlive it.
  HeardSoFar(const FinishedConversation& talk, const Between& between);

  // Positions only rise.
  void go_on_to(size_t position);

  // What the person said, the tools returned and the system message tells of
  // the day and of reminders. What the assistant said counts, too: an invention
  // is told once.
  const KnownFacts& known();
  // Asked for, set and returned since the person last spoke.
  const KnownFacts& of_this_turn();
  // What the tools returned since then.
  const guards::Vocabulary& returned();
  // Of what both say, later on as well: to tell a name by.
  const guards::Vocabulary& all_words();

  // Instructions count, too; they are long, and name hardly anybody.
  bool has_name(const std::string& plain);

 private:
  const std::vector<Message>& messages() const;
  void learn(const Message& message);
  std::string behind_the_tools(const std::string& text) const;
  size_t start_of_turn() const;

  const FinishedConversation& talk_;
  const Between& between_;
  size_t position_ = 0;
  size_t learnt_ = 0;  // messages before this one are in known_
  KnownFacts known_;
  std::string instructions_;  // in plain letters
  std::optional<KnownFacts> of_this_turn_;
  std::optional<guards::Vocabulary> returned_;
  std::optional<guards::Vocabulary> all_words_;
};

}  // namespace simulate
