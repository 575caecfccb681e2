// The disk fails under the built program, at every call one after the other,
// fills up, is read-only, or lets it write no more; memory runs out; the clock
// jumps. Each time the program must end by itself and say why, what it
// announced must be in the ledger, and the same command must then finish the
// run. SIMULATE_ALL_FAILURES=1 tries every call, not one in so many.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <thread>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/store/guarded.h"
#include "simulator/store/ledger_reader.h"
#include "tests/durability/disk_log.h"
#include "tests/durability/recorded_run.h"
#include "tests/program/program.h"
#include "tests/program/records.h"
#include "tests/repetitions.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;
using Variables = std::vector<std::pair<std::string, std::string>>;

// A run takes a tenth of a second; sanitizers and busy machines take more.
constexpr std::chrono::seconds kHangs{kSanitized ? 60 : 20};

// A tmpfs of this test's own, while it lasts.
class SmallDisk {
 public:
  SmallDisk(const fs::path& folder, const std::string& size) : folder_(folder) {
    mounted_ = ::mount("tmpfs", folder.c_str(), "tmpfs", 0,
                       ("size=" + size).c_str()) == 0;
    if (!mounted_) why_not_ = std::strerror(errno);
  }
  SmallDisk(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }

  bool mounted() const { return mounted_; }
  const std::string& why_not() const { return why_not_; }
  void remount(unsigned long flags, const std::string& size) {
    ASSERT_EQ(::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT | flags,
                      ("size=" + size).c_str()),
              0)
        << std::strerror(errno);
  }

 private:
  fs::path folder_;
  bool mounted_ = false;
  std::string why_not_;
};

// A run of a few conversations, in a folder of its own, through failures.
class SmallRun {
 public:
  explicit SmallRun(int target = 6) : target_(target) {
    fs::create_directory(disk());
  }

  fs::path disk() const { return scratch_ / "disk"; }
  const Ended& ended() const { return ended_; }
  bool says(const char* text) const {
    return ended_.err.find(text) != std::string::npos;
  }
  size_t announced_so_far() const {
    fs::path out = scratch_ / "out";
    return fs::exists(out) ? announced_in(read_file(out)).size() : 0;
  }
  bool is_complete() const { return saved().size() == size_t(target_); }

  DiskCounts counts() const {
    DiskCounts counts = {};
    std::string bytes = read_file(scratch_ / "counts");
    if (bytes.size() == sizeof counts) {
      std::memcpy(&counts, bytes.data(), sizeof counts);
    }
    return counts;
  }

  void start(Variables failures) {
    Variables variables = unreliable_disk(disk());
    variables.emplace_back("DISK_COUNT", (scratch_ / "counts").string());
    variables.insert(variables.end(), failures.begin(), failures.end());
    fs::remove(scratch_ / "counts");
    program_.set_environment(variables);
    program_.start(command());
  }

  // False when the program had to be killed.
  bool wait() {
    bool hung = !ends_in_time();
    if (hung) program_.kill(SIGKILL);
    ended_ = program_.wait();
    for (const std::string& id : announced_in(ended_.out)) {
      EXPECT_TRUE(announced_.insert(id).second) << id << " was saved twice";
    }
    EXPECT_FALSE(hung) << "the program hung\n" << ended_.err;
    return !hung;
  }

  void run(const Variables& failures) {
    start(failures);
    wait();
  }

  // Of the last start: it ended well, or it said what to do.
  void expect_clear_end() const {
    EXPECT_LT(ended_.status, 128) << "it died by a signal\n" << ended_.err;
    if (ended_.status == 0) {
      EXPECT_TRUE(is_complete()) << "it says it is done and is not";
      return;
    }
    EXPECT_TRUE(says("run.") || says("ledger") || says("disk"))
        << "it does not name what failed: " << ended_.err;
    EXPECT_TRUE(says("run the same command") || says("choose an") ||
                says("make room") || says("mend"))
        << "it does not say what to do: " << ended_.err;
  }

  void expect_announced_kept() const {
    std::set<std::string> ids = saved();
    std::error_code none;
    fs::path path = disk() / "run.json";
    std::string file = fs::exists(path, none) ? read_file(path) : "";
    for (const std::string& id : announced_) {
      EXPECT_TRUE(ids.count(id)) << id << " was announced and is lost";
      EXPECT_NE(file.find("{\"id\":\"" + id + "\""), std::string::npos)
          << id << " was announced and is not in the file";
    }
  }

  // The same command, on a disk that works again.
  void expect_finish() {
    program_.set_environment({});
    program_.start(command());
    if (!wait()) return;
    ASSERT_EQ(ended_.status, 0) << "the next start failed\n" << ended_.err;
    expect_announced_kept();
    Json records = records_in(disk() / "run.json");
    EXPECT_EQ(records.size(), size_t(target_));
    EXPECT_EQ(ids_of(records).size(), size_t(target_)) << "one is twice";
    EXPECT_EQ(ids_of(records), saved());
    for (const Json& record : records) check_record(record);
  }

 private:
  std::vector<std::string> command() const {
    return {"--providers",   "offline", "--target",   std::to_string(target_),
            "--turns",       "2",       "--sessions", "2",
            "--concurrency", "4",       "--output",   "disk/run.json",
            "--json"};
  }

  bool ends_in_time() const {
    auto end = std::chrono::steady_clock::now() + kHangs;
    while (std::chrono::steady_clock::now() < end) {
      siginfo_t info = {};
      auto id = static_cast<id_t>(program_.pid());
      ::waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT);
      if (info.si_pid != 0) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

  // The ids in the ledger; of a copy, since looking mends.
  std::set<std::string> saved() const {
    std::set<std::string> ids;
    Scratch copy(memory_folder());
    for (const char* name : {"run.db", "run.db-wal"}) {
      if (!fs::exists(disk() / name)) continue;
      fs::copy_file(disk() / name, copy / name);
    }
    if (!fs::exists(copy / "run.db")) return ids;
    SQLite::Database ledger((copy / "run.db").string(), SQLite::OPEN_READWRITE);
    guard(ledger);
    EXPECT_EQ(ledger.execAndGet("PRAGMA integrity_check").getString(), "ok");
    if (!ledger.tableExists("conversations")) return ids;
    LedgerReader reader(ledger);
    for (int64_t number = 1; number <= reader.counters().kept; ++number) {
      ids.insert(parse_json(reader.render(number)).value().at("id"));
    }
    return ids;
  }

  int target_;
  Scratch scratch_{memory_folder()};
  Program program_{scratch_};
  Ended ended_;
  std::set<std::string> announced_;
};

int stride_of(int usual, int sanitized) {
  return std::getenv("SIMULATE_ALL_FAILURES") ? 1 : one_in(usual, sanitized);
}

// One failure, and the next start. False when the failure did not come about:
// the run was over before.
bool survive(const std::string& rule) {
  SCOPED_TRACE(rule);
  SmallRun run;
  run.run({{"DISK_FAIL", rule}});
  bool failed = run.counts().failed > 0;
  run.expect_clear_end();
  run.expect_announced_kept();
  EXPECT_TRUE(failed || run.ended().status == 0) << run.ended().err;
  run.expect_finish();
  return failed;
}

// The first call of a kind fails, then the second, until one is asked for
// that the run does not come to.
void fail_each(const std::string& kind, const std::vector<std::string>& ways,
               int stride) {
  for (const std::string& way : ways) {
    int number = 1, tried = 0;
    do {
      ++tried;
    } while (survive(kind + ":" + std::to_string(number) + way) &&
             (number += stride));
    std::printf("%s%s: %d tried, one in %d, until clean at %d\n", kind.c_str(),
                way.c_str(), tried, stride, number);
  }
}

TEST(DiskFailure, OfAnyWriteEndsTheRunAndLosesNothing) {
  fail_each("write", {":ENOSPC", ":EIO", "+:ENOSPC", "+:EIO"},
            stride_of(23, 61));
}

TEST(DiskFailure, OfHalfAWriteEndsTheRunAndLosesNothing) {
  fail_each("write", {":ENOSPC:short", "+:ENOSPC:short"}, stride_of(23, 61));
}

TEST(DiskFailure, OfAnySyncEndsTheRunAndLosesNothing) {
  fail_each("sync", {":EIO", "+:EIO", "+:ENOSPC"}, stride_of(2, 5));
}

TEST(DiskFailure, OfAnyOpenEndsTheRunAndLosesNothing) {
  fail_each("open", {":EIO", "+:EIO", "+:ENOSPC", "+:EROFS"}, stride_of(1, 3));
}

// Dying of it is allowed, as long as nothing is lost.
TEST(DiskFailure, OfMemoryLosesNothing) {
  if (kSanitized) GTEST_SKIP() << "the sanitizer's malloc cannot be replaced";
  SmallRun clean;
  clean.run({});
  uint64_t tries = std::getenv("SIMULATE_ALL_FAILURES") ? 10'000 : 60;
  uint64_t stride = clean.counts().allocations / tries + 1;
  ASSERT_GT(stride, 1u) << "nothing was counted";
  int tried = 0, died = 0;
  for (const char* way : {"", "+"}) {
    for (uint64_t number = 1;; number += stride, ++tried) {
      std::string which = std::to_string(number) + way;
      SCOPED_TRACE("ALLOC_FAIL=" + which);
      SmallRun run;
      run.run({{"ALLOC_FAIL", which}});
      int status = run.ended().status;
      died += status == 128 + SIGABRT;
      // libcrypto does not survive this while it sets itself up.
      bool begun = fs::exists(run.disk() / "run.db");
      EXPECT_TRUE(status < 128 || status == 128 + SIGABRT ||
                  (status == 128 + SIGSEGV && !begun))
          << status << run.ended().err;
      EXPECT_TRUE(run.ended().status != 0 || run.is_complete());
      run.expect_announced_kept();
      run.expect_finish();
      if (run.counts().allocations < number) break;
    }
  }
  std::printf("%d allocations failed, %d runs died of it\n", tried, died);
}

TEST(DiskFailure, OfFilesThatMayNotGrowLosesNothing) {
  for (int most : {0, 4096, 20'000, 100'000, 300'000, 500'000}) {
    SCOPED_TRACE("RLIMIT_FSIZE " + std::to_string(most));
    SmallRun run(20);
    run.run({{"LIMIT_FSIZE", std::to_string(most)}});
    // With no byte allowed there is no place for a message either.
    if (most > 0) run.expect_clear_end();
    run.expect_announced_kept();
    run.expect_finish();
  }
}

TEST(DiskFailure, OfTooFewDescriptorsIsSaidOrDoesNotMatter) {
  // The check looks at memory through a pipe, and there is none to be had.
  if (kSanitized) GTEST_SKIP() << "UBSan cries wolf without descriptors";
  for (int most : {4, 6, 8, 10, 12, 16, 24}) {
    SCOPED_TRACE("RLIMIT_NOFILE " + std::to_string(most));
    SmallRun run;
    run.run({{"LIMIT_NOFILE", std::to_string(most)}});
    EXPECT_LT(run.ended().status, 127) << run.ended().err;
    if (run.ended().status == 0) {
      EXPECT_TRUE(run.is_complete());
    } else {
      EXPECT_TRUE(run.says("ulimit -n") || run.says("descriptor") ||
                  run.says("unable to open"))
          << run.ended().err;
    }
    run.expect_announced_kept();
    run.expect_finish();
  }
}

TEST(DiskFailure, OfADiskThatFillsUpLosesNothing) {
  for (bool looks_roomy : {false, true}) {
    SCOPED_TRACE(looks_roomy ? "looks roomy" : "says how full it is");
    SmallRun run(60);
    SmallDisk disk(run.disk(), "2m");
    if (!disk.mounted()) GTEST_SKIP() << "no tmpfs: " << disk.why_not();
    Variables roomy = {{"DISK_ROOMY", "1"}};
    run.run(looks_roomy ? roomy : Variables());
    EXPECT_NE(run.ended().status, 0) << "2 MB were enough";
    run.expect_clear_end();
    run.expect_announced_kept();
    disk.remount(0, "64m");
    run.expect_finish();
  }
}

TEST(DiskFailure, OfADiskWithoutRoomIsSaidAndTheRunCanBeRead) {
  Scratch scratch;
  fs::path folder = scratch / "disk";
  fs::create_directory(folder);
  SmallDisk disk(folder, "64m");
  if (!disk.mounted()) GTEST_SKIP() << "no tmpfs: " << disk.why_not();
  Program program(scratch);
  std::vector<std::string> start = {"--output", "disk/run.json", "--providers",
                                    "offline",  "--quiet",       "--target"};
  start.push_back("3");
  EXPECT_EQ(program.run(start).status, 0);
  {
    std::ofstream all(folder / "all");
    std::string part(4096, 'x');
    while (all.write(part.data(), 4096) && all.flush()) continue;
  }
  start.back() = "4";
  Ended refused = program.run(start);
  EXPECT_EQ(refused.status, 1);
  EXPECT_TRUE(contains(refused.err, "the disk is full")) << refused.err;
  Ended status = program.run({"status", "--output", "disk/run.json"});
  EXPECT_TRUE(contains(status.out, "3 of 3")) << status.err;
  EXPECT_EQ(program.run({"replay", "disk/run.db"}).status, 0);
  fs::remove(folder / "all");
  EXPECT_EQ(program.run(start).status, 0);
}

TEST(DiskFailure, OfAReadOnlyDiskIsSaid) {
  SmallRun run;
  SmallDisk disk(run.disk(), "64m");
  if (!disk.mounted()) GTEST_SKIP() << "no tmpfs: " << disk.why_not();
  for (const char* kill : {"1", "200"}) {
    disk.remount(MS_RDONLY, "64m");
    run.run({});
    EXPECT_NE(run.ended().status, 0);
    run.expect_clear_end();
    disk.remount(0, "64m");
    run.run({{"DISK_LOG", "/dev/null"}, {"DISK_KILL", kill}});
    EXPECT_EQ(run.ended().status, 128 + SIGKILL);
  }
  run.expect_finish();
}

// Clocks are set, and step, while a run rests and while it goes on.
class ClockJump : public testing::Test {
 protected:
  void SetUp() override {
    if (kSanitized) GTEST_SKIP() << "libfaketime and sanitizers do not mix";
    if (!fs::exists(kLibrary)) GTEST_SKIP() << "there is no " << kLibrary;
    expect_faking();
  }

  Variables faked(const Variables& how) const {
    Variables variables = {
        {"LD_PRELOAD", std::string(kLibrary) + ":" + SIMULATE_UNRELIABLE_DISK}};
    variables.insert(variables.end(), how.begin(), how.end());
    return variables;
  }

  // A library that fakes nothing would prove nothing.
  void expect_faking() const {
    std::string ask =
        std::string("LD_PRELOAD=") + kLibrary + " FAKETIME=-400d date +%s";
    std::FILE* pipe = ::popen(ask.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    long long seconds = 0;
    EXPECT_EQ(std::fscanf(pipe, "%lld", &seconds), 1);
    ::pclose(pipe);
    EXPECT_LT(seconds, std::time(nullptr) - 399 * 86'400);
  }

  // Half a run, a jump, the other half.
  void jump_between_starts(const Variables& how) {
    SmallRun run(12);
    run.run({{"DISK_LOG", "/dev/null"}, {"DISK_KILL", "400"}});
    EXPECT_EQ(run.ended().status, 128 + SIGKILL);
    run.run(faked(how));
    EXPECT_EQ(run.ended().status, 0) << run.ended().err;
    run.expect_finish();
  }

  static constexpr const char* kLibrary =
      "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
};

TEST_F(ClockJump, BetweenTwoStartsChangesNothing) {
  for (const char* jump : {"-400d", "+400d"}) {
    SCOPED_TRACE(jump);
    jump_between_starts({{"FAKETIME", jump}, {"DONT_FAKE_MONOTONIC", "1"}});
    jump_between_starts({{"FAKETIME", jump}});
  }
}

TEST_F(ClockJump, InTheMiddleOfARunChangesNothing) {
  constexpr int kLong = 200;  // half a second
  for (const char* jump : {"-400d", "+400d"}) {
    SCOPED_TRACE(jump);
    Scratch scratch(memory_folder());
    std::string clock = scratch / "clock";
    write_file(clock, "+0");
    SmallRun run(kLong);
    run.start(faked({{"FAKETIME_TIMESTAMP_FILE", clock},
                     {"FAKETIME_NO_CACHE", "1"},
                     {"DONT_FAKE_MONOTONIC", "1"}}));
    auto patience = std::chrono::steady_clock::now() + kHangs;
    while (run.announced_so_far() == 0 &&
           std::chrono::steady_clock::now() < patience) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    write_file(clock, jump);
    EXPECT_LT(run.announced_so_far(), size_t{kLong})
        << "the jump came too late";
    run.wait();
    EXPECT_EQ(run.ended().status, 0) << run.ended().err;
    run.expect_finish();
  }
}

}  // namespace
}  // namespace simulate
