#include "simulator/models/logged.h"

#include <gtest/gtest.h>

#include "simulator/models/fake_chat.h"
#include "tests/run_awaitable.h"

namespace simulate {
namespace {

TEST(Logged, SaysOfEveryCallWhoAnsweredHowSoonAndWith) {
  FakeTimer timer;
  bool fails = false;
  auto answer = [&fails](const ChatRequest&) -> ChatOutcome {
    if (fails) {
      ChatFailure failure;
      failure.message = "box answered 500: busy";
      return failure;
    }
    ChatReply reply;
    reply.player = {"box", "m:1"};
    reply.usage = {120, 7};
    return reply;
  };
  FakeChat chat(timer, answer, Millis(250));
  std::vector<std::string> lines;
  Logged model(chat, timer,
               [&lines](const std::string& line) { lines.push_back(line); });
  ChatRequest request;
  request.priority = 9;
  request.role = Role::tester;
  run_awaitable(timer, model.reply(request));
  fails = true;
  run_awaitable(timer, model.reply(request));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0],
            "slot 9 tester, 250 ms: box:m:1 stop, 120 tokens in, 7 out");
  EXPECT_EQ(lines[1], "slot 9 tester, 250 ms: box answered 500: busy");
}

}  // namespace
}  // namespace simulate
