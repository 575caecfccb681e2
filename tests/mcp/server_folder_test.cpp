#include "simulator/mcp/server_folder.h"

#include <gtest/gtest.h>

#include "tests/scratch.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

TEST(ServerFolder, IsForUsAloneAndGoesWithUs) {
  Scratch scratch;
  fs::path first;
  {
    ServerFolder folder(scratch.folder());
    first = folder.path();
    EXPECT_EQ(fs::status(first).permissions(), fs::perms::owner_all);
    ServerFolder other(scratch.folder());
    EXPECT_NE(other.path(), first);
    EXPECT_TRUE(fs::exists(first)) << "another process came";
  }
  EXPECT_TRUE(fs::is_empty(scratch.folder()));
}

TEST(ServerFolder, RemovesWhatTheDeadLeftAndNothingElse) {
  Scratch scratch;
  fs::create_directories(scratch / "simulate-servers-abcdef/memory");
  fs::create_directories(scratch / "thesis");
  ServerFolder folder(scratch.folder());
  EXPECT_FALSE(fs::exists(scratch / "simulate-servers-abcdef"));
  EXPECT_TRUE(fs::exists(scratch / "thesis"));
}

// Whoever may write to the folder for temporary files could put one there.
TEST(ServerFolder, LeavesALinkWithItsNameAlone) {
  Scratch scratch;
  fs::path link = scratch / "simulate-servers-abcdef";
  fs::create_directories(scratch / "thesis/chapters");
  fs::create_directory_symlink(scratch / "thesis", link);
  ServerFolder folder(scratch.folder());
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_TRUE(fs::exists(scratch / "thesis/chapters"));
}

}  // namespace
}  // namespace simulate
