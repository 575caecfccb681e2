// Days at servers that do what servers do wrong (simulator/offline/faults.h),
// in virtual time: whatever happens, limits and budgets are kept, nothing that
// was answered is asked again, and the target is reached.
//
// SIMULATE_DAYS=1000 plays so many of them, and tells of each kind.
#include <gtest/gtest.h>

#include "simulator/offline/faults.h"
#include "tests/net/strict_server.h"
#include "tests/repetitions.h"
#include "tests/run/virtual_run.h"

namespace simulate {
namespace {

// One of a day's servers: strict about its limit, and unreliable.
class DaysServer {
 public:
  DaysServer(VirtualRun& run, const Limits& limits, double rate, uint64_t seed,
             std::optional<Fault> only = std::nullopt)
      : strict_({Counted::requests, limits.requests_per_second, Seconds(1)}),
        rate_(rate),
        random_(seed),
        only_(only) {
    run.add_server(limits, [this, &run](const HttpRequest& request) {
      return answer(run.now(), request);
    });
  }

  const StrictServer& strict() const { return strict_; }
  int64_t asked() const { return asked_; }
  int64_t faults() const { return faults_; }
  int64_t asked_again() const { return asked_again_; }  // though answered well
  const std::set<std::string>& answered() const { return answered_; }

 private:
  HttpResult answer(Micros now, const HttpRequest& request) {
    ++asked_;
    if (!strict_.takes(now)) return status(429, "");
    HttpResult good = completion(request);
    if (answered_.contains(request.body)) ++asked_again_;
    if (!random_.chance(rate_)) return well(request, std::move(good));
    ++faults_;
    Fault fault = only_ ? *only_ : drawn_fault(random_).fault;
    HttpResult result = with_fault(fault, std::get<HttpResponse>(good),
                                   Millis(random_.between(100, 5000)), random_);
    bool is_read = fault == Fault::no_usage || fault == Fault::bad_utf8 ||
                   fault == Fault::duplicate_keys ||
                   fault == Fault::cut_short || fault == Fault::withheld ||
                   fault == Fault::empty_reply;
    return is_read ? well(request, std::move(result)) : result;
  }

  HttpResult well(const HttpRequest& request, HttpResult result) {
    answered_.insert(request.body);
    return result;
  }

  StrictServer strict_;
  double rate_;
  Random random_;
  std::optional<Fault> only_;
  int64_t asked_ = 0;
  int64_t faults_ = 0;
  int64_t asked_again_ = 0;
  std::set<std::string> answered_;
};

int days() {
  const char* asked = std::getenv("SIMULATE_DAYS");
  return asked ? std::atoi(asked) : repetitions(12, 4);
}

int64_t replies_kept(VirtualRun& run) {
  return run.database().execAndGet("SELECT count(*) FROM replies").getInt64();
}

// What one day came to.
struct Day {
  Report report;
  int64_t asked = 0;
  int64_t faults = 0;
  double allowed_seconds = 0;  // for as many calls
};

Day play_day(uint64_t seed) {
  Random random(seed);
  VirtualRun run(12);
  const char* names[] = {"mistral", "together", "huggingface"};
  std::vector<std::unique_ptr<DaysServer>> servers;
  double rates = 0;
  for (const char* name : names) {
    Limits limits{name, static_cast<double>(random.between(1, 5)),
                  Millis(random.between(50, 4000))};
    rates += limits.requests_per_second;
    servers.push_back(std::make_unique<DaysServer>(
        run, limits, random.fraction() * 0.4, random.next()));
  }
  int64_t budget = random.between(20, 60);
  run.limit_calls(budget);
  Report first = run.play();
  int64_t asked = 0;
  for (const auto& server : servers) asked += server->asked();
  EXPECT_LE(asked, budget) << "seed " << seed;
  run.limit_calls(1'000'000);
  Day day{run.play()};
  EXPECT_EQ(day.report.kept, 12) << "seed " << seed << ": " << run.advice();
  int64_t answered = 0;
  for (const auto& server : servers) {
    EXPECT_EQ(server->strict().refused(), 0) << "seed " << seed;
    EXPECT_EQ(server->asked_again(), 0) << "seed " << seed;
    answered += static_cast<int64_t>(server->answered().size());
    day.asked += server->asked();
    day.faults += server->faults();
  }
  EXPECT_EQ(replies_kept(run), answered) << "seed " << seed;
  day.allowed_seconds = static_cast<double>(day.asked - asked) / rates;
  return day;
}

TEST(VirtualDay, KeepsEveryPromiseWhateverServersDo) {
  int64_t asked = 0, faults = 0;
  std::vector<double> times;
  for (int seed = 1; seed <= days(); ++seed) {
    Day day = play_day(static_cast<uint64_t>(seed));
    asked += day.asked;
    faults += day.faults;
    times.push_back(day.report.seconds / std::max(1.0, day.allowed_seconds));
  }
  std::sort(times.begin(), times.end());
  std::printf(
      "%zu days, %lld calls, %lld of them failed; time against what the "
      "limits allow: median %.2f, worst %.2f\n",
      times.size(), static_cast<long long>(asked),
      static_cast<long long>(faults), times[times.size() / 2], times.back());
}

// What each kind of fault comes to where a fifth of the calls have it.
TEST(VirtualDay, OutlivesEachKindOfFault) {
  std::printf("%-20s %6s %6s %8s %7s %5s %7s %7s\n", "fault", "calls", "faults",
              "retried", "billed?", "kept", "failed", "s");
  for (const FaultRow& row : all_faults()) {
    VirtualRun run(12);
    DaysServer server(run, {"box", 4.0, Millis(500)}, 0.2, 5, row.fault);
    Report report = run.play();
    const LaneStats& stats = report.lanes[0].stats;
    std::printf("%-20s %6lld %6lld %8lld %7lld %5lld %7lld %7.0f %s\n",
                row.name, static_cast<long long>(server.asked()),
                static_cast<long long>(server.faults()),
                static_cast<long long>(stats.retries),
                static_cast<long long>(stats.maybe_billed),
                static_cast<long long>(report.kept),
                static_cast<long long>(report.failed), report.seconds,
                run.advice().c_str());
    EXPECT_EQ(server.strict().refused(), 0) << row.name;
    EXPECT_EQ(server.asked_again(), 0) << row.name;
    EXPECT_EQ(report.kept, 12) << row.name << ": " << run.advice();
  }
}

}  // namespace
}  // namespace simulate
