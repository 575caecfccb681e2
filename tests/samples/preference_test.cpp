#include "simulator/samples/preference.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/samples/trainer.h"
#include "tests/samples/told.h"

namespace simulate {
namespace {

// Of its first answer a worse one was said before, of its last call, too.
FinishedConversation told_with_rejected() {
  FinishedConversation talk = told();
  talk.rejected.push_back(
      {5, said(Speaker::assistant, "User asks for Tom.", "Hm."), "asides"});
  Message call = said(Speaker::assistant, "", "Once more.");
  call.calls = {{"call90000", "note", {{"text", "x"}}},
                {"call90001", "recall", {{"query", "y"}}}};
  talk.rejected.push_back({9, call, "calls_twice"});
  talk.rejected.push_back({7, said(Speaker::assistant, "No."), "unlearnt"});
  return talk;
}

std::vector<Preference> pairs_for(const Family& family) {
  SampleRules rules;
  rules.family = &family;
  return preferences_of(told_with_rejected(), rules);
}

TEST(Preference, SetsAReplyAgainstTheOneThatTookItsPlace) {
  std::vector<Preference> pairs = pairs_for(qwen3());
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].chosen.id, "conv_000007/5");
  EXPECT_EQ(pairs[0].chosen.messages.size(), 6u);
  EXPECT_EQ(pairs[0].chosen.messages.back().content, "Tom.");
  EXPECT_EQ(pairs[0].rejected.content, "User asks for Tom.");
  EXPECT_EQ(pairs[0].reason, "asides");
  // The history is the one of a sample: no thoughts of earlier turns.
  EXPECT_EQ(pairs[1].chosen.messages[5].thinking, "");
  EXPECT_EQ(pairs[1].chosen.messages[7].thinking, "I note it.");
}

TEST(Preference, WritesBothAsTheFamilyDoes) {
  std::vector<Preference> pairs = pairs_for(llama3());
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[1].rejected.calls.size(), 1u);
  pairs = pairs_for(deepseek_r1());
  EXPECT_TRUE(contains(pairs[1].rejected.content, "<tool_call>note("));
}

TEST(Preference, HasARowForWhoTakesPairs) {
  Preference pair = pairs_for(qwen3())[1];
  for (const Trainer* trainer : all_trainers()) {
    if (!trainer->preference_row) continue;
    Json row = trainer->preference_row(pair, qwen3());
    std::string text = row.dump();
    EXPECT_TRUE(contains(text, "rejected") ||
                contains(text, "non_preferred_output"))
        << trainer->name;
    EXPECT_TRUE(contains(text, "Bo")) << trainer->name;
    EXPECT_FALSE(contains(text, "weight")) << trainer->name;
  }
}

TEST(Preference, IsWhatDpoTrainersRead) {
  Preference pair = pairs_for(qwen3())[0];
  Json row = trl().preference_row(pair, qwen3());
  EXPECT_EQ(row["prompt"].size(), 5u);
  ASSERT_EQ(row["chosen"].size(), 1u);
  ASSERT_EQ(row["rejected"].size(), 1u);
  EXPECT_EQ(row["chosen"][0]["content"], "Tom.");
  EXPECT_EQ(row["rejected"][0]["reasoning_content"], "Hm.");
  EXPECT_FALSE(row.contains("completion"));
}

TEST(Preference, OfLlamaFactoryEndsBeforeTheReply) {
  Json row = llamafactory().preference_row(pairs_for(qwen3())[1], qwen3());
  EXPECT_EQ(row["conversations"].size() % 2, 1u);
  EXPECT_EQ(row["chosen"]["from"], "function_call");
  EXPECT_EQ(row["rejected"]["from"], "function_call");
  DatasetFacts facts{&qwen3(), SampleFormat::preference,
                     false,    Container::jsonl,
                     1000,     TrainedThoughts::all};
  Files files = llamafactory().files(facts);
  EXPECT_TRUE(contains(files["dataset_info.json"], "\"ranking\": true"));
  EXPECT_TRUE(contains(files["llamafactory.yaml"], "stage: dpo"));
}

TEST(Preference, OfMsSwiftHasTheWholeOther) {
  Json row = ms_swift().preference_row(pairs_for(qwen3())[0], qwen3());
  EXPECT_EQ(row["messages"].size(), row["rejected_messages"].size());
  EXPECT_NE(row["messages"].back(), row["rejected_messages"].back());
}

}  // namespace
}  // namespace simulate
