// Arguments that a JSON Schema would accept, for tools whose author gave no
// example of a call.
#pragma once

#include "simulator/base/json.h"

namespace simulate {

// Only what the schema requires, and plain: its own examples, defaults and
// choices where it has any. An object, whatever the schema is.
Json example_arguments(const Json& schema);

}  // namespace simulate
