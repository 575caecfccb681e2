// What a tester must not do, a function each: rows of the table in guards.cpp.
// Tested by tests/guards/tester_guards_test.cpp.
#pragma once

#include "simulator/guards/utterance.h"

namespace simulate::guards {

bool tester_says_nothing(const Utterance& heard);
bool leaves_at_once(const Utterance& heard);
bool leaves_too_early(const Utterance& heard);
bool leaves_with_something_open(const Utterance& heard);
bool misplaces_the_end(const Utterance& heard);
bool tester_thinks_aloud(const Utterance& heard);
bool tester_writes_tokens(const Utterance& heard);
bool tester_writes_a_call(const Utterance& heard);
bool writes_both_sides(const Utterance& heard);
bool puts_a_name_before(const Utterance& heard);
bool plays_the_assistant(const Utterance& heard);
bool tester_refuses(const Utterance& heard);
bool talks_about_the_task(const Utterance& heard);
bool gives_stage_directions(const Utterance& heard);
bool echoes_the_assistant(const Utterance& heard);
bool repeats_itself(const Utterance& heard);
bool nearly_repeats_itself(const Utterance& heard);

// Of either speaker.
bool leaks_instructions(const Utterance& heard);
bool speaks_another_language(const Utterance& heard);
bool goes_round_in_circles(const Utterance& heard);

}  // namespace simulate::guards
