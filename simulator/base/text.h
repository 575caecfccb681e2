// Small things done to text, all of them pure.
#pragma once

#include <cstdint>
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

// "1 conversation", "3 conversations".
std::string counted(int64_t number, std::string_view thing);

// "1", "0.5", "1e+06": a number as people write it, to six digits.
std::string shortest(double value);

// At most `bytes` of `text`, cut at a character's border, with "..." if cut.
std::string shortened(std::string_view text, size_t bytes);

// What people read, on a terminal and in messages: `text` without characters
// that a terminal obeys or hides (control, C1, bidirectional, of no width;
// newline and tab stay), and with U+FFFD for bytes that are not UTF-8.
std::string printable(std::string_view text);

// A name or a message that is to be one line: printable, and without newlines.
std::string one_line(std::string_view text);

// The same, and short: a name out of a file as a message quotes it.
std::string quotable(std::string_view name);

// What a model may have written: `text` without control and C1 characters,
// bidirectional overrides and blanks of no width, and with U+FFFD for bytes
// that are not UTF-8. What scripts and emoji need to be read stays (joiners
// and marks of direction), and so do newline and tab; "\r\n" is a newline.
std::string written_text(std::string_view text);

// JSON of the same value, with an escape for each character that `printable`
// leaves out.
std::string with_hidden_escaped(std::string_view json);

// `text` with U+FFFD for each byte that is not UTF-8.
std::string mended_utf8(std::string text);

bool is_utf8(std::string_view text);

}  // namespace simulate
