#include "simulator/run/job.h"

#include <gtest/gtest.h>

#include <set>

#include "simulator/base/text.h"
#include "simulator/models/asked_twice.h"
#include "simulator/models/fake_chat.h"
#include "simulator/net/fake_timer.h"
#include "simulator/run/lane_places.h"
#include "simulator/store/inline_store.h"
#include "tests/run_awaitable.h"

namespace simulate {
namespace {

// Asks one question, and wants an answer that begins with "yes".
class AskedItem : public JobItem {
 public:
  explicit AskedItem(std::string name) : name_(std::move(name)) {}

  std::string name() const override { return name_; }

  asio::awaitable<ItemOutcome> perform(ChatModel& model) override {
    ChatRequest request;
    request.role = Role::judge;
    request.messages.push_back({Speaker::tester, "Is it " + name_ + "?"});
    std::function<std::optional<std::string>(const ChatReply&, std::string&)>
        read = [](const ChatReply& reply,
                  std::string& wrong) -> std::optional<std::string> {
      wrong = "Say yes.";
      if (!reply.content.starts_with("yes")) return std::nullopt;
      return reply.content;
    };
    auto asking =
        ask_twice<std::string>(model, std::move(request), std::move(read));
    std::optional<std::string> answer = co_await std::move(asking);
    if (!answer) throw ItemFailure("it says no");
    ItemOutcome outcome;
    outcome.result = *answer;
    co_return outcome;
  }

 private:
  std::string name_;
};

class Names : public JobSource {
 public:
  explicit Names(int count) : count_(count) {}

  std::unique_ptr<JobItem> next() override {
    if (next_ == count_) return nullptr;
    return std::make_unique<AskedItem>("item " + std::to_string(++next_));
  }
  std::vector<Change> done(const ItemRow& item) override {
    results.insert(item.name);
    return {};
  }

  std::set<std::string> results;

 private:
  int count_;
  int next_ = 0;
};

// A ledger that several starts of a job share, and a server that counts.
class Jobs : public ::testing::Test {
 protected:
  // One process: until all is done, or the server has answered `most`.
  JobProgress start(int items, int most = 1'000'000) {
    FakeTimer timer;
    Provider provider;
    provider.name = "fake";
    Lanes lanes(timer);
    lanes.add(provider, std::make_unique<FakeChat>(
                            timer,
                            [&](const ChatRequest& request) {
                              return answer(request, most--);
                            },
                            Millis(10)));
    if (budget_ > 0) lanes.limit_calls(budget_);
    InlineStore store(ledger_);
    LedgerReader reader(ledger_.database());
    Names source(items);
    Job job({lanes, lanes, timer, store, reader}, "names", Json{{"form", 1}},
            source, 8);
    run_awaitable(timer, run(job));
    finished_ = job.finished();
    results_ = source.results;
    return job.progress();
  }

  ChatOutcome answer(const ChatRequest& request, int left) {
    if (refuses_) {
      ChatFailure failure;
      failure.fault = ChatFault::refused;
      failure.message = "no such parameter";
      return failure;
    }
    if (left <= 0) {
      ChatFailure failure;
      failure.fault = ChatFault::unusable;
      failure.message = "no credit";
      return failure;
    }
    std::string asked;
    for (const Message& message : request.messages) asked += message.content;
    ++asked_[asked];
    ChatReply reply;
    reply.content = answer_;
    if (contains(asked, "Say yes.")) reply.content = second_;
    reply.player = {"fake", "one"};
    return reply;
  }

  static asio::awaitable<int> run(Job& job) {
    co_await job.run();
    co_return 0;
  }

  int asked_more_than_once() const {
    int count = 0;
    for (const auto& [question, times] : asked_) count += times > 1;
    return count;
  }

  Ledger ledger_{"", ToolSyntax::python};
  std::map<std::string, int> asked_;
  std::string answer_ = "yes, it is";
  std::string second_ = "yes";
  std::set<std::string> results_;
  int64_t budget_ = 0;  // 0: as many calls as it takes
  bool finished_ = false;
  bool refuses_ = false;
};

TEST_F(Jobs, DoEveryItemOnce) {
  JobProgress progress = start(50);
  EXPECT_TRUE(finished_);
  EXPECT_EQ(progress.done, 50);
  EXPECT_EQ(asked_.size(), 50u);
  EXPECT_EQ(results_.size(), 50u);
}

TEST_F(Jobs, AskNothingTwiceWhenTheyAreStartedAgain) {
  start(50, 20);
  EXPECT_FALSE(finished_);
  EXPECT_EQ(asked_.size(), 20u);
  JobProgress second = start(50);
  EXPECT_TRUE(finished_);
  EXPECT_EQ(second.before + second.done, 50);
  EXPECT_EQ(results_.size(), 50u);
  EXPECT_EQ(asked_more_than_once(), 0);
}

TEST_F(Jobs, AreDoneWhenTheirBudgetWasJustEnough) {
  budget_ = 9;
  EXPECT_EQ(start(10).done, 9);
  EXPECT_FALSE(finished_);
  budget_ = 1;
  EXPECT_EQ(start(10).done, 1);
  EXPECT_TRUE(finished_);
  EXPECT_EQ(results_.size(), 10u);
}

TEST_F(Jobs, GoOnBetweenTheQuestionsOfAnItem) {
  answer_ = "perhaps";
  start(10, 13);  // ten first answers, three second ones
  EXPECT_EQ(asked_.size(), 13u);
  start(10);
  EXPECT_TRUE(finished_);
  EXPECT_EQ(asked_.size(), 20u);
  EXPECT_EQ(asked_more_than_once(), 0);
}

TEST_F(Jobs, DoNotAskAgainWhatHasFailed) {
  answer_ = second_ = "no";
  EXPECT_EQ(start(5).failed, 5);
  EXPECT_EQ(start(5).failed, 5);
  EXPECT_EQ(asked_.size(), 10u);
  EXPECT_EQ(asked_more_than_once(), 0);
}

// Whoever refuses everything is not asked about everything.
TEST_F(Jobs, StopWhenAllIsRefusedAndTryItAgainTheNextTime) {
  refuses_ = true;
  JobProgress progress = start(200);
  EXPECT_FALSE(finished_);
  EXPECT_LT(progress.failed, 40);
  refuses_ = false;
  progress = start(200);
  EXPECT_TRUE(finished_);
  EXPECT_EQ(progress.failed, 0);
  EXPECT_EQ(results_.size(), 200u);
}

TEST_F(Jobs, GoOnFartherWhenThereIsMore) {
  start(5);
  JobProgress more = start(12);
  EXPECT_EQ(more.before, 5);
  EXPECT_EQ(more.done, 7);
}

TEST(LanePlaces, AreAsManyAsLimitsAndLatencyCanUse) {
  FakeTimer timer;
  Lanes lanes(timer);
  EXPECT_EQ(places_on(lanes), 1);
  Provider provider;
  provider.name = "fake";
  provider.in_flight = 7;
  lanes.add(provider, std::make_unique<FakeChat>(timer, [](const ChatRequest&) {
              return ChatReply();
            }));
  EXPECT_EQ(places_on(lanes), 7);
}

}  // namespace
}  // namespace simulate
