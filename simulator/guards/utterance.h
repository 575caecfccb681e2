// A reply made ready for the guards once: its plain prose, its sentences, and
// the words of its language. Borrows what it is made of.
// Tested by tests/guards/utterance_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "simulator/guards/said.h"
#include "simulator/guards/words.h"

namespace simulate::guards {

struct Utterance {
  Utterance(const Said& said, const Scene& scene);

  // The list matches what is said aloud. Models fall into English whatever the
  // language, so the English list counts everywhere.
  bool says(const char* list) const;
  // The same of another text.
  bool matches(const char* list, std::string_view text) const;
  // What matches there, the language's own first.
  std::vector<std::string> all(const char* list, std::string_view text) const;

  // The last message of a speaker before this one; null when there is none.
  const Message* last_of(Speaker speaker) const;
  // One of the speaker's messages before this one is such.
  bool any_before(Speaker speaker,
                  const std::function<bool(const std::string&)>& is_such) const;
  // Where the turn under way begins: the index of the tester's last message.
  size_t start_of_turn() const;

  const Said& said;
  const Scene& scene;
  const Words& words;
  const Words& english;
  std::string prose;                   // said.words without code and quotations
  std::vector<std::string> sentences;  // of the prose
};

// Without code, quotations and quoted lines; typographic apostrophes are plain.
// A text that is one quotation as a whole stays.
std::string prose_of(const std::string& text);

// Ends in a question mark of any script.
bool is_question(const std::string& sentence);

}  // namespace simulate::guards
