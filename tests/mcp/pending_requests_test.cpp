#include "simulator/mcp/pending_requests.h"

#include <gtest/gtest.h>

#include "tests/mcp/mcp_loop.h"

namespace simulate {
namespace {

// Waits for the answer to request `id`.
asio::awaitable<McpAnswer> wait_for(PendingRequests& pending, int64_t id,
                                    Micros deadline) {
  McpAnswer answer = Json();
  auto start = [&pending, &answer, id, deadline](Resumer resumer) {
    pending.add(id, {"ping", deadline, &answer, std::move(resumer)});
  };
  auto answered = suspend(std::move(start));
  co_await std::move(answered);
  co_return answer;
}

asio::awaitable<void> keep(asio::awaitable<McpAnswer> work,
                           std::vector<McpAnswer>& answers) {
  McpAnswer answer = co_await std::move(work);
  answers.push_back(std::move(answer));
}

class PendingRequestsTest : public testing::Test {
 protected:
  PendingRequestsTest() {
    for (int64_t id : {1, 2}) {
      auto wait = wait_for(pending_, id, Seconds(id));
      asio::co_spawn(loop_.loop, keep(std::move(wait), answers_),
                     asio::detached);
    }
    loop_.loop.poll();
  }

  McpLoop loop_;
  PendingRequests pending_;
  std::vector<McpAnswer> answers_;
};

TEST_F(PendingRequestsTest, WakesWhoeverWaitsForThatAnswer) {
  EXPECT_EQ(pending_.only(), std::nullopt);
  pending_.answer(2, Json("two"));
  EXPECT_FALSE(pending_.has(2));
  EXPECT_EQ(pending_.only(), 1);
  loop_.run_until([&] { return answers_.size() == 1; });
  EXPECT_EQ(std::get<Json>(answers_[0]), "two");
  pending_.fail_all({});
  loop_.run_dry();
}

TEST_F(PendingRequestsTest, KnowsWhichAreLate) {
  EXPECT_EQ(pending_.next_deadline(Seconds(5)), Micros(Seconds(1)));
  EXPECT_EQ(pending_.next_deadline(Millis(5)), Micros(Millis(5)));
  EXPECT_TRUE(pending_.late(Millis(999)).empty());
  EXPECT_EQ(pending_.late(Seconds(1)), std::vector<int64_t>{1});
  EXPECT_EQ(pending_.late(Seconds(2)).size(), 2u);
  pending_.fail_all({});
  loop_.run_dry();
}

TEST_F(PendingRequestsTest, TellsAllWhenTheServerIsGone) {
  pending_.fail_all({McpFault::lost, "it was stopped"});
  loop_.run_dry();
  EXPECT_TRUE(pending_.empty());
  ASSERT_EQ(answers_.size(), 2u);
  for (const McpAnswer& answer : answers_) {
    EXPECT_EQ(std::get<McpFailure>(answer).message, "it was stopped");
  }
}

}  // namespace
}  // namespace simulate
