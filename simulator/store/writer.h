// The real store: one thread that owns all writing to the ledger and to the
// training file. It takes whatever is queued, as one transaction, and never
// waits for more. The queue is bounded by the conversations in flight, since
// each waits for its own change.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include "simulator/base/file.h"
#include "simulator/base/watched_file.h"
#include "simulator/export/training_file.h"
#include "simulator/net/suspend.h"
#include "simulator/store/ledger.h"

namespace simulate {

class Writer : public Store {
 public:
  // `ledger` and `file` belong to the thread until the destructor returns.
  // After a failure the ledger's connection is not used again. Without a file
  // no conversation is written.
  Writer(Ledger& ledger, TrainingFile& file) : Writer(ledger, &file) {}
  explicit Writer(Ledger& ledger, TrainingFile* file = nullptr);
  ~Writer() override;

  asio::awaitable<void> write(Change change) override;
  asio::awaitable<AttemptStart> begin(AttemptBegun begun) override;
  int64_t free_bytes() const override { return free_bytes_; }

 private:
  struct Job {
    Change* change;
    AttemptStart* start;  // to be filled, of an attempt that begins; or null
    std::exception_ptr* failure;
    Resumer done;
  };

  asio::awaitable<void> hand_over(Change& change, AttemptStart* start);
  void work();
  bool wait_for_jobs(std::vector<Job>& jobs);
  void perform(std::vector<Job>& jobs);
  void apply(std::vector<Job>& jobs);
  void look_at_files();
  void blame_changed_files();
  std::string rescue();
  void read_starts(std::vector<Job>& jobs);
  void note_sync(bool durable);
  void sync_replies();
  void measure_free_bytes();

  Ledger& ledger_;
  TrainingFile* file_;  // null: there is none
  WatchedFile lock_file_;
  WatchedFile ledger_file_;
  WatchedFile log_file_;
  Descriptor wal_;
  std::exception_ptr failure_;  // once set, nothing is written any more
  bool unsynced_ = false;
  std::chrono::steady_clock::time_point unsynced_since_;
  int unsynced_records_ = 0;
  std::chrono::steady_clock::time_point disk_checked_;
  std::atomic<int64_t> free_bytes_;

  std::mutex mutex_;  // guards the three below: the only one in the program
  std::condition_variable changed_;
  std::vector<Job> queue_;
  bool closing_ = false;

  std::thread thread_;  // last, so that it starts when all else is ready
};

}  // namespace simulate
