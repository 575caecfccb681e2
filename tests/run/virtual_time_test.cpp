// The whole program but for sockets and disk, in virtual time: a day of
// tight limits is a test of seconds.
#include <gtest/gtest.h>

#include <cmath>

#include "simulator/base/hash.h"
#include "simulator/models/openai_wire.h"
#include "simulator/net/fake_http.h"
#include "simulator/run/displays.h"
#include "simulator/run/simulate.h"
#include "simulator/store/inline_store.h"
#include "tests/canned_models.h"
#include "tests/run_awaitable.h"

namespace simulate {
namespace {

std::filesystem::path source(const char* name) {
  return std::filesystem::path(SIMULATE_SOURCE_DIR) / name;
}

struct Limits {
  const char* name;
  double requests_per_second;
  Millis latency;
};

// A run over a ledger in memory and servers that answer after a latency.
class VirtualRun {
 public:
  explicit VirtualRun(int64_t target) : target_(target) {}

  FakeHttp& add_server(const Limits& limits, FakeHttp::Answer answer) {
    Provider provider;
    provider.name = limits.name;
    provider.base_url = std::string("http://") + limits.name;
    provider.model = "m";
    provider.requests_per_second = limits.requests_per_second;
    servers_.push_back(
        std::make_unique<FakeHttp>(timer_, std::move(answer), limits.latency));
    servers_.back()->remember_at_most(0);
    lanes_.add(provider,
               std::make_unique<OpenAiWire>(provider, *servers_.back()));
    return *servers_.back();
  }

  Report play(int concurrency = 0) {
    SimulationSettings settings;
    settings.concurrency = concurrency;
    settings.direction.cast = cast;
    Company company{lanes_,  lanes_,  timer_,   toolbox_, store_,
                    reader_, status_, prompts_, personas_};
    Simulation simulation(settings, company, schedule());
    asio::io_context loop;
    std::exception_ptr failure;
    std::optional<bool> done;
    asio::co_spawn(loop,
                   keep_result(then_true(simulation.run()), done, failure),
                   asio::detached);
    timer_.run(loop);
    if (failure) std::rethrow_exception(failure);
    advice_ = simulation.advice();
    return simulation.report();
  }

  std::map<Role, std::vector<std::string>> cast;

  LedgerReader& reader() { return reader_; }
  const std::string& advice() const { return advice_; }

 private:
  Schedule schedule() {
    PlanSettings plan;
    plan.assistant_variants = static_cast<int>(prompts_.assistant.size());
    Counters counters = reader_.counters();
    return Schedule(target_, plan, planned(personas_), counters,
                    reader_.wave(counters.wave), reader_.open_slots());
  }

  int64_t target_;
  FakeTimer timer_;
  std::vector<std::unique_ptr<FakeHttp>> servers_;
  Lanes lanes_{timer_};
  Toolbox toolbox_;
  Ledger ledger_{"", ToolSyntax::python};
  InlineStore store_{ledger_};
  LedgerReader reader_{ledger_.database()};
  QuietStatus status_{stderr};
  Prompts prompts_ = load_prompts(source("systemprompts"));
  std::vector<Persona> personas_ = load_personas(source("personas"));
  std::string advice_;
};

HttpResult completion(const HttpRequest& request) {
  HttpResponse response;
  response.status = 200;
  response.body = chat_completion(canned_reply(*parse_json(request.body)), "m");
  return response;
}

HttpResult status(int code, const char* body) {
  HttpResponse response;
  response.status = code;
  response.body = body;
  return response;
}

// The seed tool's limits. What the limits allow: every call that was made, at
// the sum of the rates, from the first second to the last.
TEST(VirtualTime, FillsAWholeRunWithinTwoPercentOfTheLimits) {
  VirtualRun run(5000);
  run.add_server({"mistral", 1.0, Millis(1500)}, completion);
  run.add_server({"together", 1.0, Millis(800)}, completion);
  run.add_server({"huggingface", 0.5, Millis(3000)}, completion);
  Report report = run.play();
  EXPECT_EQ(report.kept, 5000);
  double allowed = static_cast<double>(report.calls()) / 2.5;
  std::printf(
      "5000 conversations, %lld calls, %.2f h; the limits allow "
      "%.2f h: %+.2f %%; tail %.0f s\n",
      static_cast<long long>(report.calls()), report.seconds / 3600,
      allowed / 3600, 100 * (report.seconds / allowed - 1),
      report.tail_seconds);
  EXPECT_LE(report.seconds, allowed * 1.02);
  for (const LaneReport& lane : report.lanes) {
    double most = report.seconds * lane.requests_per_second + 1;
    EXPECT_LE(static_cast<double>(lane.stats.calls), most) << lane.name;
  }
}

TEST(VirtualTime, GoesOnWithTheOthersWhenAProviderIsOut) {
  VirtualRun run(60);
  run.add_server({"mistral", 1.0, Millis(500)}, completion);
  int calls = 0;
  run.add_server({"together", 1.0, Millis(500)},
                 [&calls](const HttpRequest& request) {
                   if (++calls < 40) return completion(request);
                   return status(402, "{\"error\":\"no credit\"}");
                 });
  Report report = run.play();
  EXPECT_EQ(report.kept, 60);
  EXPECT_GT(report.parked, 0);
  EXPECT_FALSE(report.lanes[1].gone_because.empty());
}

TEST(VirtualTime, EndsWhenARoleHasNobodyLeftToPlayIt) {
  for (Role role : {Role::tester, Role::assistant, Role::rewriter}) {
    VirtualRun run(200);
    run.cast[role] = {"mistral"};
    int calls = 0;
    run.add_server({"mistral", 1.0, Millis(500)},
                   [&calls](const HttpRequest& request) {
                     if (++calls < 20) return completion(request);
                     return status(402, "{\"error\":\"no credit\"}");
                   });
    run.add_server({"together", 1.0, Millis(500)}, completion);
    Report report = run.play();
    EXPECT_LT(report.kept, 200);
    EXPECT_NE(run.advice().find(role_name(role)), std::string::npos);
    EXPECT_LE(run.reader().counters().planned_slots, 200);
  }
}

TEST(VirtualTime, EndsWhenNoProviderIsLeft) {
  VirtualRun run(60);
  int calls = 0;
  run.add_server({"mistral", 1.0, Millis(500)},
                 [&calls](const HttpRequest& request) {
                   if (++calls < 100) return completion(request);
                   return status(401, "{\"message\":\"bad key\"}");
                 });
  Report report = run.play();
  EXPECT_LT(report.kept, 60);
  EXPECT_GT(report.kept, 0);
}

TEST(VirtualTime, WaitsOutAnHourOfOutage) {
  VirtualRun run(30);
  int calls = 0;
  run.add_server(
      {"mistral", 1.0, Millis(500)}, [&calls](const HttpRequest& request) {
        ++calls;
        bool outage = calls > 50 && calls < 70;
        return outage ? status(503, "overloaded") : completion(request);
      });
  Report report = run.play();
  EXPECT_EQ(report.kept, 30);
  EXPECT_EQ(report.failed, 0) << "an outage uses up no attempt";
}

TEST(VirtualTime, EndsWithAdviceAfterTwentyFailuresInARow) {
  VirtualRun run(500);
  run.add_server({"mistral", 0, Millis(100)}, [](const HttpRequest&) {
    HttpResult empty = status(200, "");
    std::get<HttpResponse>(empty).body = chat_completion("", "m");
    return empty;
  });
  Report report = run.play(8);
  EXPECT_EQ(report.kept, 0);
  EXPECT_NE(run.advice().find("20 conversations failed in a row"),
            std::string::npos);
}

TEST(VirtualTime, IsTheSameTwice) {
  auto play = [] {
    VirtualRun run(40);
    run.add_server({"mistral", 1.0, Millis(500)}, completion);
    run.add_server({"together", 0.7, Millis(900)}, completion);
    run.play();
    std::string all;
    for (int64_t number = 1; number <= 40; ++number) {
      all += run.reader().render(number);
    }
    return content_hash(all);
  };
  EXPECT_EQ(play(), play());
}

TEST(VirtualTime, KeepsPersonasEvenAtTheEnd) {
  VirtualRun run(100);
  run.add_server({"mistral", 0, Millis(300)}, completion);
  run.play(64);
  std::map<std::string, int> counts;
  for (int64_t number = 1; number <= 100; ++number) {
    ++counts[run.reader().conversation(number).slot.persona];
  }
  for (const auto& [name, count] : counts) {
    EXPECT_TRUE(count == 8 || count == 9) << name << " " << count;
  }
}

}  // namespace
}  // namespace simulate
