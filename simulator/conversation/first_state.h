// What the tools of a storyline hold before its first session: the rows that a
// persona's file has for them, with their days and numbers filled in. Pure.
//
//   {"orders": [{"number": "R-{{digits:5}}", "arrives": "{{today-6}}"}]}
//
// {{today}}, {{today-6}} and {{today+2}} are days, counted from that on which
// the first session begins; {{digits:5}} is a number of so many digits, another
// one for each storyline.
// Tested by tests/conversation/first_state_test.cpp.
#pragma once

#include <string>

#include "simulator/base/json.h"
#include "simulator/conversation/persona.h"
#include "simulator/conversation/plan.h"
#include "tools/tool_file.h"
#include "tools/tool_state.h"

namespace simulate {

// What is wrong with the rows as a person wrote them; empty when nothing is.
std::string state_fault(const Json& rows);

// The same with regard to the tables that there are.
std::string state_fault(const Json& rows, const std::vector<ToolGroup>& tools);

// `first` is the slot of the storyline's first session. A person who brings
// nothing gives the empty state.
ToolState first_state(const Persona& persona, const Slot& first);

}  // namespace simulate
