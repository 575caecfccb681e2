#include "simulator/base/terminal.h"

#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

namespace simulate {
namespace {

// What a terminal of so many columns is taken for.
size_t seen_of(unsigned short columns) {
  winsize size = {};
  size.ws_col = columns;
  int ours = -1;
  int theirs = -1;
  if (::openpty(&ours, &theirs, nullptr, nullptr, &size) != 0) return 0;
  std::FILE* out = ::fdopen(theirs, "w");
  size_t seen = columns_of(out);
  std::fclose(out);
  ::close(ours);
  return seen;
}

TEST(Terminal, SaysHowWideItIs) {
  EXPECT_EQ(seen_of(160), 160u);
  EXPECT_EQ(seen_of(80), 80u);
}

TEST(Terminal, IsTakenForTheUsualOneWhereItDoesNotSay) {
  EXPECT_EQ(seen_of(0), 80u);
  std::FILE* file = std::tmpfile();
  EXPECT_EQ(columns_of(file), 80u);
  std::fclose(file);
}

}  // namespace
}  // namespace simulate
