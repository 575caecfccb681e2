// Bytes as letters, RFC 4648, padded and in one line.
// Tested by tests/base/base_test.cpp.
#pragma once

#include <optional>
#include <string>

namespace simulate {

std::string base64_of(const std::string& bytes);

// Nothing when `text` is none.
std::optional<std::string> from_base64(const std::string& text);

}  // namespace simulate
