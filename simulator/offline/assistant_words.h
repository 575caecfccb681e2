// What the scripted assistant says once its tools have answered: a pure
// function of the moment.
#pragma once

#include <string>

#include "simulator/offline/moment.h"

namespace simulate::offline {

struct Answer {
  std::string thought;
  std::string words;
};

Answer answer_to(const Moment& moment);

// After a reply that was rejected: plain words that no check minds.
Answer safe_answer_to(const Moment& moment);

}  // namespace simulate::offline
