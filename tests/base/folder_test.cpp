#include "simulator/base/folder.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

TEST(Folder, IsMadeWhereThereIsNone) {
  Scratch scratch;
  make_folder(scratch / "a/b");
  make_folder(scratch / "a/b");
  make_folder("");
  EXPECT_TRUE(std::filesystem::is_directory(scratch / "a/b"));
}

TEST(Folder, CannotLieInAFile) {
  Scratch scratch;
  write_file(scratch / "file", "");
  EXPECT_THROW(make_folder(scratch / "file/c"), BadUsage);
}

}  // namespace
}  // namespace simulate
