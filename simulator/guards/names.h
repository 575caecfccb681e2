// The names of persons and places in a text. There is no dictionary: a name is
// known by its capital, by what stands beside it and by how the texts around it
// write the same word. Pure.
// Tested by tests/guards/names_test.cpp.
#pragma once

#include <set>
#include <string>

#include "simulator/guards/text_words.h"
#include "simulator/guards/vocabulary.h"

namespace simulate::guards {

// Whether word `at` of `read` is a name. `around` holds all texts that may
// write it, this one among them.
bool is_name(const TextWords& read, size_t at, const Vocabulary& around,
             const Words& language);

}  // namespace simulate::guards
