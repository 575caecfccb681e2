// The built program with tasks of the user's own.
#include <gtest/gtest.h>

#include <map>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"
#include "tests/program/records.h"

namespace simulate {
namespace {

class OwnTasks : public testing::Test {
 protected:
  void put(const std::string& lines) {
    write_file(scratch_ / "tasks.jsonl", lines, 0644);
  }

  Ended run(std::vector<std::string> more) {
    std::vector<std::string> words = {"--providers", "offline", "--tasks",
                                      "tasks.jsonl"};
    words.insert(words.begin(), more.begin(), more.end());
    return program_.run(words);
  }

  Scratch scratch_;
  Program program_{scratch_};
};

constexpr const char* kThree =
    R"x({"id":"said","messages":["I had soup for lunch.","And what now?"],"expect":"turns = 2"}
{"id":"wanted","opening":"Begin with the weather.","goal":"You want a cheerful word.","turns":3}
{"id":"hopeless","goal":"You want to talk.","expect":"turns > 40"}
)x";

TEST_F(OwnTasks, ArePlayedAsTheyAreWritten) {
  put(kThree);
  Ended ended = run({"--target", "12", "--output", "run.json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  std::map<std::string, int> played;
  for (const Json& record : records_in(scratch_ / "run.json")) {
    check_record(record);
    const Json& metadata = record["metadata"];
    std::string task = metadata["situation"];
    ++played[task];
    EXPECT_EQ(metadata["session"], 1);
    EXPECT_EQ(metadata["took_place"], task != "hopeless");
    EXPECT_EQ(metadata["opening"] == "Begin with the weather.",
              task == "wanted");
    EXPECT_EQ(metadata["tester"] == "", task == "said");
    if (task != "said") continue;
    std::vector<std::string> said;
    for (const Json& message : record["conversations"]) {
      if (message["role"] == "user") said.push_back(message["content"]);
    }
    EXPECT_EQ(said, (std::vector<std::string>{"I had soup for lunch.",
                                              "And what now?"}));
    EXPECT_EQ(metadata["ending"], "tester_left");
  }
  for (const char* task : {"said", "wanted", "hopeless"}) {
    EXPECT_EQ(played[task], 4) << task << ", whatever came of it";
  }
  Ended replay = program_.run({"replay", "run.db"});
  EXPECT_EQ(replay.status, 0) << replay.err;
  EXPECT_TRUE(contains(replay.err, "the same bytes")) << replay.err;
}

TEST_F(OwnTasks, AreTriedByTheirIdWithTheirPerson) {
  put(R"({"id":"tea","messages":["Tea?"],"persona":"Nobody Atall"})");
  Ended all = run({"check"});
  EXPECT_EQ(all.status, 2) << all.out;
  put(R"({"id":"tea","messages":["Tea?"],"persona":"Agnes Doyle"})");
  Ended ended = run({"try", "--situation", "tea"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out, "Agnes: Tea?")) << ended.out;
  EXPECT_TRUE(contains(run({"check"}).out, "1 are good, from tasks.jsonl"));
}

TEST_F(OwnTasks, CallNoTesterInADryRunWhereAllIsSaid) {
  put(R"({"messages":["Tea?"]})");
  Ended said = run({"--dry-run", "--target", "100", "--turns", "4", "--json",
                    "--rewrite", "off"});
  EXPECT_EQ(said.summary()["calls"], 600) << said.err;
  put(R"({"goal":"You want tea."})");
  Ended wanted = run({"--dry-run", "--target", "100", "--turns", "4", "--json",
                      "--rewrite", "off"});
  EXPECT_EQ(wanted.summary()["calls"], 1000) << wanted.err;
}

TEST_F(OwnTasks, HaveTurnsThatTheRunAllows) {
  put(R"({"id":"long","goal":"You want tea.","turns":9})");
  Ended ended = run({"--turns", "2-5"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "long has 9 turns, which --turns does not"))
      << ended.err;
}

}  // namespace
}  // namespace simulate
