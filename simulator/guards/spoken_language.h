// In which language a text is, as libcld2 sees it. The only file that knows it.
// Tested by tests/guards/spoken_language_test.cpp.
#pragma once

#include <string>
#include <string_view>

namespace simulate::guards {

// Fewer letters than this say too little.
constexpr size_t kLeastLetters = 40;

// The text is plainly in another language than `expected` ("de", "pt-BR"), and
// hardly at all in that one. Nothing is said of short or mixed texts, nor of a
// language that cld2 does not know. Returns its code, "fr", or nothing.
std::string other_language_in(const std::string& text,
                              const std::string& expected);

}  // namespace simulate::guards
