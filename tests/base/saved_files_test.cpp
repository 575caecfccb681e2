#include "simulator/base/saved_files.h"

#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<fs::path>;

class SavedFilesTest : public testing::Test {
 protected:
  void put(const char* name, const char* text) {
    fs::create_directories((scratch_ / name).parent_path());
    write_file(scratch_ / name, text);
  }

  Scratch scratch_;
};

TEST_F(SavedFilesTest, AreThoseThatAreMadeWrittenOrDeleted) {
  put("prompts/a.md", "a");
  put("one.json", "1");
  SavedFiles files({scratch_ / "prompts", scratch_ / "one.json",
                    scratch_ / "not_there_yet"});
  EXPECT_EQ(files.changed(), Paths{});
  put("prompts/a.md", "longer");
  put("prompts/deep/b.md", "b");
  EXPECT_EQ(files.changed(),
            (Paths{scratch_ / "prompts/a.md", scratch_ / "prompts/deep/b.md"}));
  EXPECT_EQ(files.changed(), Paths{});
  fs::remove(scratch_ / "one.json");
  put("not_there_yet/c", "c");
  EXPECT_EQ(files.changed(),
            (Paths{scratch_ / "not_there_yet/c", scratch_ / "one.json"}));
}

TEST_F(SavedFilesTest, AreNotWhatEditorsLeaveBesideThem) {
  put("prompts/a.md", "a");
  SavedFiles files({scratch_ / "prompts"});
  put("prompts/.a.md.swp", "x");
  put("prompts/a.md~", "x");
  EXPECT_EQ(files.changed(), Paths{});
}

}  // namespace
}  // namespace simulate
