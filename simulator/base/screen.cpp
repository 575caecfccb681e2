#include "simulator/base/screen.h"

#include <unistd.h>

#include <cerrno>

#include "simulator/base/text.h"

namespace simulate {

namespace {

const char* begin_of(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::bold:
      return "\x1b[1m";
    case Style::dim:
      return "\x1b[2m";
    case Style::green:
      return "\x1b[32m";
  }
  return "";
}

// A reader that went away is no failure of ours.
void put(std::FILE* to, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), to);
  std::fflush(to);
}

}  // namespace

Shown::Shown(std::string_view text) : text_(printable(text)) {}

Shown::Shown(Style style, std::string_view text)
    : text_(begin_of(style) + printable(text)) {
  if (style != Style::plain) text_ += "\x1b[0m";
}

Shown& Shown::operator+=(const Shown& more) {
  text_ += more.text_;
  return *this;
}

void show(std::FILE* to, const Shown& what) { put(to, what.text()); }

void say(std::FILE* to, std::string_view text) {
  put(to, printable(text) + "\n");
}

void erase_line(std::FILE* to) { put(to, "\r\x1b[2K"); }

void erase_lines(std::FILE* to, size_t lines) {
  for (; lines > 0; --lines) put(to, "\x1b[1A\x1b[2K");
}

void say_in_handler(std::string_view text) {
  [[maybe_unused]] ssize_t none =
      ::write(STDERR_FILENO, text.data(), text.size());
}

bool hand_out(std::FILE* to, std::string_view data) {
  std::string visible;
  if (::isatty(::fileno(to)) != 0) {
    visible = with_hidden_escaped(data);
    data = visible;
  }
  // At once, in whole lines, whoever kills us.
  std::fflush(to);
  while (!data.empty()) {
    ssize_t written = ::write(::fileno(to), data.data(), data.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    data.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

}  // namespace simulate
