// How often the long tests repeat what they do. Any test may ask; it must
// check the same things however few repetitions it gets.
//
// Under sanitizers, where each costs several times as much, fewer are made:
// the same code runs. SIMULATE_IN_FULL=1 in the environment makes them all.
#pragma once

#include <cstdlib>

namespace simulate {

#ifdef SIMULATE_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

inline int repetitions(int usual, int sanitized) {
  bool fewer = kSanitized && !std::getenv("SIMULATE_IN_FULL");
  return fewer ? sanitized : usual;
}

// So many are passed over for each that is tried, itself included.
inline int one_in(int usual, int sanitized) {
  return repetitions(usual, sanitized);
}

}  // namespace simulate
