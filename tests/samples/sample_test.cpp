#include "simulator/samples/sample.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "tests/samples/told.h"

namespace simulate {
namespace {

SampleRules rules_for(const Family& family) {
  SampleRules rules;
  rules.family = &family;
  return rules;
}

std::vector<Sample> samples_of_told(const SampleRules& rules) {
  return samples_of(told(), rules);
}

// "s u aT t" for a sample: speakers, T for a thought, * for what is learnt, a
// number for calls.
std::string shape_of(const Sample& sample) {
  std::string text;
  for (const Message& message : sample.messages) {
    if (!text.empty()) text += ' ';
    text += "suat"[static_cast<size_t>(message.speaker)];
    if (!message.thinking.empty()) text += 'T';
    if (!message.calls.empty()) text += std::to_string(message.calls.size());
    if (message.train) text += '*';
  }
  return text;
}

TEST(Samples, AreAConversationWhereNothingIsLost) {
  std::vector<Sample> samples = samples_of(told(), rules_for(no_family()));
  ASSERT_EQ(samples.size(), 1u);
  EXPECT_EQ(samples[0].id, "conv_000007");
  EXPECT_EQ(shape_of(samples[0]), "s u aT2* t t aT* u aT1 t aT1* t aT*");
}

TEST(Samples, AreOneAMessageWhereTheTemplateDropsThoughts) {
  std::vector<Sample> samples = samples_of_told(rules_for(qwen3()));
  ASSERT_EQ(samples.size(), 4u);
  EXPECT_EQ(shape_of(samples[0]), "s u aT2*");
  EXPECT_EQ(shape_of(samples[1]), "s u aT2 t t aT*");
  // Of the turn under way a model is shown its thoughts, of earlier ones not.
  EXPECT_EQ(shape_of(samples[2]), "s u a2 t t a u aT1 t aT1*");
  EXPECT_EQ(shape_of(samples[3]), "s u a2 t t a u aT1 t aT1 t aT*");
  EXPECT_EQ(samples[3].id, "conv_000007/11");
}

TEST(Samples, TeachNobodyToAnswerWithoutTheThoughtThatWasThere) {
  SampleRules rules = rules_for(qwen3());
  rules.unit = SampleUnit::conversation;
  std::vector<Sample> samples = samples_of_told(rules);
  ASSERT_EQ(samples.size(), 1u);
  EXPECT_EQ(shape_of(samples[0]), "s u a2 t t a u aT1 t aT1* t aT*");
}

TEST(Samples, AreWholeForAnyFamilyWhenThereIsNothingToLose) {
  for (const Family* family : all_families()) {
    std::vector<Sample> samples =
        samples_of(plainly_told(), rules_for(*family));
    bool whole = samples.size() == 1;
    EXPECT_EQ(whole, family->exact_messages) << family->name;
  }
}

TEST(Samples, AreOneAMessageWhereOnlyTheLastIsLearnt) {
  SampleRules rules = rules_for(no_family());
  rules.last_only = true;
  std::vector<Sample> samples = samples_of_told(rules);
  ASSERT_EQ(samples.size(), 4u);
  for (const Sample& sample : samples) {
    for (const Message& message : sample.messages) {
      EXPECT_EQ(message.train, &message == &sample.messages.back());
    }
  }
}

TEST(Samples, HaveThoughtsOfTheLastTurnAlone) {
  SampleRules rules = rules_for(no_family());
  rules.thoughts = TrainedThoughts::last_turn;
  std::vector<Sample> samples = samples_of_told(rules);
  ASSERT_EQ(samples.size(), 1u);
  EXPECT_EQ(shape_of(samples[0]), "s u a2 t t a u aT1 t aT1* t aT*");
  // Its template shows the thoughts of the last turn, so that is all there is.
  rules.family = &qwen3();
  EXPECT_EQ(samples_of_told(rules).size(), 1u);
  rules.last_only = true;
  samples = samples_of_told(rules);
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(shape_of(samples[1]), "s u a2 t t a u aT1 t aT1 t aT*");
}

TEST(Samples, HaveNoThoughtsAndNoRequestForThem) {
  SampleRules rules = rules_for(qwen3());
  rules.thoughts = TrainedThoughts::none;
  std::vector<Sample> samples = samples_of_told(rules);
  ASSERT_EQ(samples.size(), 1u);
  EXPECT_EQ(shape_of(samples[0]), "s u a2* t t a* u a1 t a1* t a*");
  EXPECT_FALSE(contains(samples[0].messages[0].content, "think"));
  EXPECT_TRUE(contains(samples[0].messages[0].content, "Be kind."));
}

TEST(Samples, EndBeforeTheTurnOfAFaultyCallWhenErrorsAreDropped) {
  SampleRules rules = rules_for(no_family());
  rules.errors = Untrained::drop;
  std::vector<Sample> samples = samples_of_told(rules);
  ASSERT_EQ(samples.size(), 1u);
  EXPECT_EQ(shape_of(samples[0]), "s u aT2* t t aT*");
}

TEST(Samples, CallOneByOneWhereTheTemplateRefusesTwo) {
  SampleRules rules = rules_for(llama3());
  std::vector<Sample> samples = samples_of_told(rules);
  ASSERT_EQ(samples.size(), 4u);
  EXPECT_EQ(shape_of(samples[0]), "s u aT1*");
  EXPECT_EQ(samples[0].messages[2].calls[0].name, "recall");
  EXPECT_EQ(shape_of(samples[1]), "s u aT1 t a1 t aT*");
  EXPECT_EQ(samples[1].messages[3].result.name, "recall");
  EXPECT_EQ(samples[1].messages[5].result.name, "note");
  EXPECT_EQ(samples[1].messages[5].result.body["total"], 1);
}

TEST(Samples, LearnEachOfSeveralCallsWhenThereIsNoThought) {
  FinishedConversation talk = told();
  talk.transcript.messages[2].thinking.clear();
  std::vector<Sample> samples = samples_of(talk, rules_for(llama3()));
  ASSERT_EQ(samples.size(), 5u);
  EXPECT_EQ(shape_of(samples[1]), "s u a1 t a1*");
}

TEST(Samples, KeepCallsInWordsWhereTheTemplateShowsNoTools) {
  std::vector<Sample> samples = samples_of_told(rules_for(deepseek_r1()));
  ASSERT_EQ(samples.size(), 4u);
  const auto& messages = samples[1].messages;
  EXPECT_EQ(shape_of(samples[1]), "s u aT u aT*");
  EXPECT_TRUE(contains(messages[0].content, "## Tools"));
  EXPECT_EQ(messages[2].content,
            "<tool_call>recall(query=\"cat\")</tool_call>\n"
            "<tool_call>note(text=\"asked \\\"why\\\"\")</tool_call>");
  EXPECT_EQ(messages[3].content,
            "<tool_result>{\"found\":[\"Tom\"]}</tool_result>\n"
            "<tool_result>{\"total\":1}</tool_result>");
  EXPECT_TRUE(samples[1].tools.empty());
}

TEST(Samples, OfferTheToolsApartFromTheSystemMessage) {
  Sample sample = samples_of_told(rules_for(qwen3()))[0];
  EXPECT_EQ(sample.messages[0].content,
            "You are Ada.\n\n- Think first, inside <think> and </think>. Be "
            "kind.\n\nToday is Monday.");
  ASSERT_EQ(sample.tools.size(), 2u);
  EXPECT_EQ(sample.tools[0].name, "recall");
}

TEST(Samples, KeepTheToolsTextOfAConversationWithoutOffer) {
  FinishedConversation talk = told();
  talk.transcript.offer.reset();
  Sample sample = samples_of(talk, rules_for(qwen3()))[0];
  EXPECT_TRUE(contains(sample.messages[0].content, "## Tools"));
  EXPECT_TRUE(sample.tools.empty());
}

TEST(Samples, EndWithTheLastMessageToBeLearnt) {
  FinishedConversation talk = told();
  talk.transcript.messages.back().train = false;
  std::vector<Sample> samples = samples_of(talk, rules_for(no_family()));
  ASSERT_EQ(samples.size(), 1u);
  EXPECT_EQ(shape_of(samples[0]), "s u aT2* t t aT* u aT1 t aT1*");
}

TEST(Samples, AskForNoTagWhereThoughtsHaveAChannel) {
  Sample sample = samples_of_told(rules_for(gpt_oss()))[0];
  EXPECT_FALSE(contains(sample.messages[0].content, "<think>"));
  EXPECT_FALSE(sample.messages[2].thinking.empty());
}

TEST(Samples, AreNoneWhereNothingIsToBeLearnt) {
  FinishedConversation talk = told();
  for (Message& message : talk.transcript.messages) message.train = false;
  EXPECT_TRUE(samples_of(talk, rules_for(no_family())).empty());
  EXPECT_TRUE(samples_of({}, rules_for(qwen3())).empty());
}

TEST(Samples, LeaveOutSentencesThatAskForThoughts) {
  struct {
    const char* prompt;
    const char* rest;
  } rows[] = {
      {"Be kind.", "Be kind."},
      {"- Think inside <think> and </think>.\n- Be kind.", "- Be kind."},
      {"First think, then speak. Write it between <think> and </think>. Be "
       "brief.",
       "Be brief."},
      {"A\n\nUse <think>.\n\nB", "A\n\nB"},
      {"Put it in <think>. They do not see it. Then call. Be brief.",
       "Be brief."},
      {"I think that is all.", "I think that is all."},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(without_thought_requests(row.prompt), row.rest);
  }
}

}  // namespace
}  // namespace simulate
