// The only way to a terminal, which obeys some of the characters that it is
// sent and hides others: texts of models, servers and files reach it without
// them. A test looks for any other way.
// Tested by tests/base/screen_test.cpp.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace simulate {

enum class Style { plain, bold, dim, green };

// Text that a terminal may be sent: nothing but what people read, and styles.
class Shown {
 public:
  Shown() = default;
  explicit Shown(std::string_view text);
  Shown(Style style, std::string_view text);

  Shown& operator+=(const Shown& more);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void show(std::FILE* to, const Shown& what);
void say(std::FILE* to, std::string_view text);  // a line, plain

// The same for a signal handler, to stderr; `text` is one of ours.
void say_in_handler(std::string_view text);

// Overwrite the line that was begun; overwrite the last `lines` whole ones.
void erase_line(std::FILE* to);
void erase_lines(std::FILE* to, size_t lines);

// What programs read, byte by byte, written when this comes back; a person at a
// terminal sees an escape of JSON in the place of what cannot be seen. False
// when it could not be written.
bool hand_out(std::FILE* to, std::string_view data);

}  // namespace simulate
