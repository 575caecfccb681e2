#include "simulator/store/writer.h"

#include <gtest/gtest.h>

#include <chrono>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/store/inline_store.h"
#include "tests/durability/observed_syncs.h"
#include "tests/run_awaitable.h"
#include "tests/scratch.h"
#include "tests/store/small_ledger.h"

namespace simulate {
namespace {

Conversation conversation_of(int64_t slot) {
  return small_conversation(plain_slot(small_wave(), slot, slot));
}

asio::awaitable<void> save(Store& store, int64_t slot) {
  RecordedReply reply = small_reply({slot, 1}, 0);
  co_await store.keep(std::move(reply));
  Change change(conversation_of(slot));
  co_await store.write(std::move(change));
}

asio::awaitable<AttemptStart> begin(Store& store, AttemptKey key) {
  AttemptBegun begun{key, 1, 1, "mistral"};
  AttemptStart start = co_await store.begin(std::move(begun));
  co_return start;
}

asio::awaitable<void> keep(Store& store, AttemptKey key, int seq) {
  RecordedReply reply = small_reply(key, seq);
  co_await store.keep(std::move(reply));
}

// Throws what the work throws.
template <class T>
T finished(asio::awaitable<T> work) {
  asio::io_context loop;
  std::optional<T> result;
  std::exception_ptr failure;
  asio::co_spawn(loop, keep_result(std::move(work), result, failure),
                 asio::detached);
  loop.run();
  if (failure) std::rethrow_exception(failure);
  return std::move(*result);
}

class WriterTest : public testing::Test {
 protected:
  WriterTest() {
    Planned plan = small_plan();
    plan.personas[0].background = "sails";
    std::string hash = content_hash(to_text(plan.personas[0].to_json()));
    for (Slot& slot : plan.slots) slot.persona_text = hash;
    apply(ledger(), plan);
    LedgerReader reader(ledger().database());
    file_.reconcile(reader);
  }

  Ledger& ledger() { return *ledger_; }
  LedgerReader reader() { return LedgerReader(scratch_ / "r.db"); }

  Scratch scratch_;
  std::unique_ptr<Ledger> ledger_ =
      std::make_unique<Ledger>(scratch_ / "r.db", ToolSyntax::python);
  TrainingFile file_{scratch_ / "r.json"};
};

TEST_F(WriterTest, SavesWhatManyCoroutinesWriteAtOnce) {
  {
    Writer writer(ledger(), file_);
    asio::io_context loop;
    std::exception_ptr failure;
    std::optional<bool> saved[3];
    for (int i = 0; i < 3; ++i) {
      asio::co_spawn(
          loop, keep_result(then_true(save(writer, i + 1)), saved[i], failure),
          asio::detached);
    }
    loop.run();
    EXPECT_FALSE(failure);
  }
  EXPECT_EQ(reader().counters().kept, 3);
  EXPECT_EQ(parse_json(read_file(scratch_ / "r.json"))->size(), 3u);
}

TEST_F(WriterTest, SyncsAConversationBeforeItIsDone) {
  Writer writer(ledger(), file_);
  ObservedSyncs log(scratch_ / "r.db-wal");
  finished(then_true(save(writer, 1)));
  EXPECT_GT(log.times(), 0);
}

TEST_F(WriterTest, SyncsRepliesOfWhichNoConversationHasComeYet) {
  Writer writer(ledger(), file_);
  ObservedSyncs log(scratch_ / "r.db-wal");
  finished(then_true(keep(writer, {1, 1}, 0)));
  EXPECT_TRUE(log.come());
}

// Of the log's syncs, those that SQLite makes when it moves it into the ledger
// do not count.
TEST_F(WriterTest, SyncsRepliesThatComeWithoutAPause) {
  ledger().database().exec("PRAGMA wal_autocheckpoint = 0");
  Writer writer(ledger(), file_);
  ObservedSyncs log(scratch_ / "r.db-wal");
  auto end = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  for (int seq = 0; log.times() == 0; ++seq) {
    finished(then_true(keep(writer, {1, 1}, seq)));
    if (std::chrono::steady_clock::now() > end) break;
  }
  EXPECT_GT(log.times(), 0);
}

TEST_F(WriterTest, SyncsTheLastRepliesWhenItEnds) {
  ObservedSyncs log(scratch_ / "r.db-wal");
  {
    Writer writer(ledger(), file_);
    finished(then_true(keep(writer, {1, 1}, 0)));
  }
  EXPECT_GT(log.times(), 0);
}

// A start looks back no further than at the last 512 records.
TEST_F(WriterTest, SyncsTheTrainingFileWhileTheRunIsGoing) {
  constexpr int kSaved = 512;
  Writer writer(ledger(), file_);
  ObservedSyncs file(scratch_ / "r.json");
  asio::io_context loop;
  std::exception_ptr failure;
  std::vector<std::optional<bool>> saved(kSaved);
  for (int i = 0; i < kSaved; ++i) {
    asio::co_spawn(
        loop, keep_result(then_true(save(writer, i + 1)), saved[i], failure),
        asio::detached);
  }
  loop.run();
  EXPECT_FALSE(failure);
  EXPECT_GT(file.times(), 0);
}

TEST_F(WriterTest, RefusesAGoodWriteOnceAnotherHasFailed) {
  {
    Writer writer(ledger(), file_);
    finished(then_true(save(writer, 1)));
    EXPECT_THROW(finished(then_true(save(writer, 1))), Fatal) << "a twin";
    EXPECT_THROW(finished(then_true(save(writer, 2))), Fatal);
    EXPECT_THROW(finished(begin(writer, {3, 1})), Fatal);
  }
  EXPECT_EQ(reader().counters().kept, 1);
  EXPECT_TRUE(reader().replies({2, 1}).empty());
  EXPECT_EQ(reader().unfinished_attempts("running"), 0);
}

// A connection that closes tidily moves the log into the ledger.
TEST_F(WriterTest, LeavesTheLogAloneOnceAWriteHasFailed) {
  {
    Writer writer(ledger(), file_);
    finished(then_true(save(writer, 1)));
    EXPECT_THROW(finished(then_true(save(writer, 1))), Fatal) << "a twin";
  }
  ledger_.reset();
  EXPECT_TRUE(std::filesystem::exists(scratch_ / "r.db-wal"));
  EXPECT_EQ(reader().counters().kept, 1);
}

TEST_F(WriterTest, TidiesTheLogAwayWhenAllWentWell) {
  {
    Writer writer(ledger(), file_);
    finished(then_true(save(writer, 1)));
  }
  ledger_.reset();
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "r.db-wal"));
}

// A session is saved, the next one is cut off and begins again.
void expect_to_begin(Store& store) {
  finished(then_true(save(store, 1)));
  AttemptStart first = finished(begin(store, {2, 1}));
  EXPECT_EQ(first.persona.background, "sails");
  EXPECT_EQ(first.state.text, "state after 1");
  EXPECT_TRUE(first.replies.empty());
  EXPECT_TRUE(first.rounds.empty());
  for (int seq : {0, 1}) {
    RecordedReply reply = small_reply({2, 1}, seq);
    finished(then_true(store.keep(std::move(reply))));
  }
  RecordedRound round;
  round.key = {2, 1};
  round.question = "asked";
  finished(then_true(store.keep(std::move(round))));
  AttemptStart again = finished(begin(store, {2, 1}));
  ASSERT_EQ(again.replies.size(), 2u);
  EXPECT_EQ(again.replies[1].request, "hash 1");
  ASSERT_EQ(again.rounds.size(), 1u);
  EXPECT_EQ(again.rounds[0].question, "asked");
}

TEST_F(WriterTest, BeginsAnAttemptWithAllThatItStartsFrom) {
  {
    Writer writer(ledger(), file_);
    expect_to_begin(writer);
  }
  EXPECT_EQ(reader().unfinished_attempts("running"), 1);
  EXPECT_EQ(reader().provider_of(1), "mistral");
}

TEST_F(WriterTest, BeginsAsTheStoreThatWorksAtOnceDoes) {
  InlineStore store(ledger());
  expect_to_begin(store);
  EXPECT_EQ(reader().unfinished_attempts("running"), 1);
  EXPECT_EQ(reader().provider_of(1), "mistral");
}

}  // namespace
}  // namespace simulate
