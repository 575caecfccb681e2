// A call that a model wrote as a JSON object, under any of the names that
// models use for its parts. Pure; the rows are in tests/calls/replies:
// hermes_json, cohere_granite_phi_nemotron_lfm_olmo, names, others.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "simulator/calls/parsed_reply.h"
#include "simulator/calls/remark_list.h"

namespace simulate {

// On failure: nothing, and `problem` says what is missing.
std::optional<ParsedCall> call_from_json(const Json& object,
                                         RemarkList& repairs,
                                         std::string& problem);

// The call of a name and its arguments as they were written: an object, a
// text that holds one, or nothing.
std::optional<ParsedCall> call_from_parts(std::string_view name,
                                          const Json& arguments,
                                          RemarkList& repairs,
                                          std::string& problem);

// The name without what models put around it: "functions." before it, and
// ":0" or ".call" behind it.
std::string bare_name(std::string_view name);

}  // namespace simulate
