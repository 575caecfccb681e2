// What names of tools and arguments are made of, in any script, and the blanks
// around them. Pure, and at the bottom of this folder.
#pragma once

#include <string_view>

namespace simulate {

// The length in bytes of the letter or "_" that stands at `at`, and of what a
// name may go on with behind its first letter: digits and accents, too. 0 when
// there is none.
size_t letter_length(std::string_view text, size_t at);
size_t name_part_length(std::string_view text, size_t at);

// Behind the identifier at `at`, or `at` itself: identifiers joined by dots.
size_t end_of_identifier(std::string_view text, size_t at);

// Behind the name at `at` as models write it: with dots, and with dashes,
// slashes and colons where the syntax leaves space for them.
size_t end_of_name(std::string_view text, size_t at);

// Behind the blanks at `at`, those of other alphabets included.
size_t behind_blank(std::string_view text, size_t at);

}  // namespace simulate
