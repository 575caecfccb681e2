// What the assistant must not do, a function each: rows of the table in
// guards.cpp. What it claims is judged in claims.h.
// Tested by tests/guards/assistant_guards_test.cpp.
#pragma once

#include "simulator/guards/utterance.h"

namespace simulate::guards {

bool calls_cannot_be_read(const Utterance& heard);
bool calls_too_often(const Utterance& heard);
bool only_thinks(const Utterance& heard);
bool says_nothing(const Utterance& heard);
bool writes_tokens(const Utterance& heard);
bool misplaces_tags(const Utterance& heard);
bool writes_lines_of_others(const Utterance& heard);
bool writes_a_call_in_words(const Utterance& heard);
bool uses_an_unseen_index(const Utterance& heard);
bool claims_saved(const Utterance& heard);
bool claims_set(const Utterance& heard);
bool claims_deleted(const Utterance& heard);
bool announces_a_call(const Utterance& heard);
bool tells_of_notes(const Utterance& heard);
bool claims_to_be_human(const Utterance& heard);
bool refuses_to_help(const Utterance& heard);
bool repeats_an_answer(const Utterance& heard);
bool parrots(const Utterance& heard);
bool speaks_beside_calls(const Utterance& heard);
bool does_not_think(const Utterance& heard);
bool lists_unasked(const Utterance& heard);
bool sounds_canned(const Utterance& heard);

}  // namespace simulate::guards
