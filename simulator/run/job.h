// A job: many items, one coroutine each, beside the conversations. What is
// asked for an item is recorded before it is used, so that a job that was
// killed goes on where it was and nothing is asked twice; an item that is done
// is not done again. Judging and writing personas are jobs; to add one, write a
// JobSource and its items. Tested by tests/run/job_test.cpp.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "simulator/models/asked_twice.h"
#include "simulator/models/lanes.h"
#include "simulator/models/retried.h"
#include "simulator/run/batch.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/store.h"

namespace simulate {

// What became of an item that was not given up.
struct ItemOutcome {
  Json result;
  // Kept before the item is done; the same each time that its replies are read.
  std::vector<Change> changes = {};
};

// It came to nothing, and would again.
class ItemFailure : public Error {
 public:
  using Error::Error;
};

class JobItem {
 public:
  virtual ~JobItem() = default;

  // Within the job; says what is asked, so that whatever is changed gets
  // another name.
  virtual std::string name() const = 0;

  // `model` outlives the wait. Throws ItemFailure; NoReply, which leaves the
  // item open, may pass.
  virtual asio::awaitable<ItemOutcome> perform(ChatModel& model) = 0;
};

// visit(item) for each that is done of a job, in the order in which they were
// begun; none where there is no such job.
void for_each_item_done(LedgerReader& reader, const std::string& kind,
                        const Json& settings,
                        const std::function<void(const ItemRow&)>& visit);

class JobSource {
 public:
  virtual ~JobSource() = default;

  // One after another, in the same order at each start; null at the end.
  virtual std::unique_ptr<JobItem> next() = 0;

  // Of an item that is done, now or by an earlier process. What it gives is
  // kept, too.
  virtual std::vector<Change> done(const ItemRow& item) {
    (void)item;
    return {};
  }
};

// Everybody whom a job needs; they outlive it.
struct JobParts {
  ChatModel& model;  // answers one try: the lanes, or a decorator of theirs
  Lanes& lanes;
  Timer& timer;
  Store& store;
  LedgerReader& reader;
  Cast cast = {};  // who may play which role
};

struct JobProgress {
  int64_t done = 0;    // by this process
  int64_t before = 0;  // done by earlier ones
  int64_t failed = 0;  // each start tries them again
  int64_t left_open = 0;
  int in_flight = 0;
  Usage usage;
  std::string trouble;  // why the last item failed or was left open
};

class Job : private Work<std::shared_ptr<JobItem>> {
 public:
  // The same kind with the same settings is the same job. `concurrency` 0: what
  // limits and latency can use.
  Job(JobParts parts, std::string kind, Json settings, JobSource& source,
      int concurrency = 0);

  // Until the source is at its end or nothing more can be done. Throws Fatal.
  asio::awaitable<void> run();

  // No new item; those under way are finished.
  void stop() { stopping_ = true; }
  bool stopping() const { return stopping_; }
  // Every item is done or has failed.
  bool finished() const { return at_end_ && progress_.left_open == 0; }

  JobProgress progress() const;

 private:
  using Item = std::shared_ptr<JobItem>;

  int capacity() override;
  asio::awaitable<std::optional<Item>> take() override;
  asio::awaitable<void> perform(Item item) override;

  asio::awaitable<void> begin();
  Item next_item();
  asio::awaitable<void> tally_lanes();
  asio::awaitable<void> tell_done(const ItemRow& row);
  asio::awaitable<void> play(JobItem& item);
  asio::awaitable<ItemRow> outcome_of(JobItem& item, ItemRow row);
  void note(const NoReply& failure, ItemRow& row);
  asio::awaitable<void> end(const ItemRow& row);
  ItemRow row_of(const JobItem& item);

  JobParts with_;
  std::string kind_;
  std::string settings_;
  JobSource& source_;
  int concurrency_;
  Retried model_;
  Batch<Item> batch_;
  int64_t job_ = 0;
  int64_t highest_item_ = 0;
  std::set<std::string> under_way_;  // names; of two that are the same, one
  int unanswered_in_a_row_ = 0;
  bool stopping_ = false;
  bool at_end_ = false;
  bool short_of_calls_ = false;  // the budget is spent, and an item is left
  std::exception_ptr source_failure_;  // ends the job, once all has ended
  JobProgress progress_;
};

}  // namespace simulate
