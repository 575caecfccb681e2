// Puts right what a model wrote with another type than the schema asks for,
// where it can only mean one thing.
// Tested by tests/tools/arguments_test.cpp.
#pragma once

#include "simulator/base/json.h"
#include "simulator/calls/remark_list.h"

namespace simulate {

// `value` is left as it is where its meaning is not plain.
void coerce(const Json& schema, Json& value, RemarkList& repairs);

}  // namespace simulate
