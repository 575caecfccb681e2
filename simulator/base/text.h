// Small things done to text, all of them pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simulate {

std::string_view trimmed(std::string_view text);
std::string lowered(std::string_view text);  // ASCII only
bool contains(std::string_view text, std::string_view part);
std::vector<std::string> split(std::string_view text, char separator);
std::string joined(const std::vector<std::string>& parts,
                   std::string_view separator);
std::string replaced(std::string text, std::string_view from,
                     std::string_view to);

// The candidate with the fewest edits from `word`, to answer a typing error;
// empty when there is no candidate within half of the word's length.
std::string nearest(std::string_view word,
                    const std::vector<std::string>& candidates);

// At most `bytes` of `text`, cut at a character's border, with "..." if cut.
std::string shortened(std::string_view text, size_t bytes);

// `text` without control characters (newline and tab stay) and with bytes
// that are not UTF-8 replaced: what may be shown on a terminal.
std::string printable(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace simulate
