// A Store that does its work at once, on the caller's thread: for tests, for
// virtual time, and for ledgers in memory. It ships because a fake of the
// ledger would be a second ledger.
// Tested by tests/store/writer_test.cpp.
#pragma once

#include <limits>

#include "simulator/export/training_file.h"
#include "simulator/store/ledger.h"

namespace simulate {

class InlineStore : public Store {
 public:
  // `file` may be null: the run then has no training file.
  explicit InlineStore(Ledger& ledger, TrainingFile* file = nullptr)
      : ledger_(ledger), file_(file) {}

  asio::awaitable<void> write(Change change) override {
    std::vector<Change*> changes = {&change};
    auto records = ledger_.apply(changes, /*durable=*/false);
    if (file_) file_->append(records);
    co_return;
  }

  asio::awaitable<AttemptStart> begin(AttemptBegun begun) override {
    AttemptKey key = begun.key;
    Change change(std::move(begun));
    co_await write(std::move(change));
    co_return ledger_.start_of(key);
  }

  int64_t free_bytes() const override { return free_bytes_; }
  void set_free_bytes(int64_t bytes) { free_bytes_ = bytes; }

 private:
  Ledger& ledger_;
  TrainingFile* file_;
  int64_t free_bytes_ = std::numeric_limits<int64_t>::max();
};

}  // namespace simulate
