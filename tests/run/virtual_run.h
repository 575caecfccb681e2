// A run over a ledger in memory and servers that answer after a latency, in
// virtual time.
#pragma once

#include "simulator/base/hash.h"
#include "simulator/conversation/conduct.h"
#include "simulator/models/openai_wire.h"
#include "simulator/net/fake_http.h"
#include "simulator/net/fake_timer.h"
#include "simulator/run/displays.h"
#include "simulator/run/simulate.h"
#include "simulator/store/inline_store.h"
#include "tests/canned_models.h"
#include "tests/conversation/plain_plan.h"
#include "tests/run_awaitable.h"
#include "tests/shipped.h"

namespace simulate {

struct Limits {
  const char* name;
  double requests_per_second;
  Millis latency;
};

// A disk that takes its time, so that the world moves while a write is on its
// way.
class SlowStore : public Store {
 public:
  SlowStore(Store& store, Timer& timer) : store_(store), timer_(timer) {}

  void set_delay(Micros delay) { delay_ = delay; }

  asio::awaitable<void> write(Change change) override {
    co_await wait();
    co_await store_.write(std::move(change));
  }

  asio::awaitable<AttemptStart> begin(AttemptBegun begun) override {
    co_await wait();
    AttemptStart start = co_await store_.begin(std::move(begun));
    co_return start;
  }

  int64_t free_bytes() const override { return store_.free_bytes(); }

 private:
  asio::awaitable<void> wait() {
    if (delay_ <= Micros(0)) co_return;
    Micros later = timer_.now() + delay_;
    co_await timer_.wait_until(later);
  }

  Store& store_;
  Timer& timer_;
  Micros delay_{0};
};

class VirtualRun {
 public:
  explicit VirtualRun(int64_t target) : target_(target) { begin_version(); }

  FakeHttp& add_server(const Limits& limits, FakeHttp::Answer answer) {
    Provider provider;
    provider.name = limits.name;
    provider.base_url = std::string("http://") + limits.name;
    provider.model = "m";
    provider.tool_mode = tool_mode;
    provider.stream = stream;
    provider.limits = {
        {Counted::requests, limits.requests_per_second, Seconds(1)}};
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
    settings.conversation.cast = cast;
    settings.failover = failover;
    settings.hang_up = [this] { hung_up_ = true; };
    SimulationParts parts{lanes_,    lanes_,   timer_,      toolbox_,
                          evidence_, nullptr,  slow_store_, reader_,
                          status_,   prompts_, personas_};
    Simulation simulation(settings, parts, schedule());
    asio::io_context loop;
    std::exception_ptr failure;
    std::optional<bool> done;
    asio::co_spawn(loop,
                   keep_result(then_true(simulation.run()), done, failure),
                   asio::detached);
    timer_.run(loop);
    if (failure) std::rethrow_exception(failure);
    advice_ = simulation.advice();
    budget_reached_ = simulation.budget_reached();
    return simulation.report();
  }

  Cast cast;
  bool failover = false;
  bool stream = false;                  // of the servers added from then on
  ToolMode tool_mode = ToolMode::tags;  // of the servers added from then on

  Micros now() const { return timer_.now(); }
  LedgerReader& reader() { return reader_; }
  InlineStore& store() { return store_; }
  void slow_the_disk(Micros delay) { slow_store_.set_delay(delay); }
  SQLite::Database& database() { return ledger_.database(); }
  const std::string& advice() const { return advice_; }
  bool hung_up() const { return hung_up_; }
  void limit_calls(int64_t calls) { lanes_.limit_calls(calls); }
  bool budget_reached() const { return budget_reached_; }

 private:
  void begin_version() {
    Json settings = {{"mode", "real"},
                     {"rewrite", "conversation"},
                     {"tool_syntax", "python"},
                     {"conduct", kConduct}};
    VersionBegun begun;
    begun.version = 1;
    for (const auto& [file, text] : prompts_.files) {
      settings["prompts"][file] = content_hash(text);
      begun.texts.push_back(text);
    }
    begun.settings = to_text(settings);
    Change change(std::move(begun));
    std::vector<Change*> changes = {&change};
    ledger_.apply(changes, /*durable=*/false);
  }

  Schedule schedule() {
    PlanSettings plan;
    plan.sessions = {3, 3};
    plan.turns = {2, 5};
    plan.assistant_variants = static_cast<int>(prompts_.assistant.size());
    return Schedule(target_, plan, PersonaSource(personas_), no_situations(),
                    reader_.plan_so_far());
  }

  int64_t target_;
  FakeTimer timer_;
  std::vector<std::unique_ptr<FakeHttp>> servers_;
  Lanes lanes_{timer_};
  Toolbox toolbox_{shipped_groups()};
  Evidence evidence_{shipped_groups()};
  Ledger ledger_{"", ToolSyntax::python};
  InlineStore store_{ledger_};
  SlowStore slow_store_{store_, timer_};
  LedgerReader reader_{ledger_.database()};
  QuietStatus status_{stderr};
  Prompts prompts_ = load_prompts(source("systemprompts"));
  PersonaList personas_ = load_personas(source("personas"));
  std::string advice_;
  bool hung_up_ = false;
  bool budget_reached_ = false;
};

inline HttpResult completion(const HttpRequest& request) {
  HttpResponse response;
  response.status = 200;
  response.body = chat_completion(canned_reply(*parse_json(request.body)), "m");
  return response;
}

inline HttpResult status(int code, const char* body) {
  HttpResponse response;
  response.status = code;
  response.body = body;
  return response;
}

}  // namespace simulate
