#include "simulator/mcp/folder_state.h"

#include <gtest/gtest.h>

#include <fstream>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMuch = 1 << 20;

void write(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(FolderState, HoldsTextsAsTheyAreAndOtherBytesInBase64) {
  Scratch scratch;
  write(scratch / "b/text.txt", "grüße\n");
  write(scratch / "a.db", std::string("\xff\x00\x01", 3));
  write(scratch / "empty", "");
  EXPECT_EQ(to_text(*read_folder_state(scratch.folder(), kMuch, Redactor())),
            "{\"a.db\":{\"base64\":\"/wAB\"},\"b/text.txt\":\"grüße\\n\","
            "\"empty\":\"\"}");
}

TEST(FolderState, ComesBackAsItWas) {
  Scratch scratch;
  Json state = Json::object();
  for (size_t length = 1; length < 8; ++length) {
    std::string bytes(length, '\xfe');
    bytes.back() = '\0';
    write(scratch / ("from/" + std::to_string(length)), bytes);
  }
  state = *read_folder_state(scratch / "from", kMuch, Redactor());
  write(scratch / "to/leftover", "of an older state");
  write_folder_state(scratch / "to", state);
  EXPECT_EQ(read_folder_state(scratch / "to", kMuch, Redactor()), state);
  EXPECT_EQ(read_file(scratch / "to/7"), read_file(scratch / "from/7"));
  EXPECT_FALSE(fs::exists(scratch / "to/leftover"));
}

TEST(FolderState, FollowsNoLink) {
  Scratch scratch;
  write(scratch / "outside", "secret");
  fs::create_directory(scratch / "in");
  fs::create_symlink(scratch / "outside", scratch / "in/link");
  fs::create_directory_symlink(scratch.folder(), scratch / "in/folder");
  EXPECT_EQ(read_folder_state(scratch / "in", kMuch, Redactor()),
            Json::object());
}

TEST(FolderState, RefusesMoreThanMayBeKept) {
  Scratch scratch;
  write(scratch / "f", std::string(99, 'x'));
  EXPECT_TRUE(read_folder_state(scratch.folder(), 100, Redactor()));
  EXPECT_FALSE(read_folder_state(scratch.folder(), 99, Redactor()));
}

TEST(FolderState, RefusesMoreFilesThanMayBeKept) {
  Scratch scratch;
  write(scratch / "0", "");
  for (int i = 1; i <= 10'000; ++i) {  // sooner made than as many files
    fs::create_hard_link(scratch / "0", scratch / std::to_string(i));
  }
  EXPECT_FALSE(read_folder_state(scratch.folder(), kMuch, Redactor()));
  fs::remove(scratch / "0");
  EXPECT_TRUE(read_folder_state(scratch.folder(), kMuch, Redactor()));
}

TEST(FolderState, CountsEmptyFoldersAsWell) {
  Scratch scratch;
  for (int i = 0; i <= 10'000; ++i) {
    fs::create_directory(scratch / std::to_string(i));
  }
  EXPECT_FALSE(read_folder_state(scratch.folder(), kMuch, Redactor()));
  fs::remove(scratch / "0");
  EXPECT_TRUE(read_folder_state(scratch.folder(), kMuch, Redactor()));
}

TEST(FolderState, HoldsNoKeys) {
  Scratch scratch;
  write(scratch / "a-key-0123456789.txt", "the key is key-0123456789!");
  write(scratch / "b.db", std::string("\xFF\x00", 2) + "key-0123456789");
  Redactor redactor({"key-0123456789"});
  EXPECT_EQ(to_text(*read_folder_state(scratch.folder(), kMuch, redactor)),
            R"x({"a-(hidden).txt":"the key is (hidden)!",)x"
            R"x("b.db":{"base64":"/wAqKioqKioqKioqKioqKg=="}})x");
}

TEST(FolderState, WritesNowhereElse) {
  Scratch scratch;
  for (const char* name : {"../f", "a/../../f", "/tmp/f", ""}) {
    EXPECT_THROW(write_folder_state(scratch / "in", {{name, "x"}}), Error)
        << name;
  }
  EXPECT_FALSE(fs::exists(scratch / "f"));
}

}  // namespace
}  // namespace simulate
