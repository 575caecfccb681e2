// A folder laid out for a user, and the program run from folders of all kinds.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

class Init : public testing::Test {
 protected:
  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(Init, LaysOutAFolderInWhichARunWorks) {
  Ended made = program_.run({"init", "mine"});
  EXPECT_EQ(made.status, 0) << made.err;
  EXPECT_TRUE(contains(made.out, "files made in mine")) << made.out;
  EXPECT_TRUE(fs::exists(scratch_ / "mine/personas/agnes.json"));
  EXPECT_TRUE(fs::exists(scratch_ / "mine/systemprompts/assistant.md"));
  EXPECT_TRUE(fs::exists(scratch_ / "mine/systemprompts/examples/tortoise.md"));
  EXPECT_TRUE(fs::exists(scratch_ / "mine/tools/memory.json"));
  struct stat status = {};
  ASSERT_EQ(::stat((scratch_ / "mine/secrets.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  Ended check =
      program_.run({"check", "--providers", "offline", "--personas",
                    "mine/personas", "--systemprompts", "mine/systemprompts",
                    "--secrets", "mine/secrets.json"});
  EXPECT_EQ(check.status, 0) << check.out << check.err;
}

TEST_F(Init, SaysWhereEachKeyIsHad) {
  program_.run({"init", "mine"});
  std::string secrets = read_file(scratch_ / "mine/secrets.json");
  EXPECT_TRUE(contains(secrets, "https://console.mistral.ai")) << secrets;
  EXPECT_TRUE(contains(secrets, "https://huggingface.co")) << secrets;
}

TEST_F(Init, LeavesWhatIsThere) {
  fs::create_directories(scratch_ / "mine/personas");
  write_file(scratch_ / "mine/personas/agnes.json", "my own", 0644);
  Ended made = program_.run({"init", "mine"});
  EXPECT_EQ(made.status, 0) << made.err;
  EXPECT_TRUE(contains(made.out, "1 were there")) << made.out;
  EXPECT_EQ(read_file(scratch_ / "mine/personas/agnes.json"), "my own");
}

TEST_F(Init, ToolsOfTheWorkingFolderHideNoShippedGroup) {
  fs::create_directories(scratch_ / "tools");
  write_file(scratch_ / "tools/something.json", "{}", 0644);
  Ended ended = program_.run({"check", "--providers", "offline"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out, "memory offers")) << ended.out;
}

TEST_F(Init, FilesOfTheWorkingFolderComeFirst) {
  fs::create_directories(scratch_ / "personas");
  write_file(scratch_ / "personas/bo.json",
             R"({"name": "Bo", "background": "Sails."})", 0644);
  Ended ended = program_.run({"check", "--providers", "offline"});
  EXPECT_TRUE(contains(ended.out, "1 are good, from personas")) << ended.out;
}

TEST_F(Init, OutputMakesItsFolders) {
  Ended ended = program_.run(
      {"--providers", "offline", "--target", "1", "--output", "a/b/run.json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(fs::exists(scratch_ / "a/b/run.db"));
}

}  // namespace
}  // namespace simulate
