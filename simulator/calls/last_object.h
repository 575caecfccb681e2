// The JSON object that a model was asked for, in whatever it wrote around it.
// Pure; for roles that answer in JSON, such as the judge.
// Tested by tests/calls/last_object_test.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "simulator/base/json.h"

namespace simulate {

// What `read` makes of the last object that it makes anything of: thoughts and
// drafts come before it, and it may stand inside of another one.
std::optional<Json> last_object(
    std::string_view reply,
    const std::function<std::optional<Json>(const Json& object)>& read);

}  // namespace simulate
