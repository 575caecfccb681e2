#include "simulator/base/screen.h"

#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

// What a stream was sent.
std::string sent(const std::function<void(std::FILE*)>& send) {
  Scratch scratch;
  std::FILE* file = std::fopen((scratch / "sent").c_str(), "w");
  send(file);
  std::fclose(file);
  return read_file(scratch / "sent");
}

TEST(Screen, ShowsTextWithoutWhatATerminalObeys) {
  EXPECT_EQ(sent([](std::FILE* to) { say(to, "a\x1b[2Jb\u202Ec"); }),
            "a[2Jbc\n");
  EXPECT_EQ(Shown(Style::dim, "a\x1b]0;b").text(), "\x1b[2ma]0;b\x1b[0m");
  EXPECT_EQ(Shown(Style::plain, "a").text(), "a");
}

TEST(Screen, HandsOutDataByteByByteUnlessAPersonReadsIt) {
  std::string json = "{\"a\":\"\u202E\"}\n";
  EXPECT_EQ(sent([&](std::FILE* to) { EXPECT_TRUE(hand_out(to, json)); }),
            json);
}

TEST(Screen, TellsWhenDataCouldNotBeWritten) {
  std::FILE* full = std::fopen("/dev/full", "w");
  EXPECT_FALSE(hand_out(full, "{}\n"));
  std::fclose(full);
}

}  // namespace
}  // namespace simulate
