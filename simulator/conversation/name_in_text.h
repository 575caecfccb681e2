// The name of a person whom texts tell of: collections of people have no field
// for it, but most of their texts begin with it. Pure.
// Tested by tests/conversation/name_in_text_test.cpp.
#pragma once

#include <string>
#include <vector>

namespace simulate {

// The name that most of the texts begin with: "Mary Alberti" of "Mary Alberti,
// a retired baker, ..." and "Mary Alberti's kitchen ...". A single word counts
// only when two texts begin with it. Empty when there is none to be seen.
std::string name_in(const std::vector<std::string>& texts);

}  // namespace simulate
