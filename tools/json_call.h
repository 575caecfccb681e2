// A call that a model wrote as a JSON object, under any of the names that
// models use for its parts.
#pragma once

#include <optional>
#include <string>

#include "tools/reply_parser.h"

namespace simulate {

// On failure: nothing, and `problem` says what is missing.
std::optional<ParsedCall> call_from_json(const Json& object,
                                         std::string& problem);

// The name without the "functions." that some models put before it.
std::string bare_name(std::string_view name);

}  // namespace simulate
