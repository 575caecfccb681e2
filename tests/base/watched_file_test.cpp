#include "simulator/base/watched_file.h"

#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

TEST(WatchedFile, IsFineWhileItGrowsAndShrinksInItsPlace) {
  Scratch scratch;
  write_file(scratch / "a", "one");
  WatchedFile watched(scratch / "a");
  EXPECT_EQ(watched.trouble(), "");
  std::filesystem::resize_file(scratch / "a", 100);
  std::filesystem::resize_file(scratch / "a", 0);
  EXPECT_EQ(watched.trouble(), "");
}

TEST(WatchedFile, IsMissedWhenItGoesAndWhenAnotherTakesItsPlace) {
  Scratch scratch;
  write_file(scratch / "a", "one");
  WatchedFile watched(scratch / "a");
  std::filesystem::rename(scratch / "a", scratch / "b");
  EXPECT_EQ(watched.trouble(), "was deleted");
  write_file(scratch / "a", "one");
  EXPECT_EQ(watched.trouble(), "was replaced by another file");
  std::filesystem::rename(scratch / "b", scratch / "a");
  EXPECT_EQ(watched.trouble(), "") << "it is back";
}

TEST(WatchedFile, IsNeverMissedWhenItWasNotThere) {
  Scratch scratch;
  WatchedFile watched(scratch / "a");
  EXPECT_EQ(watched.trouble(), "");
  write_file(scratch / "a", "one");
  EXPECT_EQ(watched.trouble(), "");
}

}  // namespace
}  // namespace simulate
