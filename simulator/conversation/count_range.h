// How many turns a conversation has, or sessions a storyline: from here to
// there, and how such a number is drawn. Values, pure.
// Tested by tests/conversation/plan_test.cpp.
#pragma once

#include "simulator/base/random.h"

namespace simulate {

// Both ends belong to it.
struct CountRange {
  int fewest = 1;
  int most = 1;

  bool holds(int count) const { return fewest <= count && count <= most; }
  bool operator==(const CountRange&) const = default;
};

constexpr int kMostSessions = 1000;
constexpr int kMostTurns = 50;

// Of 1 to 12 turns the median is 4, and a tenth has 9 or more; within other
// ends the proportions are the same.
int drawn_turns(CountRange range, Random& random);
double mean_turns(CountRange range);

// Of 1 to 8 sessions the mean is 5. They come as from a deck of cards: whoever
// draws kSessionCards of them, the first, the second, ..., has as many sessions
// as everybody else.
constexpr int64_t kSessionCards = 16;
int drawn_sessions(CountRange range, uint64_t seed, int64_t nth);
double mean_sessions(CountRange range);

}  // namespace simulate
