// Who does what in two texts, compared: "he lost them" and "I lost them", "the
// aunt orders, she obeys" and "she orders, the aunt obeys". Who is a pronoun, a
// relation or a name; what is the word that follows. Pure.
// Tested by tests/guards/subjects_test.cpp.
#pragma once

#include <string>

#include "simulator/guards/text_words.h"
#include "simulator/guards/vocabulary.h"

namespace simulate::guards {

// "lost: he / I"; empty when nobody does what another did. `around` as in
// is_name().
std::string changed_subject(const TextWords& before, const TextWords& after,
                            const Vocabulary& around, const Words& language);

}  // namespace simulate::guards
