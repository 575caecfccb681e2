// What is wrong with a schema in a way that would bring the judge down instead
// of making it refuse: valijson 1.0 follows references in circles until the
// stack ends, and divides by a multipleOf of zero.
// Tested by tests/tools/arguments_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "simulator/base/json.h"

namespace simulate {

// A sentence, or nothing.
std::optional<std::string> schema_trouble(const Json& schema);

}  // namespace simulate
