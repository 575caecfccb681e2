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

}  // namespace
}  // namespace simulate
