#include "simulator/run/simulate.h"

#include <algorithm>
#include <set>

#include "simulator/base/error.h"
#include "simulator/conversation/recorded_servers.h"
#include "simulator/models/recorded.h"

namespace simulate {

namespace {

constexpr int kAttempts = 3;  // per slot
constexpr Micros kBetweenReports = Millis(100);
constexpr Micros kBetweenTallies = Seconds(10);

}  // namespace

Simulation::Simulation(SimulationSettings settings, SimulationParts parts,
                       Schedule schedule)
    : settings_(settings),
      with_(parts),
      schedule_(std::move(schedule)),
      admission_({with_.lanes, with_.timer, with_.store, with_.reader,
                  with_.servers != nullptr,
                  settings_.conversation.judging != Judging::off},
                 settings_.conversation.cast, settings_.concurrency,
                 settings_.failover),
      model_(with_.model, with_.timer, settings_.patience, settings_.seed,
             [this] { return with_.lanes.stopped(); }),
      batch_(*this) {}

asio::awaitable<void> Simulation::run() {
  started_at_ = full_until_ = with_.timer.now();
  auto executor = co_await asio::this_coro::executor;
  asio::co_spawn(executor, show_progress(), asio::detached);
  std::exception_ptr failure;
  try {
    co_await batch_.run();
  } catch (...) {
    failure = std::current_exception();
  }
  ended_ = true;
  if (failure) std::rethrow_exception(failure);
  co_await tally_lanes();
}

// A store that fails here fails the conversations under way as well, and they
// end the run.
asio::awaitable<void> Simulation::show_progress() {
  next_tally_ = with_.timer.now() + kBetweenTallies;
  while (!ended_) {
    admission_.look_at_silent_lanes();
    if (batch_.in_flight() < admission_.capacity()) batch_.look_again();
    with_.status.progress(report());
    if (with_.timer.now() >= next_tally_ || bills_are_untold()) {
      next_tally_ = with_.timer.now() + kBetweenTallies;
      co_await tally_lanes();
    }
    Micros next = with_.timer.now() + kBetweenReports;
    co_await with_.timer.wait_until(next);
  }
}

// Calls that may have been billed for nothing are not left to the next tally.
bool Simulation::bills_are_untold() {
  const auto& lanes = with_.lanes.all();
  return std::any_of(lanes.begin(), lanes.end(), [this](const auto& lane) {
    return lane->stats().maybe_billed !=
           tallied_[lane->provider().name].maybe_billed;
  });
}

asio::awaitable<void> Simulation::tally_lanes() {
  Tally tally;
  for (const auto& lane : with_.lanes.all()) {
    tally.lanes[lane->provider().name] = since_last_tally(*lane);
  }
  Change change(std::move(tally));
  co_await with_.store.write(std::move(change));
}

LaneStats Simulation::since_last_tally(const Lane& lane) {
  const LaneStats& now = lane.stats();
  LaneStats& before = tallied_[lane.provider().name];
  LaneStats since = now;
  since.calls -= before.calls;
  since.rate_limited -= before.rate_limited;
  since.retries -= before.retries;
  since.maybe_billed -= before.maybe_billed;
  since.backoff =
      std::chrono::duration_cast<Seconds>(lane.backoff(with_.timer.now()));
  before = now;
  return since;
}

asio::awaitable<std::optional<OpenSlot>> Simulation::take() {
  auto preferred = [this](const Slot& slot) {
    return admission_.prefers(slot);
  };
  while (admission_.may_begin(batch_.in_flight())) {
    int at_once = admission_.capacity();
    if (schedule_.wants_slots(at_once, preferred)) {
      co_await plan_more(at_once);
      continue;
    }
    std::optional<OpenSlot> slot = schedule_.take(at_once, preferred);
    if (!slot) break;
    switch (admission_.judge(*slot)) {
      case Admission::Verdict::begin:
        full_until_ = with_.timer.now();
        co_return slot;
      case Admission::Verdict::wait:
        schedule_.reopen(*slot);
        co_return std::nullopt;
      case Admission::Verdict::park:
        ++parked_;
        schedule_.park(*slot);
    }
  }
  admission_.nothing_was_ready();
  co_return std::nullopt;
}

asio::awaitable<void> Simulation::plan_more(int at_once) {
  Schedule::Block block = schedule_.draw_block(at_once);
  Planned planned;
  planned.opened = block.opened;
  if (block.opened) planned.personas = personas_of(*block.opened);
  planned.slots = block.slots;
  Change change(std::move(planned));
  co_await with_.store.write(std::move(change));
  schedule_.add(block.slots);
}

std::vector<Persona> Simulation::personas_of(const Wave& wave) const {
  std::vector<Persona> personas;
  for (const PlannedPersona& planned : wave.personas) {
    auto found = with_.personas.find(planned.name);
    if (found) personas.push_back(with_.personas[*found]);
  }
  return personas;
}

asio::awaitable<void> Simulation::perform(OpenSlot slot) {
  try {
    co_await play(std::move(slot));
  } catch (...) {
    // Nobody goes on buying what cannot be kept.
    with_.lanes.stop();
    if (settings_.hang_up) settings_.hang_up();
    throw;
  }
}

asio::awaitable<void> Simulation::play(OpenSlot slot) {
  std::string provider = admission_.provider_of(slot.slot.storyline);
  std::optional<AttemptFailure> failure;
  std::optional<Conversation> conversation;
  try {
    conversation = co_await attempt(slot, provider);
  } catch (const AttemptFailure& what) {
    failure = what;
  } catch (const Fatal&) {
    throw;
  } catch (const std::exception& what) {
    // A reply that trips us must not trip every later start of the run.
    failure =
        AttemptFailure(AttemptFailure::Kind::failed, "internal", what.what());
  }
  admission_.ended(slot.slot.storyline);
  if (conversation) {
    admission_.was_kept(slot);
    co_await save(std::move(*conversation), provider);
  } else {
    co_await end_attempt(std::move(slot), *failure, provider);
  }
}

asio::awaitable<Conversation> Simulation::attempt(const OpenSlot& slot,
                                                  const std::string& provider) {
  AttemptKey key{slot.slot.number, slot.attempt};
  AttemptBegun begun{key, settings_.version, slot.slot.storyline, provider};
  AttemptStart start = co_await with_.store.begin(std::move(begun));
  Recorded model(model_, with_.store, key, std::move(start.replies));
  RecordedServers servers(with_.servers, &with_.store, key,
                          std::move(start.rounds));
  Assignment plan = assignment(slot, provider, std::move(start));
  Conversation result =
      co_await converse(std::move(plan), model, with_.toolbox, &servers);
  co_return result;
}

Assignment Simulation::assignment(const OpenSlot& slot,
                                  const std::string& provider,
                                  AttemptStart start) {
  Assignment plan;
  plan.slot = slot.slot;
  plan.attempt = slot.attempt;
  plan.persona = std::move(start.persona);
  plan.prompts = &with_.prompts;
  plan.rubric = with_.rubric;
  plan.settings = settings_.conversation;
  plan.settings.cast = admission_.cast_for(slot.slot);
  plan.provider = provider;
  plan.state = std::move(start.state);
  plan.past = std::move(start.past);
  plan.moment = std::move(start.moment);
  plan.moment.evidence = &with_.evidence;
  return plan;
}

asio::awaitable<void> Simulation::save(Conversation conversation,
                                       std::string provider) {
  Slot slot = conversation.slot;
  Outcome outcome = conversation.outcome();
  conversation.run_seed = settings_.seed;
  cost_.add(conversation);
  Change change(std::move(conversation));
  co_await with_.store.write(std::move(change));
  ++saved_;
  ++conversations_[player_named(provider).provider];
  schedule_.mark_kept(slot, outcome);
  with_.status.saved(conversation_id(slot.number));
}

asio::awaitable<void> Simulation::end_attempt(OpenSlot slot,
                                              AttemptFailure failure,
                                              std::string provider) {
  count_failure(slot, failure);
  AttemptEnded ended;
  ended.key = {slot.slot.number, slot.attempt};
  ended.reason = failure.reason();
  ended.detail = failure.what();
  ended.findings = std::move(failure.findings);
  switch (failure.kind()) {
    case AttemptFailure::Kind::failed:
      co_await give_up_or_retry(slot, std::move(ended));
      co_return;
    case AttemptFailure::Kind::outdated:
      ended.status = "outdated";
      ++slot.attempt;
      break;
    case AttemptFailure::Kind::parked:
    case AttemptFailure::Kind::provider_disabled:
      ended.status = "parked";
      break;
  }
  Change change(std::move(ended));
  co_await with_.store.write(std::move(change));
  if (admission_.may_go_on(provider)) {
    schedule_.reopen(slot);
  } else {
    ++parked_;
    schedule_.park(slot);
  }
}

asio::awaitable<void> Simulation::give_up_or_retry(OpenSlot& slot,
                                                   AttemptEnded ended) {
  ended.status = "failed";
  ++slot.attempt;
  ++slot.failures;
  ended.abandons = slot.failures >= kAttempts;
  if (ended.abandons) {
    ++abandoned_;
    Wave wave = with_.reader.wave(slot.slot.wave).value_or(Wave());
    ended.replacement = schedule_.abandon(slot.slot, wave);
  } else {
    schedule_.reopen(slot);
  }
  Change change(std::move(ended));
  co_await with_.store.write(std::move(change));
}

void Simulation::count_failure(const OpenSlot& slot,
                               const AttemptFailure& failure) {
  if (failure.kind() == AttemptFailure::Kind::outdated) return;
  // The lane has said so, once for all whom it leaves parked.
  if (failure.kind() == AttemptFailure::Kind::provider_disabled) return;
  bool budget = with_.lanes.budget_spent() || with_.lanes.stopped();
  if (failure.kind() == AttemptFailure::Kind::parked && budget) return;
  with_.status.attempt_failed(conversation_id(slot.slot.number),
                              failure.reason(), failure.what());
  // An outage is waited out, however long.
  if (failure.kind() != AttemptFailure::Kind::failed) return;
  ++failed_;
  admission_.has_failed(failure.what());
}

Report Simulation::report() const {
  Report report;
  report.target = schedule_.target();
  report.kept = schedule_.kept();
  report.saved = saved_;
  report.failed = failed_;
  report.abandoned = abandoned_;
  report.parked = parked_;
  report.cost = cost_;
  report.complaints = schedule_.shares().complaints("situation");
  report.in_flight = batch_.in_flight();
  Micros now = with_.timer.now();
  report.seconds = static_cast<double>((now - started_at_).count()) / 1e6;
  report.tail_seconds = static_cast<double>((now - full_until_).count()) / 1e6;
  for (const auto& lane : with_.lanes.all()) {
    LaneReport row;
    row.name = lane->provider().name;
    row.stats = lane->stats();
    auto kept = conversations_.find(row.name);
    row.conversations = kept == conversations_.end() ? 0 : kept->second;
    row.in_flight = lane->limiter().in_flight();
    row.requests_per_second = lane->limiter().requests_per_second();
    row.disabled_because = lane->disabled_because();
    admission_.describe(*lane, row);
    report.lanes.push_back(std::move(row));
  }
  return report;
}

}  // namespace simulate
