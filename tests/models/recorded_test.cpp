#include "simulator/models/recorded.h"

#include <gtest/gtest.h>

#include "simulator/models/fake_chat.h"
#include "tests/run_awaitable.h"

namespace simulate {
namespace {

class MemoryLog : public ReplyLog {
 public:
  asio::awaitable<void> keep(RecordedReply reply) override {
    kept.push_back(std::move(reply));
    co_return;
  }
  std::vector<RecordedReply> kept;
};

ChatRequest question(const std::string& text) {
  ChatRequest request;
  request.messages.push_back({Speaker::tester, text});
  return request;
}

ChatOutcome ask(FakeTimer& timer, Recorded& model, const std::string& text) {
  ChatRequest request = question(text);
  return run_awaitable(timer, model.reply(request));
}

FakeChat::Answer echo() {
  return [](const ChatRequest& request) -> ChatOutcome {
    ChatReply reply;
    reply.content = "re: " + request.messages.back().content;
    return reply;
  };
}

TEST(Recorded, KeepsAReplyBeforeItIsUsed) {
  FakeTimer timer;
  FakeChat chat(timer, echo());
  MemoryLog log;
  Recorded model(chat, log, {7, 2}, {});
  ask(timer, model, "one");
  ask(timer, model, "two");
  ASSERT_EQ(log.kept.size(), 2u);
  EXPECT_EQ(log.kept[1].seq, 1);
  EXPECT_EQ(log.kept[1].key.slot, 7);
  EXPECT_EQ(log.kept[1].reply.content, "re: two");
}

TEST(Recorded, NeverBuysAnAnswerAgain) {
  FakeTimer timer;
  FakeChat chat(timer, echo());
  MemoryLog log;
  Recorded first(chat, log, {7, 1}, {});
  ask(timer, first, "one");
  Recorded second(chat, log, {7, 1}, log.kept);
  ChatOutcome again = ask(timer, second, "one");
  EXPECT_EQ(std::get<ChatReply>(again).content, "re: one");
  ask(timer, second, "two");
  EXPECT_EQ(chat.calls(), 2);
}

TEST(Recorded, SaysSoWhenThePromptsHaveChanged) {
  FakeTimer timer;
  FakeChat chat(timer, echo());
  MemoryLog log;
  Recorded first(chat, log, {7, 1}, {});
  ask(timer, first, "one");
  Recorded second(chat, log, {7, 1}, log.kept);
  ChatOutcome other = ask(timer, second, "another");
  EXPECT_EQ(std::get<ChatFailure>(other).fault, ChatFault::outdated);
}

// Ledgers in users' hands know their requests by it.
TEST(Recorded, KnowsARequestByTheHashItAlwaysHad) {
  ChatRequest request;
  request.seed = 42;
  Message call{Speaker::assistant};
  call.thinking = "t";
  call.calls = {{"call00001", "f", {{"x", 1}}}};
  Message one{Speaker::tool};
  one.result.body = {{"n", 1}};
  Message two{Speaker::tool};
  two.result.body = {{"n", 2}};
  request.messages = {{Speaker::system, "You are Ada."},
                      {Speaker::tester, "hello"},
                      call,
                      one,
                      two,
                      {Speaker::tester, "A hint."}};
  EXPECT_EQ(request_hash(request), "5e88f238f529b41c");
  request.answer_schema = Json{{"type", "object"}};
  EXPECT_NE(request_hash(request), "5e88f238f529b41c");
}

TEST(Recorded, TellsTheTextOfAReplyThatIsKept) {
  FakeTimer timer;
  FakeChat chat(timer, echo());
  MemoryLog log;
  Recorded first(chat, log, {7, 1}, {});
  ask(timer, first, "one");
  Recorded second(chat, log, {7, 1}, log.kept);
  std::string told;
  ChatRequest request = question("one");
  request.on_text = [&told](std::string_view piece) { told += piece; };
  run_awaitable(timer, second.reply(request));
  EXPECT_EQ(told, "re: one");
}

TEST(Recorded, KeepsNoFailures) {
  FakeTimer timer;
  FakeChat chat(
      timer, [](const ChatRequest&) -> ChatOutcome { return ChatFailure(); });
  MemoryLog log;
  Recorded model(chat, log, {7, 1}, {});
  ask(timer, model, "one");
  EXPECT_TRUE(log.kept.empty());
}

}  // namespace
}  // namespace simulate
