// What tools do, as their names tell, and whether they did it. Tools are data
// and may be a user's own, so nothing here knows a tool by its name. Pure.
// Tested by tests/guards/deeds_test.cpp.
#pragma once

#include <string>

#include "simulator/transcript/transcript.h"

namespace simulate::guards {

enum class Deed {
  save,    // add_, save_, update_, log_, check_off_, ...
  set,     // the same, of what comes back at a time: reminders, timers
  remove,  // delete_, forget_, clear_, take_off_, complete_, ...
  find,    // recall_, search_, list_, get_, show_, check_, ...
};

// A name may tell of several: to complete a reminder removes and saves.
bool does(const std::string& tool, Deed deed);

// A call of such a tool came back without an error, in the messages from
// `begin` on.
bool was_done(const Transcript& transcript, size_t begin, Deed deed);

// One that finds came back with something in it.
bool something_was_found(const Transcript& transcript, size_t begin);

}  // namespace simulate::guards
