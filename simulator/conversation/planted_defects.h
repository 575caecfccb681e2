// Defects of known kinds that can be planted into a finished conversation, to
// see whether a judge finds them. To add one: a function and a row of the
// table. They know no language: what they put in comes out of conversations.
// Tested by tests/conversation/planted_defects_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/transcript/transcript.h"

namespace simulate {

struct PlantedDefect {
  const char* name;  // "repeated_answer"
  const char* what;  // "an answer is given twice"
  // Changes `talk`, and says where: the number of the message that is wrong
  // from then on. Nothing, and nothing is changed, where the conversation has
  // no place for it. `other` is a conversation of somebody else.
  std::optional<size_t> (*plant)(Transcript& talk, const Transcript& other,
                                 Random& random);
};

const std::vector<PlantedDefect>& all_defects();
const PlantedDefect* defect_named(const std::string& name);  // may be null

}  // namespace simulate
