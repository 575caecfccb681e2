// What two texts assert, compared: whether it is so, whether it is done, on
// which day, of whose mother. Clauses are matched by the words they share, so
// this finds what was turned around, and not what was said in other words.
// Pure. Tested by tests/guards/assertions_test.cpp.
#pragma once

#include <string>

#include "simulator/guards/text_words.h"
#include "simulator/guards/vocabulary.h"

namespace simulate::guards {

// What the clauses of `after` turn around that stood in `before`, or tell of
// what a search will bring: "it turns a yes or no around: ..."; empty when
// nothing.
std::string turned_around(const TextWords& before, const TextWords& after,
                          const Words& language);

// A word of `table` (days, relations) whose meaning `after` has and neither
// `before` nor `known` has, or that takes another's place.
std::string changed_meaning(const std::string& table, const TextWords& before,
                            const TextWords& after, const Vocabulary& known,
                            const Words& language);

}  // namespace simulate::guards
