#include "simulator/offline/scripts.h"

#include <gtest/gtest.h>

#include <set>

#include "simulator/base/text.h"
#include "simulator/offline/words.h"
#include "tests/offline/scripted_requests.h"

namespace simulate::offline {
namespace {

TEST(TesterScript, AnswersTheQuestionThatAdaAsked) {
  ChatRequest request = tester_request(5);
  request.scene["persona.facts"] = listed({});
  add_exchanges(request, 1);
  request.messages.push_back({Speaker::assistant, "It's about my cat Bishop."});
  request.messages.push_back(
      {Speaker::tester, "Who spoils whom in that household?"});
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
      std::string text = tester_script(request);
      EXPECT_FALSE(trimmed(text).empty());
      EXPECT_TRUE(turn > 1 || !contains(text, "[END]")) << text;
      EXPECT_TRUE(said.insert(text).second) << text;
      request.messages.push_back({Speaker::assistant, text});
      request.messages.push_back({Speaker::tester, "I see. And now?"});
    }
  }
}

TEST(TesterScript, LeavesAtTheLastTurnMoreOftenThanNot) {
  int left = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    ChatRequest request = tester_request(seed);
    request.scene["situation"] = "chat. You chat.";
    add_exchanges(request, 3);
    if (tester_script(request).ends_with("\n[END]")) ++left;
  }
  EXPECT_GT(left, 110);
  EXPECT_LT(left, 170);
}

TEST(TesterScript, TellsNoFactTwiceUnlessAdaHasLostIt) {
  for (uint64_t story = 0; story < 40; ++story) {
    std::multiset<std::string> told;
    std::string past;
    for (int session = 1; session <= 3; ++session) {
      ChatRequest request = tester_request(story, session);
      if (session > 1) request.scene["past"] = "yesterday:\n" + past;
      for (int turn = 1; turn <= 4; ++turn) {
        request.seed = story * 100 + static_cast<uint64_t>(session * 10 + turn);
        std::string text = tester_script(request);
        for (const Json& fact : agnes()["facts"]) {
          std::string known = inside_sentence(fact.get<std::string>());
          bool again = contains(text, "Once more, then.") ||
                       contains(text, "All right, again.") ||
                       contains(text, "Here it is again.");
          if (contains(lowered(text), lowered(known)) && !again) {
            told.insert(known);
          }
        }
        past += "You: " + text + "\nAda: And what came next?\n";
        request.messages.push_back({Speaker::assistant, text});
        request.messages.push_back({Speaker::tester, "And what came next?"});
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
    ChatRequest request = tester_request(seed, 2);
    request.scene["past"] =
        "2 days ago:\nYou: My daughter Bernadette lives in Boston.\nAda: Far.";
    request.scene["situation"] =
        "recall found. Ada took it down: \"Their daughter Bernadette lives in "
        "Boston.\". Ask about it.";
    std::string text = tester_script(request);
    if (contains(text, "told you") || contains(text, "I said") ||
        contains(text, "did I") || contains(text, "know about")) {
      ++asked;
      EXPECT_FALSE(contains(text, "Bernadette lives")) << text;
    }
  }
  EXPECT_GT(asked, 15);
}

TEST(TesterScript, TellsWhatHasHappenedSince) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    ChatRequest request = tester_request(seed, 2);
    request.scene["news"] = listed({"Bishop has run away."});
    std::string said;
    for (int turn = 1; turn <= 3; ++turn) {
      std::string text = tester_script(request);
      said += text;
      request.messages.push_back({Speaker::assistant, text});
      request.messages.push_back({Speaker::tester, "I see."});
    }
    EXPECT_TRUE(contains(said, "ishop has run away")) << said;
  }
}

TEST(TesterScript, SpeaksWithoutFactsAndInLowerCase) {
  ChatRequest request = tester_request(3);
  request.scene = {{"persona.name", "Tasha"},
                   {"persona.speaking", "types in lower case"}};
  std::string text = tester_script(request);
  EXPECT_EQ(text, lowered(text));
  EXPECT_FALSE(text.empty());
}

TEST(TesterScript, SaysSomethingElseAfterACorrection) {
  ChatRequest request = tester_request(3);
  request.messages.push_back({Speaker::assistant, "rejected"});
  request.messages.push_back({Speaker::tester, "Write it again."});
  request.scene["correction"] = "left_at_once";
  std::string text = tester_script(request);
  EXPECT_FALSE(text.empty());
  EXPECT_FALSE(contains(text, "[END]"));
}

}  // namespace
}  // namespace simulate::offline
