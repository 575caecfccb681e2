// The built program: `simulate redo` and `drop`.
#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/store/repair/examine.h"
#include "tests/program/program.h"
#include "tests/program/records.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

class Redo : public testing::Test {
 protected:
  Redo() {
    Ended made = fill();
    EXPECT_EQ(made.status, 0) << made.err;
    before_ = records();
  }

  Ended fill() {
    return program_.run({"--target", "24", "--providers", "offline",
                         "--sessions", "3", "--output", "run.json"});
  }

  std::map<std::string, Json> records() {
    std::map<std::string, Json> by_id;
    for (const Json& record : records_in(scratch_ / "run.json")) {
      by_id[record["id"]] = record;
    }
    return by_id;
  }

  Ended run(const std::string& command, const std::string& where) {
    return program_.run(
        {command, "--where", where, "--output", "run.json", "--yes"});
  }

  Json generation() {
    Ended ended = program_.run({"status", "--output", "run.json", "--json"});
    return ended.summary()["generation"];
  }

  void expect_nothing_wrong() {
    Examination found =
        examine(scratch_ / "run.db", scratch_ / "run.json", false);
    EXPECT_TRUE(found.nothing_wrong())
        << joined(found.damage, "\n") << joined(found.file, "\n");
  }

  Scratch scratch_;
  Program program_{scratch_};
  std::map<std::string, Json> before_;
};

TEST_F(Redo, MakesAgainWhatIsChosenAndWhatRemembersIt) {
  Ended ended = run("redo", "storyline = 2 AND session = 2");
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out,
                       "1 conversation to be made again; 1 later session that "
                       "remembers them is made again."))
      << ended.out;
  EXPECT_EQ(generation(), 1) << "told to whoever watches";
  auto left = records();
  EXPECT_EQ(left.size(), 22u);
  for (const auto& [id, record] : left) EXPECT_EQ(record, before_[id]);
  expect_nothing_wrong();
  EXPECT_EQ(fill().status, 0);
  auto after = records();
  ASSERT_EQ(after.size(), 24u);
  for (const auto& [id, record] : before_) {
    EXPECT_EQ(after.count(id), 1u) << "the same slot, next attempt";
    EXPECT_EQ(after[id]["metadata"]["mood"], record["metadata"]["mood"])
        << "what is drawn is stored";
  }
  expect_nothing_wrong();
}

TEST_F(Redo, DropsWhatIsChosenForAnother) {
  Ended ended = run("drop", "id = 'x' OR storyline = 1 AND session = 1");
  EXPECT_EQ(ended.status, 2) << "a record has an id, its metadata have none";
  ended = run("drop", "storyline = 1 AND session = 1");
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out, "1 conversation dropped")) << ended.out;
  EXPECT_EQ(records().size(), 21u) << "with two that remember it";
  expect_nothing_wrong();
  EXPECT_EQ(fill().status, 0);
  auto after = records();
  EXPECT_EQ(after.size(), 24u);
  EXPECT_EQ(after.count("conv_000001"), 0u);
  expect_nothing_wrong();
}

TEST_F(Redo, AnswersAnUnknownNameWithTheNearest) {
  Ended ended = run("redo", "modd = 'calm'");
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(
      contains(ended.err, "--where: no such column: modd; did you mean mood?"))
      << ended.err;
  EXPECT_EQ(records(), before_);
}

TEST_F(Redo, ChangesNothingThatNobodyAgreedTo) {
  Ended ended =
      program_.run({"redo", "--where", "turns > 0", "--output", "run.json"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.out, "24 conversations to be made again"));
  EXPECT_TRUE(contains(ended.err, "nothing was changed; add --yes"));
  EXPECT_EQ(records(), before_);
  EXPECT_TRUE(
      contains(run("redo", "turns > 1000").out, "No conversation is such."));
}

TEST_F(Redo, KeepsToTheNameOfTheRun) {
  Ended ended = program_.run(
      {"redo", "--where", "turns > 0", "--output", "run.jsonl", "--yes"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(records(), before_);
  expect_nothing_wrong();
}

TEST_F(Redo, SeesMessagesAndCallsToo) {
  Ended ended = run("redo",
                    "EXISTS (SELECT 1 FROM calls WHERE name = 'add_memory') "
                    "AND session = 3");
  EXPECT_EQ(ended.status, 0) << ended.err;
  for (const auto& [id, record] : before_) {
    bool calls = false;
    for (const Json& message : record["conversations"]) {
      calls = calls || (message["role"] == "assistant" &&
                        contains(string_at(message, "content"),
                                 "<tool_call>add_memory("));
    }
    bool chosen = calls && record["metadata"]["session"] == 3;
    EXPECT_EQ(records().count(id), chosen ? 0u : 1u) << id;
  }
}

}  // namespace
}  // namespace simulate
