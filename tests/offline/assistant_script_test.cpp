#include "simulator/offline/scripts.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "tests/offline/scripted_requests.h"
#include "tests/shipped.h"

namespace simulate::offline {
namespace {

TEST(AssistantScript, KeepsAFactInTheThirdPerson) {
  ToolState state;
  std::string words =
      spoken(assistant_request("Well, my sister Nora lives with me in Cork."),
             {}, &state);
  EXPECT_TRUE(
      contains(state.text, "Their sister Nora lives with them in Cork."))
      << state.text;
  EXPECT_FALSE(words.empty());
}

TEST(AssistantScript, AnswersAQuestionAboutThePastFromItsMemories) {
  ToolState state = state_with(
      {"They play bridge on Wednesdays.", "Their cat is called Bishop."});
  std::string words = spoken(
      assistant_request("Do you remember what I told you about my cat?", 2),
      state);
  EXPECT_TRUE(contains(lowered(words), "your cat is called bishop")) << words;
  EXPECT_FALSE(contains(words, "bridge")) << words;
}

TEST(AssistantScript, SaysSoWhenNothingIsKept) {
  std::string words = spoken(
      assistant_request("Do you remember what I told you about my cat?", 2));
  EXPECT_TRUE(contains(words, "your cat")) << words;
}

TEST(AssistantScript, KeepsNoMoodAndNoWishAsAFact) {
  for (const char* said : {
           "Patience is not my strength today. It's about my hip.",
           "I want to talk about my daughter's Sunday phone calls.",
           "We should talk about my nephew and the polar bears.",
           "Hm, I'm sure I told you about my polar bears.",
           "What comes up at every meal: my daughter's Sunday phone calls.",
       }) {
    ToolState state;
    spoken(assistant_request(said), {}, &state);
    EXPECT_FALSE(contains(state.text, "input_text")) << said;
    EXPECT_FALSE(contains(state.text, "trength")) << said;
    EXPECT_FALSE(contains(state.text, "phone calls")) << said;
    EXPECT_FALSE(contains(state.text, "polar")) << said;
  }
}

TEST(AssistantScript, ThinksOfWhatItStores) {
  std::string text = assistant_script(assistant_request(
      "Patience is not my strength today. My husband Tom died in November."));
  ParsedReply reply = parse_reply(text);
  EXPECT_TRUE(contains(lowered(reply.thinking), "their husband tom died"))
      << text;
  EXPECT_FALSE(contains(text, "strength")) << text;
}

TEST(AssistantScript, NamesTheWholeTopicWhenItHasAnOpinion) {
  for (int i = 0; i < 20; ++i) {
    ChatRequest request =
        assistant_request("It's about my daughter's Sunday phone calls.");
    request.messages.push_back({Speaker::assistant, "Go on."});
    request.messages.push_back(
        {Speaker::tester, "Day " + std::to_string(i) + ". What would you do?"});
    request.scene["turn"] = 2;
    std::string words = spoken(request);
    EXPECT_TRUE(contains(words, "your daughter's Sunday phone calls")) << words;
    EXPECT_FALSE(contains(words, "?")) << words;
  }
}

TEST(AssistantScript, SaysThatThereIsNoOtherNoteWhenPressed) {
  ToolState state = state_with({"Their cat is called Bishop."});
  ChatRequest request =
      assistant_request("Do you remember what I told you about my cat?", 2);
  std::string words = spoken(request, state);
  request.messages.push_back({Speaker::assistant, words});
  request.messages.push_back({Speaker::tester, "But I told you about my cat."});
  request.scene["turn"] = 2;
  EXPECT_TRUE(contains(spoken(request, state), "about your cat"));
}

TEST(AssistantScript, SetsAReminderForTheNamedDay) {
  ToolState state;
  std::string words = spoken(
      assistant_request("Remind me on Friday about my bad hip."), {}, &state);
  EXPECT_TRUE(contains(state.text, "2025-03-07")) << state.text;
  EXPECT_TRUE(contains(words, "Friday, 7 March")) << words;
}

TEST(AssistantScript, BringsAnOpenReminderUpAndCompletesIt) {
  std::vector<ToolCall> calls = {
      {"call00001",
       "add_reminder",
       {{"text", "Their bad hip."}, {"due", "2025-03-04"}}}};
  Toolbox toolbox(shipped_groups());
  ToolState state = toolbox.run({}, calls, {20'151 * 1440}).state;
  ChatRequest request = assistant_request("Hi again.", 2);
  request.messages[0].content =
      "Open reminders:\n- Their bad hip. (due 2025-03-04)\n\n# Notes";
  std::string words = spoken(request, state);
  EXPECT_TRUE(contains(words, "your bad hip")) << words;
  EXPECT_TRUE(contains(words, "s that done?")) << words;

  request.messages.push_back({Speaker::assistant, words});
  request.messages.push_back({Speaker::tester, "Yes, that's done."});
  request.scene["turn"] = 2;
  spoken(request, state, &state);
  EXPECT_TRUE(toolbox.bulletin(state).empty()) << state.text;
}

TEST(AssistantScript, ForgetsExactlyWhatItIsAskedToForget) {
  ToolState state = state_with(
      {"They play bridge on Wednesdays.", "Their cat is called Bishop."});
  std::string words = spoken(
      assistant_request("Please forget what I told you about my cat.", 2),
      state, &state);
  EXPECT_FALSE(contains(state.text, "Bishop")) << state.text;
  EXPECT_TRUE(contains(state.text, "bridge")) << state.text;
  EXPECT_FALSE(contains(words, "Bishop")) << words;
}

TEST(AssistantScript, SometimesMistakesACallAndMendsIt) {
  int mended = 0;
  for (int i = 0; i < 300; ++i) {
    std::string said = "My uncle has " + std::to_string(i) + " old clocks.";
    ToolState state;
    std::vector<std::string> names;
    spoken(assistant_request(said), {}, &state, &names);
    std::string fact = std::to_string(i) + " old clocks";
    EXPECT_TRUE(contains(state.text, fact)) << said;
    if (names.size() > 1 && names[1] == "add_memory") ++mended;
  }
  EXPECT_GT(mended, 5);
  EXPECT_LT(mended, 60);
}

TEST(AssistantScript, AsksNothingWhenThePersonLeaves) {
  for (int i = 0; i < 50; ++i) {
    ChatRequest request =
        assistant_request("That was day " + std::to_string(i) + ". Bye, Ada.");
    request.scene["turn"] = 3;
    std::string words = spoken(request);
    EXPECT_FALSE(words.empty());
    EXPECT_FALSE(contains(words, "?")) << words;
  }
}

TEST(AssistantScript, UsesOnlyToolsThatAreOffered) {
  ChatRequest request = assistant_request("My cat is called Bishop.");
  request.scene["tools"] = Json::object();
  EXPECT_TRUE(parse_reply(assistant_script(request)).calls.empty());
}

TEST(AssistantScript, AnswersInWordsAfterACorrection) {
  ChatRequest request = assistant_request("My cat is called Bishop.");
  request.messages.push_back({Speaker::assistant, "<tool_call>oops"});
  request.messages.push_back({Speaker::tester, "Answer without a call."});
  request.scene["correction"] = "too_many_rounds";
  ParsedReply reply = parse_reply(assistant_script(request));
  EXPECT_TRUE(reply.calls.empty());
  EXPECT_FALSE(reply.content.empty());
}

}  // namespace
}  // namespace simulate::offline
