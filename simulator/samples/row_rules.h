// What readers of chat rows demand in common: clauses that say what is wrong,
// empty when nothing is. Pure.
// Tested by tests/samples/row_rules_test.cpp.
#pragma once

#include <string>

#include "simulator/base/json.h"

namespace simulate {

struct ChatRules {
  bool text_arguments = false;     // and objects otherwise
  bool content_with_calls = true;  // a text, also beside calls
};

// Messages of OpenAI's shape: known roles, a system message only at first, a
// text in each, calls with their results right behind them in order, a reply
// at the end.
std::string chat_fault(const Json& messages, const ChatRules& rules);

// A list of functions as OpenAI's requests have them; `parameters` may be text.
std::string tools_fault(const Json& tools);

// A JSON object as text.
bool is_object_text(const Json& value);

}  // namespace simulate
