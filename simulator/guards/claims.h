// What the assistant says that it did or knows, against what results say.
// Tested by tests/guards/assistant_guards_test.cpp.
#pragma once

#include "simulator/guards/deeds.h"
#include "simulator/guards/utterance.h"

namespace simulate::guards {

// "I've saved that", "the reminder is set", "it's deleted": no call of that
// kind came back without an error since the person last spoke, nor before,
// where something is said of the past or the person asks.
bool claims_a_deed(const Utterance& heard, Deed deed);

// "You told me last week that ...", "I found it: ...": nothing was found, and
// it was not said in this conversation.
bool claims_to_know(const Utterance& heard);

// "I've looked through my notes": nobody looked.
bool claims_to_have_looked(const Utterance& heard);

// The person asks for what is stored, and what is answered stands in no result.
bool invents_a_result(const Utterance& heard);

}  // namespace simulate::guards
