// `simulate dedup` and `select`, with the built program.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"

namespace simulate {
namespace {

class Chosen : public ::testing::Test {
 protected:
  void make_run(int conversations) {
    Ended ended = program_.run({"--providers", "offline", "--target",
                                std::to_string(conversations), "--output",
                                "run.jsonl", "--quiet"});
    ASSERT_EQ(ended.status, 0) << ended.err;
  }

  // The run's records, each `times` over, in a file.
  void write_copies(int times) {
    std::string once = read_file(scratch_ / "run.jsonl");
    std::string all;
    for (int i = 0; i < times; ++i) all += once;
    write_file(scratch_ / "copies.jsonl", all);
  }

  static int64_t lines_of(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  }

  std::string exported(const std::string& where) {
    Ended ended = program_.run({"export", "--output", "run.jsonl",
                                "--container", "jsonl", "--where", where});
    EXPECT_EQ(ended.status, 0) << ended.err;
    return ended.out;
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(Chosen, CopiesOfAFileAreFoundAndLeftOut) {
  make_run(20);
  write_copies(3);
  Ended ended = program_.run(
      {"dedup", "--input", "copies.jsonl", "--to", "once.jsonl", "--json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(lines_of(ended.out), 40);
  EXPECT_TRUE(contains(ended.out, "the same as"));
  std::string kept = read_file(scratch_ / "once.jsonl");
  EXPECT_EQ(kept, read_file(scratch_ / "run.jsonl")) << "rows as they were";
}

TEST_F(Chosen, MarksOfARunCanBeAskedFor) {
  make_run(60);
  Ended dedup =
      program_.run({"dedup", "--output", "run.jsonl", "--likeness", "0.3"});
  ASSERT_EQ(dedup.status, 0) << dedup.err;
  std::string left = exported("marks ->> 'duplicate' IS NULL");
  std::string out = exported("marks ->> 'duplicate' LIKE 'like conv_%'");
  EXPECT_EQ(lines_of(left) + lines_of(out), 60);
  EXPECT_GT(lines_of(out), 0);
  // Marked again by another likeness, nobody keeps an old mark.
  program_.run({"dedup", "--output", "run.jsonl", "--likeness", "1"});
  EXPECT_GT(lines_of(exported("marks ->> 'duplicate' IS NULL")),
            lines_of(left));
}

TEST_F(Chosen, KeepTheMarksOfThoseWhoWereNotAskedAbout) {
  make_run(40);
  program_.run({"select", "--output", "run.jsonl", "--top", "40"});
  int64_t all = lines_of(exported("marks ->> 'selected' IS NOT NULL"));
  int64_t others =
      lines_of(exported("marks ->> 'selected' IS NOT NULL AND turns > 2"));
  ASSERT_GT(all - others, 1);
  program_.run({"select", "--output", "run.jsonl", "--where", "turns <= 2",
                "--top", "1"});
  EXPECT_EQ(lines_of(exported("marks ->> 'selected' IS NOT NULL")), others + 1);
  Ended none = program_.run({"select", "--output", "run.jsonl", "--where",
                             "turns > 99", "--top", "1"});
  EXPECT_EQ(none.status, 2);
  EXPECT_TRUE(contains(none.err, "\"turns > 99\" chooses none of")) << none.err;
}

TEST_F(Chosen, AreConversationsAndNotSamplesOfThem) {
  make_run(5);
  program_.run({"export", "--output", "run.jsonl", "--for", "trl", "--family",
                "qwen3", "--to", "samples.jsonl"});
  Ended ended =
      program_.run({"dedup", "--input", "samples.jsonl", "--to", "once.jsonl"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "before they are exported")) << ended.err;
}

TEST_F(Chosen, AreAsManyAsWereAskedFor) {
  make_run(30);
  Ended ended = program_.run({"select", "--output", "run.jsonl", "--top", "7"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out, "7 of 30 conversations chosen"));
  EXPECT_EQ(lines_of(exported("marks ->> 'selected' IS NOT NULL")), 7);
}

TEST_F(Chosen, AreUnlikeEachOther) {
  make_run(10);
  write_copies(4);
  Ended ended = program_.run({"select", "--input", "copies.jsonl", "--top",
                              "10", "--to", "best.jsonl"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  std::string best = read_file(scratch_ / "best.jsonl");
  std::set<std::string> different;
  for (const std::string& line : split(best, '\n')) {
    if (!line.empty()) different.insert(line);
  }
  EXPECT_EQ(different.size(), 10u) << "each once, though each is there 4 times";
}

TEST_F(Chosen, ByVectorsAreAskedForOnce) {
  make_run(40);
  write_copies(2);
  const std::vector<std::string> command = {
      "dedup",        "--input",          "copies.jsonl", "--to", "once.jsonl",
      "--embeddings", "offline:script-1", "--likeness",   "0.999"};
  Ended ended = program_.run(command);
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_GE(lines_of(read_file(scratch_ / "copies.jsonl")) -
                lines_of(read_file(scratch_ / "once.jsonl")),
            40);
  std::filesystem::remove(scratch_ / "once.jsonl");
  SQLite::Database ledger((scratch_ / "copies.jsonl.jobs.db").string());
  int asked = ledger.execAndGet("SELECT count(*) FROM item_replies").getInt();
  EXPECT_LT(asked, 40) << "different texts, in batches";
  ASSERT_EQ(program_.run(command).status, 0);
  EXPECT_EQ(ledger.execAndGet("SELECT count(*) FROM item_replies").getInt(),
            asked);
}

TEST_F(Chosen, AreOfAFileThatHoldsSome) {
  write_file(scratch_ / "empty.jsonl", "");
  for (std::string command : {"dedup", "select", "judge"}) {
    std::vector<std::string> words = {command, "--input", "empty.jsonl"};
    if (command != "judge") words.insert(words.end(), {"--to", "to.jsonl"});
    if (command == "select") words.insert(words.end(), {"--top", "3"});
    if (command == "judge") {
      words.insert(words.end(), {"--providers", "offline"});
    }
    Ended ended = program_.run(words);
    EXPECT_EQ(ended.status, 2) << command;
    EXPECT_TRUE(contains(ended.err, "empty.jsonl holds no conversation"))
        << ended.err;
  }
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "to.jsonl"));
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "empty.jsonl.jobs.db"));
}

// What is bought for a target that cannot be written would be lost work.
TEST_F(Chosen, AreNotLookedForWhereTheTargetIsNoGood) {
  make_run(3);
  write_file(scratch_ / "there.jsonl", "mine\n");
  for (std::string target : {"there.jsonl", "nowhere/to.jsonl"}) {
    Ended ended = program_.run({"dedup", "--input", "run.jsonl", "--to", target,
                                "--embeddings", "offline:script-1"});
    EXPECT_EQ(ended.status, 2);
    EXPECT_TRUE(contains(ended.err, target == "there.jsonl"
                                        ? "there.jsonl exists already"
                                        : "there is no folder nowhere"))
        << ended.err;
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "run.jsonl.jobs.db"));
  }
  EXPECT_EQ(read_file(scratch_ / "there.jsonl"), "mine\n");
}

TEST_F(Chosen, SayWhatGoesWrong) {
  make_run(2);
  auto complaint = [this](std::vector<std::string> command) {
    Ended ended = program_.run(std::move(command));
    EXPECT_EQ(ended.status, 2);
    return ended.err;
  };
  EXPECT_TRUE(contains(complaint({"dedup", "--input", "run.jsonl"}), "--to"));
  EXPECT_TRUE(
      contains(complaint({"dedup", "--output", "run.jsonl", "--likeness", "3"}),
               "--likeness"));
  EXPECT_TRUE(
      contains(complaint({"select", "--output", "run.jsonl"}), "--top"));
}

}  // namespace
}  // namespace simulate
