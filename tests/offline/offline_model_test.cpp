#include "simulator/offline/offline_model.h"
#include "tests/shipped.h"

#include <gtest/gtest.h>

#include <array>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <set>

#include "simulator/base/text.h"
#include "simulator/calls/call_syntax.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/offline/assistant_calls.h"
#include "simulator/offline/assistant_script.h"
#include "simulator/offline/rewriter_script.h"
#include "simulator/offline/tester_script.h"
#include "simulator/offline/words.h"
#include "tools/toolbox.h"

namespace simulate::offline {
namespace {

using From = ChatMessage::From;

constexpr const char* kSystem = "You are Ada.\n\nOpen reminders:\nNone.";

const Json& persona() {
  static const Json value = {
      {"name", "Agnes Doyle"},
      {"speaking", "Full sentences."},
      {"facts",
       {"My cat is called Bishop and he bites anyone.",
        "My husband Tom died nine years ago.",
        "I ran the post office in Murrisk for 31 years.",
        "My daughter Bernadette lives in Boston.",
        "I play bridge on Wednesdays with Nuala.",
        "My neighbour Padraig brings in the turf for me.",
        "My brother Eamon left me a gold pocket watch."}},
      {"topics", {"my cat Bishop", "my bridge game", "my brother's watch"}}};
  return value;
}

ChatRequest tester_request(uint64_t seed, int session = 1) {
  ChatRequest request;
  request.role = Role::tester;
  request.seed = seed;
  request.messages = {{From::system, "You play Agnes."},
                      {From::user, "(The conversation is open.)"}};
  const Json& topics = persona()["topics"];
  request.scene = {{"persona", persona()},
                   {"topic", topics[static_cast<size_t>(session - 1) % 3]},
                   {"mood", "calm"},
                   {"session", session},
                   {"storyline_seed", seed % 100},
                   {"turn", 1},
                   {"turns", 4},
                   {"date", "2025-03-04"}};
  return request;
}

ChatRequest assistant_request(const std::string& said, int session = 1) {
  ChatRequest request;
  request.role = Role::assistant;
  request.seed = 7;
  request.messages = {{From::system, kSystem}, {From::user, said}};
  Json tools = Json::object();
  Toolbox toolbox(shipped_groups());
  for (const ToolSpec& tool : toolbox.tools()) {
    tools[tool.name] = *parse_json(tool.example);
  }
  request.scene = {
      {"appetite", "eager"},  {"session", session}, {"turn", 1},
      {"turns", 3},           {"round", 0},         {"syntax", "python"},
      {"date", "2025-03-04"}, {"tools", tools}};
  return request;
}

// Answers the request and goes on with `results` until there are words.
std::string spoken(ChatRequest request, const ToolState& before = {},
                   ToolState* after = nullptr,
                   std::vector<std::string>* names = nullptr) {
  Toolbox toolbox(shipped_groups());
  ToolState state = before;
  for (int round = 0; round <= 4; ++round) {
    request.scene["round"] = round;
    std::string text = assistant_script(request);
    ParsedReply reply = parse_reply(text);
    EXPECT_TRUE(reply.faults.empty()) << text;
    EXPECT_FALSE(reply.thinking.empty()) << text;
    if (after != nullptr) *after = state;
    if (reply.calls.empty()) return reply.content;
    std::vector<ToolCall> calls;
    for (ParsedCall& call : reply.calls) {
      if (names != nullptr) names->push_back(call.name);
      calls.push_back({"call00001", call.name, call.arguments});
    }
    Toolbox::Round done = toolbox.run(state, calls, {20'151 * 1440 + 600});
    state = done.state;
    request.messages.push_back({From::assistant, text});
    std::string results;
    for (const ToolResult& result : done.results) {
      if (!results.empty()) results += '\n';
      results += render_result(result.body);
    }
    request.messages.push_back({From::user, results});
  }
  ADD_FAILURE() << "it never answered";
  return "";
}

ToolState state_with(const std::vector<std::string>& memories) {
  std::vector<ToolCall> calls = {
      {"call00001", "add_memory", {{"input_text", memories}}}};
  return Toolbox(shipped_groups()).run({}, calls, {20'151 * 1440}).state;
}

asio::awaitable<void> ask(OfflineModel& model, const ChatRequest& request,
                          ChatOutcome& outcome, bool& done) {
  outcome = co_await model.reply(request);
  done = true;
}

TEST(OfflineModel, WaitsOnceAndSaysWhoItIs) {
  asio::io_context loop;
  OfflineModel model;
  ChatRequest request = tester_request(1);
  ChatOutcome outcome;
  bool done = false;
  asio::co_spawn(loop, ask(model, request, outcome, done), asio::detached);
  loop.run_one();
  EXPECT_FALSE(done);
  loop.run();
  ASSERT_TRUE(done);
  const auto& reply = std::get<ChatReply>(outcome);
  EXPECT_EQ(reply.provider, "offline");
  EXPECT_EQ(reply.model, "script-1");
  EXPECT_GT(reply.usage.input_tokens, 0);
  EXPECT_EQ(reply.content, tester_script(request));
}

TEST(OfflineModel, GivesTheSameReplyToTheSameRequest) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    ChatRequest request = tester_request(seed);
    EXPECT_EQ(tester_script(request), tester_script(request));
  }
  ChatRequest request = assistant_request("My cat is called Bishop.");
  EXPECT_EQ(assistant_script(request), assistant_script(request));
  EXPECT_NE(tester_script(tester_request(1)), tester_script(tester_request(2)));
}

TEST(Words, TellAFactInTheThirdPerson) {
  const std::pair<const char*, const char*> rows[] = {
      {"My sister Nora lives with me.", "Their sister Nora lives with them."},
      {"I play bridge.", "They play bridge."},
      {"I'm tired and I was ill.", "They are tired and they were ill."},
      {"I've hurt myself.", "They have hurt themselves."},
      {"i'm allergic to penicillin.", "They are allergic to penicillin."},
      {"I like them.", "They said: \"I like them.\""},
  };
  for (const auto& [said, told] : rows) EXPECT_EQ(third_person(said), told);
}

TEST(Words, GiveAMemoryBackToThePersonItIsAbout) {
  EXPECT_EQ(second_person("Their sister lives with them and they are glad."),
            "Your sister lives with you and you are glad.");
  EXPECT_EQ(second_person("They said: \"I like them.\""),
            "You said: \"I like them.\"");
}

TEST(Words, TellWhatKindOfThingIsSpokenOf) {
  const std::pair<const char*, Matter> rows[] = {
      {"my cataract surgery", Matter::health},
      {"My wife Carol died four years ago.", Matter::loss},
      {"my dog Goma's strange habits", Matter::animal},
      {"the money my compadre lent me", Matter::money},
      {"my crate guitar", Matter::pastime},
      {"my daughter's Sunday phone calls", Matter::family},
      {"my run of night shifts", Matter::work},
      {"the midwinter", Matter::other},
  };
  for (const auto& [text, matter] : rows) {
    EXPECT_EQ(matter_of(text), matter) << text;
  }
}

TEST(Words, KeepTheObjectOfASentenceAnObject) {
  EXPECT_EQ(turned_to_they("the money my uncle lent me"),
            "the money their uncle lent them");
  EXPECT_EQ(turned_to_you("a hamster I never asked for"),
            "a hamster you never asked for");
  EXPECT_EQ(turned_to_you("generator number two"), "generator number two");
}

TEST(TesterScript, AnswersTheQuestionThatAdaAsked) {
  ChatRequest request = tester_request(5);
  request.scene["turn"] = 3;
  request.scene["persona"]["facts"] = Json::array();
  request.messages.push_back({From::assistant, "It's about my cat Bishop."});
  request.messages.push_back(
      {From::user, "Who spoils whom in that household?"});
  int answered = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    request.seed = seed;
    std::string text = tester_script(request);
    if (contains(text, "both ways") || contains(text, "four legs") ||
        contains(text, "family secret")) {
      ++answered;
    }
  }
  EXPECT_EQ(answered, 60);
}

TEST(TesterScript, OpensDifferentlyByStyle) {
  std::set<std::string> openings;
  for (const char* style : {"brief", "chatty", "direct", "hesitant", "dry"}) {
    for (uint64_t seed = 0; seed < 12; ++seed) {
      ChatRequest request = tester_request(seed);
      request.scene["style"] = style;
      std::string text = tester_script(request);
      EXPECT_TRUE(contains(text, "my cat Bishop")) << text;
      openings.insert(text);
    }
  }
  EXPECT_GT(openings.size(), 40u);
}

TEST(TesterScript, NeverLeavesInTheFirstTurnNorRepeatsItself) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    ChatRequest request = tester_request(seed, 1 + static_cast<int>(seed % 3));
    std::set<std::string> said;
    for (int turn = 1; turn <= 6; ++turn) {
      request.scene["turn"] = turn;
      std::string text = tester_script(request);
      EXPECT_FALSE(trimmed(text).empty());
      EXPECT_TRUE(turn > 1 || !contains(text, "[END]")) << text;
      EXPECT_TRUE(said.insert(text).second) << text;
      request.messages.push_back({From::assistant, text});
      request.messages.push_back({From::user, "I see. And now?"});
    }
  }
}

TEST(TesterScript, LeavesAtTheLastTurnMoreOftenThanNot) {
  int left = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    ChatRequest request = tester_request(seed);
    request.scene["turn"] = 4;
    if (tester_script(request).ends_with("\n[END]")) ++left;
  }
  EXPECT_GT(left, 110);
  EXPECT_LT(left, 170);
}

TEST(TesterScript, TellsNoFactTwiceUnlessAdaHasLostIt) {
  for (uint64_t story = 0; story < 40; ++story) {
    std::multiset<std::string> told;
    for (int session = 1; session <= 3; ++session) {
      ChatRequest request = tester_request(story, session);
      for (int turn = 1; turn <= 4; ++turn) {
        request.scene["turn"] = turn;
        request.seed = story * 100 + static_cast<uint64_t>(session * 10 + turn);
        std::string text = tester_script(request);
        for (const Json& fact : persona()["facts"]) {
          std::string known = inside_sentence(fact.get<std::string>());
          bool again = contains(text, "Once more, then.") ||
                       contains(text, "All right, again.") ||
                       contains(text, "Here it is again.");
          if (contains(lowered(text), lowered(known)) && !again) {
            told.insert(known);
          }
        }
        request.messages.push_back({From::assistant, text});
        request.messages.push_back({From::user, "And what came next?"});
      }
    }
    std::set<std::string> once(told.begin(), told.end());
    EXPECT_EQ(once.size(), told.size());
    EXPECT_GE(once.size(), 2u);
  }
}

TEST(TesterScript, AsksInLaterSessionsWhatAdaStillKnows) {
  int asked = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    std::string text = tester_script(tester_request(seed, 2));
    if (contains(text, "told you") || contains(text, "I said") ||
        contains(text, "did I") || contains(text, "know about")) {
      ++asked;
      EXPECT_FALSE(contains(text, "Bernadette lives")) << text;
    }
  }
  EXPECT_GT(asked, 15);
}

TEST(TesterScript, SpeaksWithoutFactsAndInLowerCase) {
  ChatRequest request = tester_request(3);
  request.scene["persona"] = {{"name", "Tasha"},
                              {"speaking", "types in lower case"}};
  std::string text = tester_script(request);
  EXPECT_EQ(text, lowered(text));
  EXPECT_FALSE(text.empty());
}

TEST(TesterScript, SaysSomethingElseAfterACorrection) {
  ChatRequest request = tester_request(3);
  request.messages.push_back({From::assistant, "rejected"});
  request.messages.push_back({From::user, "Write it again."});
  request.scene["correction"] = "left_at_once";
  std::string text = tester_script(request);
  EXPECT_FALSE(text.empty());
  EXPECT_FALSE(contains(text, "[END]"));
}

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
    request.messages.push_back({From::assistant, "Go on."});
    request.messages.push_back(
        {From::user, "Day " + std::to_string(i) + ". What would you do?"});
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
  request.messages.push_back({From::assistant, words});
  request.messages.push_back({From::user, "But I told you about my cat."});
  request.scene["turn"] = 2;
  EXPECT_TRUE(contains(spoken(request, state), "about your cat"));
}

TEST(AssistantScript, SetsAReminderForTheNamedDay) {
  const std::array<std::array<const char*, 3>, 5> rows = {{
      {"Remind me on Friday at four to ring Joan.", "2025-03-07 16:00",
       "Ring Joan."},
      {"Remind me on Friday about my bad hip.", "2025-03-07", "Their bad hip."},
      {"Could you remind me on Friday at 4 pm to ring Joan?",
       "2025-03-07 16:00", "Ring Joan."},
      {"Remind me tomorrow at nine about it, please.", "2025-03-05 09:00",
       "It."},
      {"Remind me on Tuesday morning about the dog.", "2025-03-11 09:00",
       "The dog."},
  }};
  for (const auto& [said, due, text] : rows) {
    WantedReminder wanted = wanted_reminder(said, "2025-03-04");
    EXPECT_EQ(wanted.due, due);
    EXPECT_EQ(wanted.text, text);
  }
  ToolState state;
  std::string words = spoken(assistant_request(rows[1][0]), {}, &state);
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

  request.messages.push_back({From::assistant, words});
  request.messages.push_back({From::user, "Yes, that's done."});
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
  request.messages.push_back({From::assistant, "<tool_call>oops"});
  request.messages.push_back({From::user, "Answer without a call."});
  request.scene["correction"] = "too_many_rounds";
  ParsedReply reply = parse_reply(assistant_script(request));
  EXPECT_TRUE(reply.calls.empty());
  EXPECT_FALSE(reply.content.empty());
}

TEST(RewriterScript, CleansEachBlockAndKeepsNamesNumbersAndTools) {
  ChatRequest request;
  request.role = Role::rewriter;
  request.messages = {
      {From::system, "Rewrite."},
      {From::user,
       "Person: Hi\n\n<block n=\"1\">Okay, so I should call recall_memories "
       "for Bishop.</block>\nAda: Hello\n\n<block n=\"2\">Hm.</block>\n"
       "Write the blocks <block n=\"1\">...</block> to <block "
       "n=\"2\">...</block> again."}};
  request.scene = {{"blocks", 2}};
  EXPECT_EQ(rewriter_script(request),
            "<block n=\"1\">I want to call recall_memories for Bishop."
            "</block>\n<block n=\"2\">Hm.</block>\n");
}

// A fact of the persona in the words of Agnes, or in Ada's to her.
bool tells_a_fact(const std::string& words) {
  for (const Json& fact : persona()["facts"]) {
    std::string own = inside_sentence(fact.get<std::string>());
    std::string low = lowered(words);
    if (contains(low, lowered(own))) return true;
    if (contains(low, lowered(turned_to_you(own)))) return true;
  }
  return false;
}

// Three sessions of one persona with the real toolbox.
TEST(OfflineModel, PlaysAStorylineInWhichMemoriesComeBack) {
  int recalled = 0;
  for (uint64_t story = 0; story < 20; ++story) {
    ToolState state;
    for (int session = 1; session <= 3; ++session) {
      ChatRequest tester = tester_request(story, session);
      ChatRequest ada = assistant_request("", session);
      ada.messages.pop_back();
      for (int turn = 1; turn <= 4; ++turn) {
        tester.scene["turn"] = ada.scene["turn"] = turn;
        tester.seed = story * 1000 + static_cast<uint64_t>(session * 10 + turn);
        std::string said = replaced(tester_script(tester), "\n[END]", "");
        ada.messages.push_back({From::user, said});
        std::string words = spoken(ada, state, &state);
        ASSERT_FALSE(words.empty()) << said;
        if (tells_a_fact(words) && !tells_a_fact(said)) ++recalled;
        ada.messages.push_back({From::assistant, words});
        tester.messages.push_back({From::assistant, said});
        tester.messages.push_back({From::user, words});
      }
    }
  }
  EXPECT_GT(recalled, 5);
}

}  // namespace
}  // namespace simulate::offline
