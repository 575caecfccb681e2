#include "simulator/conversation/converse.h"

#include <gtest/gtest.h>

#include <set>

#include "simulator/base/text.h"

#include "tests/conversation/stage.h"

namespace simulate {
namespace {

std::string shape(const Transcript& dialogue) {
  std::string text;
  for (const Message& message : dialogue.messages) {
    text += speaker_name(message.speaker)[0];
  }
  return text;
}

constexpr const char* kStore =
    "<think>\nI keep this.\n</think>\n\n"
    "<tool_call>add_memory(input_text=[\"Likes boats.\", \"Is 40.\"])"
    "</tool_call>";

// With a thought that the rewriter has to clean.
constexpr const char* kUnclean =
    "<think>\nThe user sails, so I keep it.\n</think>\n\n"
    "<tool_call>add_memory(input_text=[\"Likes boats.\", \"Is 40.\"])"
    "</tool_call>";

TEST(Converse, AlternatesForAsManyTurnsAsPlanned) {
  Stage stage;
  stage.plan.slot.turns = 3;
  Conversation dialogue = stage.play();
  EXPECT_EQ(shape(dialogue.transcript), "statata");
  EXPECT_EQ(dialogue.transcript.ending, Ending::turns_reached);
  EXPECT_EQ(dialogue.assistant, "fake:assistant");
}

TEST(Converse, EndsWhenTheTesterLeaves) {
  Stage stage;
  stage.plan.slot.turns = 5;
  stage.lines[Role::tester] = {"hello", "bye then\n[END]"};
  Conversation dialogue = stage.play();
  EXPECT_EQ(shape(dialogue.transcript), "stata");
  EXPECT_EQ(dialogue.transcript.messages[3].content, "bye then");
  EXPECT_EQ(dialogue.transcript.ending, Ending::tester_left);
}

TEST(Converse, EndsWithoutAnotherWordWhenTheTesterOnlyLeaves) {
  Stage stage;
  stage.plan.slot.turns = 5;
  stage.lines[Role::tester] = {"hello", "[END]"};
  EXPECT_EQ(shape(stage.play().transcript), "sta");
}

TEST(Converse, CallsNoTesterWhereAllIsSaidBefore) {
  Stage stage;
  stage.plan.slot.turns = 2;
  stage.plan.moment.drawn.says = {"Tea?", "Tea?"};
  Conversation dialogue = stage.play();
  EXPECT_EQ(shape(dialogue.transcript), "stata");
  EXPECT_EQ(dialogue.transcript.messages[1].content, "Tea?");
  EXPECT_EQ(dialogue.transcript.messages[3].content, "Tea?");
  EXPECT_EQ(dialogue.transcript.ending, Ending::tester_left);
  EXPECT_EQ(stage.requests.count(Role::tester), 0u);
  EXPECT_EQ(dialogue.tester, "");
}

TEST(Converse, TellsATesterNotWhatATaskIsCalled) {
  Stage stage;
  stage.prompts.tester = {"{{situation}}"};
  stage.plan.moment.drawn.name = "refuse_the_refund";
  stage.plan.moment.drawn.tester = "You want your money back.";
  stage.plan.moment.drawn.is_task = true;
  stage.play();
  std::string asked = stage.asked(Role::tester, 0);
  EXPECT_TRUE(contains(asked, "]You want your money back.")) << asked;
  EXPECT_FALSE(contains(asked, "refund"));
}

TEST(Converse, RunsEveryItemOfACallAndTellsTheModel) {
  Stage stage;
  stage.lines[Role::assistant] = {kStore, "Noted."};
  Conversation dialogue = stage.play();
  EXPECT_EQ(shape(dialogue.transcript), "stata");
  Json body = dialogue.transcript.messages[3].result.body;
  EXPECT_EQ(body["stored"].size(), 2u);
}

TEST(Converse, CarriesTheToolStateOn) {
  Stage stage;
  stage.lines[Role::assistant] = {kStore, "Noted."};
  Stage next;
  next.plan.state = stage.play().state;
  next.lines[Role::assistant] = {"<tool_call>recall_memories()</tool_call>",
                                 "Boats."};
  Conversation dialogue = next.play();
  std::string result = to_text(dialogue.transcript.messages[3].result.body);
  EXPECT_NE(result.find("Likes boats."), std::string::npos) << result;
  EXPECT_NE(result.find("Is 40."), std::string::npos) << result;
}

TEST(Converse, TellsTheTesterWhatWasBefore) {
  Stage stage;
  stage.prompts.tester = {
      "{{past}} | {{news}} | {{persona.facts}} | "
      "{{abilities}}"};
  stage.plan.slot.starts_at = {20'151 * 1440 + 600};
  stage.plan.slot.events = "0";
  stage.plan.slot.withheld_tools = "diary,memory,reminders,shopping,habits";
  stage.plan.persona.facts = {"I have a boat."};
  stage.plan.persona.events = {{"It sank.", "I have a boat.", "I swim."}};
  stage.plan.past = {true, "yesterday:\nYou: I have a boat.", ""};
  stage.play();
  EXPECT_EQ(stage.asked(Role::tester, 0).substr(0, 98),
            "[0]yesterday:\nYou: I have a boat. | - It sank. (Before: I have a "
            "boat.) | - I swim. | check watch\n");
}

TEST(Converse, ShowsEachSpeakerOnlyItsOwnSide) {
  Stage stage;
  stage.plan.slot.turns = 2;
  stage.lines[Role::assistant] = {kStore,
                                  "<think>\nsecret\n</think>\n\nNoted."};
  stage.play();
  std::string tester = stage.asked(Role::tester, 1);
  EXPECT_EQ(tester.find("tool"), std::string::npos) << tester;
  EXPECT_EQ(tester.find("secret"), std::string::npos);
  EXPECT_NE(tester.find("[1]Noted."), std::string::npos);
  std::string same_turn = stage.asked(Role::assistant, 1);
  EXPECT_NE(same_turn.find("I keep this."), std::string::npos);
  EXPECT_NE(same_turn.find("<tool_result>{\"stored\""), std::string::npos);
  std::string next_turn = stage.asked(Role::assistant, 2);
  EXPECT_EQ(next_turn.find("I keep this."), std::string::npos);
  EXPECT_NE(next_turn.find("<tool_call>add_memory("), std::string::npos);
}

TEST(Converse, AsksWithCallsAndResultsAsTheyAre) {
  Stage stage;
  stage.plan.settings.rewrite = Rewrite::turn;
  stage.plan.slot.turns = 2;
  stage.lines[Role::assistant] = {kUnclean, "Noted."};
  stage.lines[Role::rewriter] = {
      "<block n=\"1\">They sail, so I keep it.</block>"};
  Conversation dialogue = stage.play();
  ASSERT_EQ(dialogue.transcript.messages[2].original_thinking,
            "The user sails, so I keep it.");
  const ChatRequest& last = stage.requests[Role::assistant].at(2);
  EXPECT_EQ(shape({last.messages}), "statat");
  const Message& call = last.messages[2];
  ASSERT_EQ(call.calls.size(), 1u);
  EXPECT_EQ(call.calls[0].arguments["input_text"].size(), 2u);
  EXPECT_EQ(call.thinking + call.original_thinking, "") << "of the turn before";
  EXPECT_EQ(last.messages[3].result.call_id, call.calls[0].id);
  EXPECT_EQ(last.messages[3].result.body["stored"].size(), 2u);
}

TEST(Converse, OffersToolsToTheAssistantOnly) {
  Stage stage;
  stage.play();
  EXPECT_EQ(stage.offered, stage.toolbox.tools().size());
  stage.lines[Role::rewriter] = {"<block n=\"1\">I answer.</block>"};
  stage.lines[Role::assistant] = {kUnclean, "Noted."};
  stage.requests.clear();
  stage.plan.settings.rewrite = Rewrite::conversation;
  stage.play();
  EXPECT_EQ(stage.offered, 0u) << "the rewriter was asked last";
}

TEST(Converse, KnowsWhichPartOfTheSystemMessageTellsOfTheTools) {
  Stage stage;
  stage.prompts.assistant = {"You are Ada. {{tools}} It is {{date}}."};
  stage.prompts.tools = "[{{tool_list}}]";
  Conversation dialogue = stage.play();
  ASSERT_TRUE(dialogue.transcript.offer);
  const Offer& offer = *dialogue.transcript.offer;
  const std::string& whole = dialogue.transcript.messages[0].content;
  auto begin = static_cast<size_t>(offer.text_begin);
  auto size = static_cast<size_t>(offer.text_size);
  EXPECT_EQ(whole.substr(0, begin), "You are Ada. ");
  std::string first = "[- " + offer.tools.front().name + "(";
  EXPECT_EQ(whole.substr(begin, first.size()), first);
  EXPECT_EQ(whole.substr(begin + size - 1, 8), "] It is ");
}

TEST(Converse, SendsTheTeacherButNeverRecordsIt) {
  Stage stage;
  Conversation dialogue = stage.play();
  EXPECT_NE(stage.asked(Role::assistant, 0).find("TEACHER"), std::string::npos);
  EXPECT_EQ(dialogue.transcript.messages[0].content.find("TEACHER"),
            std::string::npos);
}

TEST(Converse, TellsTheModelOfAnErrorAndKeepsItFromImitation) {
  Stage stage;
  stage.lines[Role::assistant] = {
      "<tool_call>add_memories(x=1)</tool_call>",
      "<tool_call>add_memory(input_text=[])</tool_call>",
      "<think>\nIt will not do.\n</think>\n\nSorry."};
  Conversation dialogue = stage.play();
  EXPECT_EQ(dialogue.transcript.tool_errors(), 2);
  EXPECT_FALSE(dialogue.transcript.messages[2].train);
  EXPECT_TRUE(dialogue.transcript.messages.back().train);
  EXPECT_NE(stage.asked(Role::assistant, 1).find("Did you mean add_memory?"),
            std::string::npos);
}

TEST(Converse, LetsAFailureByPlanBeImitatedAndRecoveredFrom) {
  Stage stage;
  stage.plan.settings.tool_failures = 1;
  std::string call =
      "<think>\nWorth keeping.\n</think>\n\n"
      "<tool_call>add_memory(input_text=[\"tea\"])</tool_call>";
  stage.lines[Role::assistant] = {call, call, "Kept."};
  Conversation dialogue = stage.play();
  EXPECT_EQ(dialogue.transcript.tool_errors(), 1);
  EXPECT_EQ(dialogue.transcript.tool_failures(), 1);
  EXPECT_TRUE(dialogue.transcript.messages[2].train);
  EXPECT_TRUE(contains(dialogue.state.text, "tea"));
}

TEST(Converse, OffersOnlyWhatTheSlotDoesNotWithhold) {
  Stage stage;
  stage.plan.slot.withheld_tools = "diary,reminders";
  stage.lines[Role::assistant] = {
      "<tool_call>add_diary(input_text=[\"x\"])</tool_call>", "Sorry."};
  Conversation dialogue = stage.play();
  EXPECT_FALSE(contains(stage.asked(Role::assistant, 0), "add_diary"));
  std::string told = to_text(dialogue.transcript.messages[3].result.body);
  EXPECT_TRUE(contains(told, "There is no tool named \\\"add_diary\\\""));
  EXPECT_FALSE(contains(told, "recall_diary"));
  EXPECT_FALSE(dialogue.transcript.messages[2].train);
}

TEST(Converse, KeepsWhatWasPutRightInACall) {
  Stage stage;
  stage.lines[Role::assistant] = {
      "<tool_call>{\"name\": \"delete_memory\", \"arguments\": {\"indices\": "
      "\"1\",}}</tool_call>",
      "Sorry."};
  Conversation dialogue = stage.play();
  EXPECT_FALSE(dialogue.transcript.messages[2].repairs.empty());
  EXPECT_FALSE(dialogue.transcript.messages[3].result.repairs.empty());
}

TEST(Converse, EndsTheRoundsWhenACallIsRefusedTwice) {
  Stage stage;
  stage.lines[Role::assistant] = {
      "<tool_call>add_memory(input_text=[])</tool_call>",
      "<tool_call>add_memory(input_text=[])</tool_call>",
      "<tool_call>add_memory(input_text=[\"\"])</tool_call>", "Sorry."};
  Conversation dialogue = stage.play();
  EXPECT_EQ(dialogue.transcript.tool_errors(), 2);
  EXPECT_EQ(dialogue.transcript.messages.back().content, "Sorry.");
  EXPECT_NE(stage.asked(Role::assistant, 2).find("was refused twice"),
            std::string::npos);
  EXPECT_TRUE(contains(to_text(dialogue.transcript.messages[5].result.body),
                       "was refused twice"))
      << "the record has what the assistant was told";
}

TEST(Converse, AsksAgainForACallThatCannotBeRead) {
  Stage stage;
  stage.lines[Role::assistant] = {
      "<tool_call>add_memory(input_text=oops)</tool_call>", "Fine."};
  Conversation dialogue = stage.play();
  EXPECT_EQ(shape(dialogue.transcript), "sta");
  EXPECT_NE(stage.asked(Role::assistant, 1).find("could not be understood"),
            std::string::npos);
}

TEST(Converse, KeepsAGoodCallBesideABadOneAndTellsOfTheBad) {
  Stage stage;
  stage.lines[Role::assistant] = {
      "<tool_call>recall_memories()</tool_call>"
      "<tool_call>add_memory(input_text=oops)</tool_call>",
      "Fine."};
  Conversation dialogue = stage.play();
  EXPECT_EQ(dialogue.transcript.tool_calls(), 1);
  EXPECT_FALSE(dialogue.transcript.messages[2].train);
  EXPECT_NE(stage.asked(Role::assistant, 1).find("could not be understood"),
            std::string::npos);
  EXPECT_TRUE(
      contains(string_at(dialogue.transcript.messages[3].result.body, "remark"),
               "could not be understood"));
}

TEST(Converse, AllowsFourRoundsOfToolsAndAsksForAnAnswerThen) {
  Stage stage;
  std::string look = "<tool_call>check_watch()</tool_call>";
  stage.lines[Role::assistant] = {look, look, look, look, look, "Late."};
  EXPECT_EQ(stage.play().transcript.tool_calls(), 4);
  stage.requests.clear();
  stage.lines[Role::assistant] = {look};
  EXPECT_EQ(stage.failure(), "too_many_rounds");
}

TEST(Converse, NamesWhatWasWrongWithAReply) {
  struct Row {
    Role role;
    const char* reply;
    const char* reason;
  };
  const Row rows[] = {
      {Role::tester, "", "empty_reply"},
      {Role::tester, "hi [END]", "left_at_once"},
      {Role::tester, "<tool_call>f()</tool_call>", "leaked_thinking"},
      {Role::tester, "How can I help you?", "wrong_role"},
      {Role::tester, "hi <|im_end|>", "special_tokens"},
      {Role::assistant, "<think>x</think>", "only_thinking"},
      {Role::tester, "no one may ever read these eight secret words aloud",
       "leaked_instructions"},
      {Role::assistant, "hi <|im_end|> you", "special_tokens"},
      {Role::assistant, "<think>a [INST] b</think>\n\nhi", "special_tokens"},
      {Role::assistant,
       "<think>x</think>\n\n<tool_call>add_memory(input_text=[\"a [INST] "
       "b\"])</tool_call>",
       "special_tokens"},
      {Role::assistant, "<think>a <think-about b</think>\n\nhi", "stray_tags"},
      {Role::assistant,
       "<think>x</think>no one may ever read these eight "
       "secret words aloud",
       "leaked_instructions"},
  };
  const char* secret = "No one may ever read these eight secret words aloud.";
  for (const Row& row : rows) {
    Stage stage;
    stage.prompts.tester_leaks.learn(secret);
    stage.prompts.assistant_leaks.learn(secret);
    stage.lines[row.role] = {row.reply};
    EXPECT_EQ(stage.failure(), row.reason) << row.reply;
    EXPECT_EQ(stage.requests[row.role].size(), 2u) << "one correction";
  }
}

TEST(Converse, NeverRecordsAReplyThatWasCutShort) {
  Stage stage;
  stage.finish = Finish::length;
  EXPECT_EQ(stage.failure(), "cut_short");
}

TEST(Converse, MendsAReplyWithOneCorrection) {
  Stage stage;
  stage.lines[Role::tester] = {"How can I help you?", "my boat leaks"};
  Conversation dialogue = stage.play();
  EXPECT_EQ(dialogue.transcript.messages[1].content, "my boat leaks");
}

TEST(Converse, LetsTheTesterNotRepeatItself) {
  Stage stage;
  stage.plan.slot.turns = 2;
  stage.lines[Role::tester] = {"my boat leaks again", "My boat leaks again",
                               "and then?"};
  Conversation dialogue = stage.play();
  EXPECT_EQ(dialogue.transcript.messages[3].content, "and then?");
  EXPECT_EQ(stage.requests[Role::tester].back().previous_rejection->reason,
            "repeated_itself");
}

TEST(Converse, AsksWithAnotherSeedAtTheNextAttempt) {
  Stage first, second;
  second.plan.attempt = 2;
  first.play();
  second.play();
  EXPECT_NE(first.requests[Role::tester][0].seed,
            second.requests[Role::tester][0].seed);
}

TEST(Converse, TakesNoDraftOfTheRewriterForItsAnswer) {
  Stage stage;
  stage.plan.settings.rewrite = Rewrite::conversation;
  stage.lines[Role::rewriter] = {
      "<block n=\"1\">a draft</block></think><block n=\"1\">They sail, so I "
      "keep it.</block>"};
  stage.lines[Role::assistant] = {kUnclean, "Noted."};
  EXPECT_EQ(stage.play().transcript.messages[2].thinking,
            "They sail, so I keep it.");
}

// Its calls are out of reach for now: the conversation waits for it.
TEST(Converse, IsParkedWhenTheRewriterIsOutOfReach) {
  Stage stage;
  stage.plan.settings.rewrite = Rewrite::conversation;
  stage.unreachable = Role::rewriter;
  stage.lines[Role::assistant] = {kUnclean, "Noted."};
  EXPECT_EQ(stage.failure(), "unavailable");
}

TEST(Converse, CutsAwayTheTestersOwnThinking) {
  Stage stage;
  stage.lines[Role::tester] = {"<think>I am Bo</think>\n\"ahoy\""};
  EXPECT_EQ(stage.play().transcript.messages[1].content, "ahoy");
}

TEST(Converse, CutsTagsOutOfNativeThinking) {
  Stage stage;
  stage.thinking = "I call <tool_call> next <|im_end|>.";
  stage.lines[Role::assistant] = {"hi"};
  EXPECT_EQ(stage.play().transcript.messages.back().thinking, "I call  next .");
}

TEST(Converse, RewritesAllThinkingInOneCall) {
  Stage stage;
  stage.plan.settings.rewrite = Rewrite::conversation;
  stage.plan.slot.turns = 2;
  stage.lines[Role::assistant] = {
      kUnclean, "<think>\nThe user has 2 cats.\n</think>\n\nHi.",
      "<think>\nA clean thought.\n</think>\n\nHo."};
  stage.lines[Role::rewriter] = {
      "<block n=\"1\">They sail, so I keep it.</block>\n"
      "<block n=\"2\">They have cats.</block>"};
  Conversation dialogue = stage.play();
  const auto& messages = dialogue.transcript.messages;
  EXPECT_EQ(messages[2].thinking, "They sail, so I keep it.");
  EXPECT_EQ(messages[2].original_thinking, "The user sails, so I keep it.");
  EXPECT_EQ(messages[4].thinking, "The user has 2 cats.") << "proof failed";
  EXPECT_EQ(dialogue.thoughts_refused, 1);
  EXPECT_EQ(stage.requests[Role::rewriter].size(), 1u);
  EXPECT_FALSE(contains(stage.asked(Role::rewriter, 0), "A clean thought"));
}

TEST(Converse, SendsTheRewriterNothingWhenAllThoughtsAreClean) {
  Stage stage;
  stage.plan.settings.rewrite = Rewrite::conversation;
  stage.lines[Role::assistant] = {"<think>\nThey say hello.\n</think>\n\nHi."};
  EXPECT_EQ(stage.play().transcript.messages.back().thinking,
            "They say hello.");
  EXPECT_TRUE(stage.requests[Role::rewriter].empty());
}

TEST(Converse, TakesNoRewriteThatKnowsWhatComesLater) {
  for (const char* first : {"hello", "Pavel is my brother"}) {
    Stage stage;
    stage.plan.slot.turns = 2;
    stage.plan.settings.rewrite = Rewrite::conversation;
    stage.lines[Role::tester] = {first, "my brother Pavel called"};
    stage.lines[Role::assistant] = {"<think>\nHm. I answer.\n</think>\n\nhi",
                                    "I see."};
    stage.lines[Role::rewriter] = {"<block n=\"1\">I answer Pavel.</block>"};
    bool known = std::string(first) != "hello";
    EXPECT_EQ(stage.play().thoughts_refused, known ? 0 : 1);
  }
}

TEST(Converse, KeepsTheOriginalThoughtsWhenTheRewriterDoesNotObey) {
  Stage stage;
  stage.plan.settings.rewrite = Rewrite::conversation;
  stage.lines[Role::rewriter] = {"I would rather not."};
  stage.lines[Role::assistant] = {kUnclean, "Noted."};
  Conversation dialogue = stage.play();
  EXPECT_EQ(dialogue.transcript.messages[2].thinking,
            "The user sails, so I keep it.");
  EXPECT_EQ(stage.requests[Role::rewriter].size(), 2u);
}

TEST(Converse, ShowsTheAssistantExamplesBeforeItsInstructions) {
  Stage stage;
  stage.prompts.teacher = "NOTES {{examples}}";
  stage.plan.slot.situation = "forget";
  for (const char* name : {"one", "two", "three", "four", "five"}) {
    stage.prompts.examples.push_back({name,
                                      {name[0] == 'f' ? "forget" : "advice"},
                                      {},
                                      "Example " + std::string(name)});
  }
  Conversation dialogue = stage.play();
  std::string asked = stage.asked(Role::assistant, 0);
  EXPECT_TRUE(contains(asked, "Example four") &&
              contains(asked, "Example five"))
      << asked;
  EXPECT_LT(asked.find("NOTES"), asked.find("You are Ada."));
  EXPECT_FALSE(contains(dialogue.transcript.messages[0].content, "Example"));
  EXPECT_TRUE(contains(dialogue.examples, "four")) << dialogue.examples;
}

TEST(Converse, OffersTheToolsInAnOrderOfItsOwn) {
  std::set<std::string> orders;
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    Stage stage;
    stage.plan.slot.seed = seed;
    std::string order;
    Conversation dialogue = stage.play();
    for (const ToolSpec& tool : dialogue.transcript.offer->tools) {
      order += tool.name + " ";
    }
    orders.insert(order);
  }
  EXPECT_EQ(orders.size(), 5u);
}

TEST(Converse, CountsWhatItCostAndWhatThereIsToTrainOn) {
  Stage stage;
  stage.plan.slot.turns = 2;
  stage.lines[Role::assistant] = {"<think>\nWell.\n</think>\n\nHi there.",
                                  "<think>\nSo.\n</think>\n\nAnd then some."};
  Conversation dialogue = stage.play();
  EXPECT_EQ(dialogue.calls, 4);
  EXPECT_EQ(dialogue.trained_tokens, 17);
}

// Kept, since it is true and can be answered, and not to be imitated.
TEST(Converse, DoesNotTrainOnAReplyThatIsOnlyBadlyPut) {
  Stage stage;
  stage.lines[Role::assistant] = {
      "<think>\nThey ask.\n</think>\n\nGreat question! As an AI language "
      "model, I am here for you. Is there anything else I can help with?"};
  Conversation dialogue = stage.play();
  EXPECT_EQ(dialogue.guards, "");
  EXPECT_TRUE(contains(dialogue.blemishes, "boilerplate"))
      << dialogue.blemishes;
  EXPECT_FALSE(dialogue.transcript.messages.back().train);
  ASSERT_FALSE(dialogue.findings.empty());
  EXPECT_EQ(dialogue.findings[0].player.provider, "fake");
  EXPECT_FALSE(dialogue.findings[0].rejected);
}

// What is called Robin is told of Robin.
TEST(Converse, CorrectsByTheNameOfTheWorldsAssistant) {
  Stage stage;
  stage.plan.settings.assistant_name = "Robin";
  stage.lines[Role::tester] = {"How can I help you today?", "I lost my parcel"};
  stage.play();
  std::string asked = stage.asked(Role::tester, 1);
  EXPECT_TRUE(contains(asked, "not Robin")) << asked;
}

TEST(Converse, IsTheSameTwice) {
  Stage one, two;
  one.plan.slot.turns = two.plan.slot.turns = 3;
  one.play();
  two.play();
  for (size_t i = 0; i < one.requests[Role::assistant].size(); ++i) {
    EXPECT_EQ(one.requests[Role::assistant][i].seed,
              two.requests[Role::assistant][i].seed);
  }
  EXPECT_NE(one.requests[Role::assistant][0].seed,
            one.requests[Role::assistant][1].seed);
}

}  // namespace
}  // namespace simulate
