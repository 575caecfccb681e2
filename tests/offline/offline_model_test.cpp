#include "simulator/offline/offline_model.h"

#include <gtest/gtest.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>

#include "simulator/base/text.h"
#include "simulator/offline/scripts.h"
#include "simulator/offline/words.h"
#include "tests/offline/scripted_requests.h"

namespace simulate::offline {
namespace {

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
  EXPECT_EQ(player_text(reply.player), "offline:script-1");
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

// A fact of the persona in the words of Agnes, or in Ada's to her.
bool tells_a_fact(const std::string& words) {
  for (const Json& fact : agnes()["facts"]) {
    std::string own = inside_sentence(fact.get<std::string>());
    std::string low = lowered(words);
    if (contains(low, lowered(own))) return true;
    if (contains(low, lowered(turned_to_you(own)))) return true;
  }
  return false;
}

std::string asks_about(const ToolState& state) {
  for (const TableState& table : tables_of(state)) {
    if (table.name != "memories" || table.rows.empty()) continue;
    return "recall found. You told Ada: " + to_text(table.rows[0][1]) +
           ". Ask about it.";
  }
  return "store fact. Tell one.";
}

// Three sessions of one persona with the real toolbox.
TEST(OfflineModel, PlaysAStorylineInWhichMemoriesComeBack) {
  int recalled = 0;
  for (uint64_t story = 0; story < 20; ++story) {
    ToolState state;
    std::string past;
    for (int session = 1; session <= 3; ++session) {
      ChatRequest tester = tester_request(story, session);
      ChatRequest ada = assistant_request("", session);
      ada.messages.pop_back();
      if (!past.empty()) tester.scene["past"] = past;
      if (session > 1) tester.scene["situation"] = asks_about(state);
      for (int turn = 1; turn <= 4; ++turn) {
        ada.scene["turn"] = turn;
        tester.seed = story * 1000 + static_cast<uint64_t>(session * 10 + turn);
        std::string said = replaced(tester_script(tester), "\n[END]", "");
        ada.messages.push_back({Speaker::tester, said});
        std::string words = spoken(ada, state, &state);
        ASSERT_FALSE(words.empty()) << said;
        if (tells_a_fact(words) && !tells_a_fact(said)) ++recalled;
        ada.messages.push_back({Speaker::assistant, words});
        tester.messages.push_back({Speaker::assistant, said});
        tester.messages.push_back({Speaker::tester, words});
        past += "You: " + said + "\nAda: " + words + "\n";
      }
    }
  }
  EXPECT_GT(recalled, 5);
}

}  // namespace
}  // namespace simulate::offline
