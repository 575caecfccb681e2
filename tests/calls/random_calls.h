// Random calls for tests: of everything that has ever confused a parser.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/calls/reply_parser.h"

namespace simulate {

std::string random_text(Random& random);
Json random_value(Random& random, int depth = 0);

// A name that some tool may have, with dots or dashes; keys that are mostly
// plain ones.
ParsedCall random_call(Random& random);

// The tools whose arguments are exactly of the types that these calls have.
std::vector<ToolSpec> tools_for(const std::vector<ParsedCall>& calls);

}  // namespace simulate
