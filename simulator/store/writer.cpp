#include "simulator/store/writer.h"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "simulator/base/error.h"
#include "simulator/store/run_lock.h"

namespace simulate {

namespace {

// A power cut loses at most this much of replies that were paid for.
constexpr Millis kLongestUnsynced{100};

// The training file is a view, repaired at start; syncing it now and then
// bounds how far back that repair has to look.
constexpr int kRecordsPerSync = 256;

constexpr Millis kBetweenDiskChecks{250};

bool must_be_durable(const Change& change) {
  return std::holds_alternative<Conversation>(change);
}

}  // namespace

Writer::Writer(Ledger& ledger, TrainingFile* file)
    : ledger_(ledger),
      file_(file),
      lock_file_(RunLock::path_of(ledger.database().getFilename())),
      ledger_file_(ledger.database().getFilename()),
      log_file_(ledger.database().getFilename() + "-wal") {
  measure_free_bytes();
  thread_ = std::thread([this] { work(); });
}

Writer::~Writer() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

asio::awaitable<void> Writer::write(Change change) {
  co_await hand_over(change, nullptr);
}

asio::awaitable<AttemptStart> Writer::begin(AttemptBegun begun) {
  Change change(std::move(begun));
  AttemptStart start;
  co_await hand_over(change, &start);
  co_return start;
}

// What is handed over lives in the caller's frame until the thread is done.
asio::awaitable<void> Writer::hand_over(Change& change, AttemptStart* start) {
  std::exception_ptr failure;
  auto enqueue = [this, &change, start, &failure](Resumer done) {
    {
      std::lock_guard lock(mutex_);
      queue_.push_back({&change, start, &failure, std::move(done)});
    }
    changed_.notify_one();
  };
  co_await suspend(std::move(enqueue));
  if (failure) std::rethrow_exception(failure);
}

void Writer::work() {
  std::vector<Job> jobs;
  while (wait_for_jobs(jobs)) {
    if (jobs.empty()) {
      sync_replies();
    } else {
      perform(jobs);
    }
    jobs.clear();
  }
  sync_replies();
  if (!file_) return;
  try {
    file_->sync();
  } catch (const Fatal&) {
    // The next start looks at the file and repairs it.
  }
}

// Comes back with jobs, or without any when replies have waited long enough
// for their sync. False when there is nothing more to come.
bool Writer::wait_for_jobs(std::vector<Job>& jobs) {
  std::unique_lock lock(mutex_);
  auto something = [this] { return closing_ || !queue_.empty(); };
  if (!unsynced_) {
    changed_.wait(lock, something);
  } else if (!changed_.wait_until(lock, unsynced_since_ + kLongestUnsynced,
                                  something)) {
    return true;
  }
  jobs.swap(queue_);
  return !jobs.empty() || !closing_;
}

void Writer::perform(std::vector<Job>& jobs) {
  if (!failure_) {
    try {
      apply(jobs);
      read_starts(jobs);
    } catch (const std::exception&) {
      failure_ = std::current_exception();
      blame_changed_files();
      ledger_.give_up();
    }
    measure_free_bytes();
  }
  for (Job& job : jobs) {
    *job.failure = failure_;
    job.done();
  }
}

void Writer::apply(std::vector<Job>& jobs) {
  std::vector<Change*> changes;
  bool durable = false;
  for (const Job& job : jobs) {
    changes.push_back(job.change);
    durable = durable || must_be_durable(*job.change);
  }
  std::vector<std::string> records = ledger_.apply(changes, durable);
  note_sync(durable);
  look_at_files();
  if (!file_) return;
  file_->append(records);
  unsynced_records_ += static_cast<int>(records.size());
  if (unsynced_records_ < kRecordsPerSync) return;
  file_->sync();
  unsynced_records_ = 0;
}

// Before anything of it is announced: what is written to a file that has no
// name any more is lost when the process ends.
void Writer::look_at_files() {
  constexpr const char* kMeanwhile = " while the run was going";
  for (const WatchedFile* file : {&ledger_file_, &log_file_}) {
    std::string trouble = file->trouble();
    if (trouble.empty()) continue;
    throw Fatal(file->path().string() + " " + trouble + kMeanwhile + ". " +
                rescue());
  }
  std::string trouble = lock_file_.trouble();
  if (trouble.empty()) return;
  throw Fatal(lock_file_.path().string() + " " + trouble + kMeanwhile +
              ": another process may have begun the same run, so this one "
              "stops. All that was saved is safe; make sure that no other one "
              "works on it, and run the same command again");
}

// Whatever went wrong with the ledger, it is not to blame when somebody has cut
// it.
void Writer::blame_changed_files() {
  try {
    look_at_files();
  } catch (const Fatal&) {
    failure_ = std::current_exception();
  }
}

// The connection still has all of the ledger, and writes it under a new name.
std::string Writer::rescue() {
  std::filesystem::path to = ledger_file_.path();
  to.replace_extension(".rescued" + to.extension().string());
  try {
    SQLite::Database copy(to.string(),
                          SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup(copy, ledger_.database()).executeStep();
  } catch (const SQLite::Exception& failure) {
    return "It could not be written to " + to.string() + " either (" +
           failure.what() +
           "): what the file system still has of it, or a copy of yours, is "
           "all there is";
  }
  return "All that was saved stands in " + to.string() + ": rename it to " +
         ledger_file_.path().string() +
         " and run the same command again, which writes the training file "
         "anew";
}

// Through the connection that has just written: no other one has to see it.
void Writer::read_starts(std::vector<Job>& jobs) {
  for (Job& job : jobs) {
    if (!job.start) continue;
    *job.start = ledger_.start_of(std::get<AttemptBegun>(*job.change).key);
  }
}

// Replies may come without a pause, so their age is looked at here as well.
void Writer::note_sync(bool durable) {
  auto now = std::chrono::steady_clock::now();
  if (!durable && !unsynced_) unsynced_since_ = now;
  unsynced_ = !durable;
  if (unsynced_ && now - unsynced_since_ >= kLongestUnsynced) sync_replies();
}

// Syncing the log makes every commit in it durable, as a FULL commit would.
void Writer::sync_replies() {
  if (!unsynced_ || failure_) return;
  unsynced_ = false;
  if (!wal_) {
    std::string path = ledger_.database().getFilename() + "-wal";
    wal_ = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  }
  if (wal_ && ::fdatasync(wal_.number()) == 0) return;
  // The connection is not used again, since what a failed sync left behind is
  // not known; whoever waits, and whoever comes, is told.
  ledger_.give_up();
  failure_ = std::make_exception_ptr(
      Fatal("the ledger " + ledger_.database().getFilename() +
            " cannot be synced: " + disk_trouble(errno) +
            ". What was saved is safe; run the same command again afterwards"));
}

void Writer::measure_free_bytes() {
  auto now = std::chrono::steady_clock::now();
  if (now - disk_checked_ < kBetweenDiskChecks) return;
  disk_checked_ = now;
  namespace fs = std::filesystem;
  free_bytes_ = simulate::free_bytes(ledger_.database().getFilename());
  if (!file_) return;
  free_bytes_ =
      std::min(free_bytes_.load(), simulate::free_bytes(file_->path()));
}

}  // namespace simulate
