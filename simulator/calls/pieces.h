// Parts of a text between which something was cut out. Pure;
// tests/calls/replies has them joined in every way.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simulate {

using Pieces = std::vector<std::string_view>;

// Each a paragraph. Pieces never touch, or two harmless ones could make a tag.
std::string joined_pieces(const Pieces& pieces, size_t from = 0);

// One sentence: the pieces as they stood, with a space where words would touch.
std::string spaced_pieces(const Pieces& pieces);

}  // namespace simulate
