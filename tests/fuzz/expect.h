// What a fuzz target says before it stops: the fuzzer keeps the input.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace simulate {

inline void expect(bool holds, const char* otherwise) {
  if (holds) return;
  std::fprintf(stderr, "It does not hold: %s\n", otherwise);
  std::abort();
}

}  // namespace simulate
