// `simulate personas`, with the built program.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <random>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/conversation/persona_list.h"
#include "simulator/conversation/persona_writer.h"
#include "simulator/offline/scripts.h"
#include "tests/canned_models.h"
#include "tests/program/loopback_judge.h"
#include "tests/program/program.h"

namespace simulate {
namespace {

class Personas : public ::testing::Test {
 protected:
  Personas() {
    write_file(scratch_ / "lines.txt",
               "a beekeeper who is afraid of heights\n\na night nurse\n");
  }

  Ended write(int count) {
    return program_.run({"personas", "lines.txt", "--providers", "offline",
                         "--count", std::to_string(count), "--output",
                         "people"});
  }

  size_t files() const {
    size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(scratch_ / "people")) {
      count += entry.path().extension() == ".json";
    }
    return count;
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(Personas, AreFilesThatARunPlays) {
  Ended ended = write(2);
  ASSERT_EQ(ended.status, 0) << ended.err;
  ASSERT_GE(files(), 1u);
  EXPECT_EQ(load_personas(scratch_ / "people").size(), files());
  Ended run = program_.run({"--providers", "offline", "--personas", "people",
                            "--target", "3", "--output", "run.json"});
  EXPECT_EQ(run.status, 0) << run.err;
}

TEST_F(Personas, AreNotWrittenOrAskedForAgain) {
  write(6);
  size_t made = files();
  Ended again = write(6);
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(files(), made);
  SQLite::Database ledger((scratch_ / "lines.txt.jobs.db").string());
  EXPECT_EQ(ledger.execAndGet("SELECT count(*) FROM item_replies").getInt(), 6);
  write(9);
  EXPECT_EQ(ledger.execAndGet("SELECT count(*) FROM item_replies").getInt(), 9);
}

TEST_F(Personas, ThatAreTooLikeAreLeftOutAndNamed) {
  Ended ended = write(40);
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_LT(files(), 40u) << "the script knows nine things";
  EXPECT_TRUE(contains(ended.out, "too like")) << ended.out;
}

TEST_F(Personas, AreOneForEachLineAndTheSameLineIsSomebodyElse) {
  write_file(scratch_ / "lines.txt", "a diver\na diver\na night nurse\n");
  program_.run({"personas", "lines.txt", "--providers", "offline", "--output",
                "people"});
  SQLite::Database ledger((scratch_ / "lines.txt.jobs.db").string());
  EXPECT_EQ(ledger.execAndGet("SELECT count(*) FROM items").getInt(), 3);
}

TEST_F(Personas, SayWhatGoesWrong) {
  write_file(scratch_ / "empty.txt", "\n\n");
  Ended ended = program_.run({"personas", "empty.txt", "--providers", "offline",
                              "--output", "people"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "has no lines"));
  write_file(scratch_ / "bytes.txt", std::string("\xff\xfe\x00z\n", 5));
  ended = program_.run({"personas", "bytes.txt", "--providers", "offline",
                        "--output", "people"});
  EXPECT_TRUE(contains(ended.err, "no file of one-liners")) << ended.err;
  ended = program_.run({"personas", "lines.txt", "--providers", "offline"});
  EXPECT_TRUE(contains(ended.err, "--output DIR"));
  ended = program_.run(
      {"personas", "--providers", "offline", "--output", "people"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "a line about each")) << ended.err;
}

}  // namespace
}  // namespace simulate
