// Where a "$ref" of a JSON Schema leads.
// Tested by tests/tools/arguments_test.cpp.
#pragma once

#include "simulator/base/json.h"

namespace simulate {

// The part of `root` that "#/definitions/name" names, percent-coded or not.
// Null when it names none.
const Json* referred(const Json& root, const Json& reference);

}  // namespace simulate
