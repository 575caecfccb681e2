// The tokens of chat templates: "<|im_start|>", "[INST]", "</s>" and their kin.
// A training file with these in its texts breaks the template of whoever trains
// on it.
// Tested by tests/guards/markup_test.cpp.
#pragma once

#include <string>

namespace simulate {

bool has_special_tokens(const std::string& text);

// Nor does what is left form another one.
std::string without_special_tokens(std::string text);

}  // namespace simulate
