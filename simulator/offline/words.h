// The little English that the scripted speakers need: whose view a sentence is
// told from, what it is about, which words two texts share. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace simulate::offline {

// "My sister and I play." -> "Their sister and they play."
std::string third_person(std::string_view said);
// "They play with their sister." -> "You play with your sister."
std::string second_person(std::string_view memory);
// "my sister" -> "your sister", for use inside a sentence.
std::string turned_to_you(std::string_view said);

// "the money he lent me" -> "the money he lent them", likewise.
std::string turned_to_they(std::string_view said);

// "My cat." -> "my cat", for use inside a sentence; "I" and names stay.
std::string inside_sentence(std::string_view sentence);
std::string capitalised(std::string_view text);

// Lower-case words that carry meaning, plurals and genitives cut.
std::set<std::string> content_words(std::string_view text);
size_t shared_words(std::string_view a, std::string_view b);

}  // namespace simulate::offline
