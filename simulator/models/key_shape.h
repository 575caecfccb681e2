// Whether a text is a key by the look of it: such a one may stand in the wrong
// field of a file, and is not shown then.
#pragma once

#include <string>
#include <string_view>

namespace simulate {

// "sk-..." and its kin, or letters and digits in the disorder of chance. Names
// of models and providers are none.
bool looks_like_key(std::string_view text);

constexpr const char* kNotShown = "(a name not shown here)";

// A name out of a file of secrets as a message may show it.
std::string name_to_show(std::string_view name);

}  // namespace simulate
