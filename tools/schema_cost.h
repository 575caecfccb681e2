// How much work it is to judge a value by a schema: parts and references may
// multiply, so that a few lines make a judge work for hours.
// Tested by tests/tools/arguments_test.cpp.
#pragma once

#include "simulator/base/json.h"

namespace simulate {

// Parts that are looked at; about a second's worth.
constexpr double kMostSchemaCost = 200'000;

// With every reference written out, whatever the value; one that leads back to
// where it came from counts as one. `schema` has no circle that judges the same
// value for ever.
double cost_of_schema(const Json& schema);

// Of judging this value. Infinite when that alone is too long to find out.
double cost_of_judging(const Json& schema, const Json& value);

}  // namespace simulate
