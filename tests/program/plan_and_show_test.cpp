// The built program: `simulate plan` and `simulate show`.
#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/base/text.h"
#include "tests/program/program.h"
#include "tests/program/records.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

class PlanAndShow : public testing::Test {
 protected:
  PlanAndShow() {
    Ended made = program_.run({"--target", "30", "--providers", "offline",
                               "--output", "run.json", "--max-calls", "200"});
    EXPECT_EQ(made.status, 3) << made.err;
  }

  Ended run(std::vector<std::string> words) {
    words.insert(words.end(), {"--output", "run.json"});
    return program_.run(words);
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(PlanAndShow, TellsWhatComesNextAndHowNearTheSharesAre) {
  Ended ended = run({"plan", "--json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  Json plan = *parse_json(ended.out);
  int64_t kept = plan["kept"];
  EXPECT_GT(kept, 5);
  EXPECT_EQ(plan["left"]["conversations"], 30 - kept);
  EXPECT_GT(plan["left"]["calls"], 0);
  EXPECT_EQ(plan["next"].size(), std::min<size_t>(12, 30 - kept));
  EXPECT_EQ(plan["planned"], 30 - kept);
  int64_t in_situations = 0;
  double wanted = 0;
  for (const auto& [name, share] : plan["situations"].items()) {
    in_situations += share["conversations"].get<int64_t>();
    wanted += share["wanted"].get<double>();
  }
  EXPECT_LE(in_situations, kept);
  EXPECT_GT(in_situations, kept / 2);
  EXPECT_NEAR(wanted, 100, 1e-6);
  Ended page = run({"plan"});
  EXPECT_TRUE(contains(page.out, " of 30 conversations saved; left: "));
  EXPECT_TRUE(contains(page.out, "  plain_talk"));
}

TEST_F(PlanAndShow, ShowsASavedConversation) {
  Json last = records_in(scratch_ / "run.json").back();
  std::string id = last["id"];
  for (const std::string& which : {std::string("last"), id, id.substr(8)}) {
    Ended ended = run({"show", which});
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_TRUE(contains(ended.out, id + ": ")) << ended.out;
    EXPECT_TRUE(
        contains(ended.out, last["metadata"]["situation"].get<std::string>()));
  }
  EXPECT_EQ(run({"show", "random"}).status, 0);
  Ended none = run({"show", "conv_999999"});
  EXPECT_EQ(none.status, 2);
  EXPECT_TRUE(contains(none.err, "holds no conversation \"conv_999999\""));
}

TEST_F(PlanAndShow, ShowsWhatWasSaidOfAConversation) {
  EXPECT_FALSE(contains(run({"show", "last"}).out, "judged"));
  ASSERT_EQ(run({"judge", "--providers", "offline", "--quiet"}).status, 0);
  ASSERT_EQ(run({"select", "--top", "1000"}).status, 0);
  Ended ended = run({"show", "1"});
  EXPECT_TRUE(contains(ended.out, "judged good by offline:script-1"))
      << ended.out;
  EXPECT_TRUE(contains(ended.out, "marked selected: number ")) << ended.out;
}

TEST_F(PlanAndShow, ShowsThoughtsAsTheyWere) {
  for (const Json& record : records_in(scratch_ / "run.json")) {
    if (record["metadata"]["thoughts_rewritten"] == 0) continue;
    Ended ended = run({"show", record["id"], "--diff"});
    EXPECT_TRUE(contains(ended.out, "- (") && contains(ended.out, "+ ("));
    Ended plain = run({"show", record["id"]});
    EXPECT_FALSE(contains(plain.out, "- ("));
    return;
  }
  ADD_FAILURE() << "no thought was rewritten";
}

TEST_F(PlanAndShow, PrintsWhatEachModelIsSent) {
  Ended ended = program_.run({"try", "--providers", "offline", "--situation",
                              "secret", "--show-requests", "--quiet"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out,
                       "=== to the tester, call 1 ===\n"
                       "--- system ---\nYou play a person"));
  EXPECT_TRUE(contains(ended.out, "This moment: secret. You tell"));
  EXPECT_TRUE(contains(ended.out, "=== to the assistant, call 2 ==="));
}

TEST_F(PlanAndShow, TriesASituationThatNeedsMemories) {
  for (const char* name : {"forget", "reminder_due"}) {
    Ended ended = program_.run(
        {"try", "--providers", "offline", "--situation", name, "--quiet"});
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_TRUE(contains(ended.out, "session 2")) << ended.out;
    EXPECT_TRUE(contains(ended.out, std::string("    ") + name + "; mood"))
        << ended.out;
  }
}

}  // namespace
}  // namespace simulate
