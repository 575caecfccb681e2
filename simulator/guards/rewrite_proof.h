// Whether a rewritten thought asserts what the thought before it asserted: who,
// which numbers, done or not, yes or no; nothing that had not been said by
// then, nothing that must go (thought_faults.h), some of its words left, and
// not much longer. The language is the caller's to compare. Pure.
// Tested by tests/guards/rewrite_proof_test.cpp.
#pragma once

#include <string>

#include "simulator/guards/thought_faults.h"
#include "simulator/guards/vocabulary.h"

namespace simulate::guards {

// What stood before a thought: the system message, what the person said, what
// tools returned, earlier thoughts and answers. Texts are added as a
// conversation goes on.
class Heard {
 public:
  explicit Heard(const std::string& language) : language_(language) {}

  void add(std::string_view text);
  const Vocabulary& words() const { return words_; }

 private:
  std::string language_;
  Vocabulary words_;
};

struct Rewriting {
  const std::string& before;
  const std::string& after;
  const Heard& heard;
  Thinker thinker;
};

// Why the rewrite must not be taken: "it drops the name Nora"; empty when it
// says what the thought says.
std::string rewrite_fault(const Rewriting& rewriting);

}  // namespace simulate::guards
