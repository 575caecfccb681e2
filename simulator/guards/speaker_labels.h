// Whose line it is, written before a line: "Ada:", "[Rolf]", "**User:**",
// "Rolf – ". Pure.
// Tested by tests/guards/speaker_labels_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/guards/utterance.h"

namespace simulate::guards {

// What stands before the colon, or in the brackets, at the beginning of each
// line that has such a thing; empty for the other lines. Lines of code have
// none.
std::vector<std::string> line_labels(const std::string& text);

// `text` begins with `name`, or its first word, set off as a label: by a colon,
// a dash, brackets or stars, or with a few words to a colon ("Rolf writes:").
bool begins_with_name(const std::string& text, const std::string& name);

// "... Ada: and then?" behind a sentence, in the midst of a line.
bool gives_a_line_to(const std::string& text, const std::string& name);

// A line that begins with the name of one of the two, or with a word for a
// speaker, as in a script.
bool is_somebodys_line(const Utterance& heard, const std::string& line);

}  // namespace simulate::guards
