#include "simulator/run/simulate.h"

#include <algorithm>
#include <cmath>

#include "simulator/base/error.h"
#include "simulator/conversation/recorded_servers.h"
#include "simulator/models/recorded.h"

namespace simulate {

namespace {

constexpr int kMostAtOnce = 256;
constexpr int kAttempts = 3;       // per slot
constexpr int kMostFailures = 20;  // in a row: something is wrong for good
constexpr Micros kBetweenReports = Millis(100);
constexpr Micros kBetweenTallies = Seconds(10);

// What must be free before a conversation begins: enough for those under way
// to be kept. Ledger and training file grow by about 60 KiB for one of five
// turns, and reasoning models write several times as much.
constexpr int64_t kFreeForAll = 16 << 20;
constexpr int64_t kFreeForEach = 512 << 10;
constexpr int64_t kFreeForServers = 4 << 20;  // of one, where there are any

// Calls of one lane that keep it busy: what its rate and its latency ask for,
// and some more, since a conversation's calls go now here, now there.
double useful_at_once(const Lane& lane) {
  const Limiter& limiter = lane.limiter();
  double most = limiter.most_in_flight();
  if (limiter.requests_per_second() <= 0) return most;
  double calls = limiter.requests_per_second() * lane.stats().seconds_per_call;
  return std::min(most, 1.5 * calls + 4);
}

}  // namespace

Simulation::Simulation(SimulationSettings settings, SimulationParts parts,
                       Schedule schedule)
    : settings_(settings),
      with_(parts),
      schedule_(std::move(schedule)),
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

int Simulation::capacity() {
  if (settings_.concurrency > 0) return settings_.concurrency;
  double useful = 0;
  for (const auto& lane : with_.lanes.all()) {
    if (lane->disabled_because().empty()) useful += useful_at_once(*lane);
  }
  return std::clamp(static_cast<int>(std::ceil(useful)), 1, kMostAtOnce);
}

bool Simulation::may_start() {
  look_for_roles_without_players();
  look_at_the_disk();
  return !stopping_ && advice_.empty() && !with_.lanes.budget_spent();
}

asio::awaitable<std::optional<OpenSlot>> Simulation::take() {
  while (may_start()) {
    int at_once = capacity();
    if (schedule_.wants_slots(at_once)) {
      co_await plan_more(at_once);
      continue;
    }
    std::optional<OpenSlot> slot = schedule_.take(at_once);
    if (!slot) break;
    const std::string provider = provider_for(slot->slot);
    const Lane* lane = with_.lanes.find(provider);
    if (lane && lane->disabled_because().empty()) {
      ++active_[provider];
      storyline_provider_[slot->slot.storyline] = provider;
      full_until_ = with_.timer.now();
      co_return slot;
    }
    ++parked_;
    schedule_.park(*slot);
  }
  co_return std::nullopt;
}

asio::awaitable<void> Simulation::plan_more(int at_once) {
  Schedule::Block block = schedule_.draw_block(at_once);
  Planned planned;
  planned.opened = block.opened;
  if (block.opened) planned.personas = with_.personas;
  planned.slots = block.slots;
  Change change(std::move(planned));
  co_await with_.store.write(std::move(change));
  schedule_.add(block.slots);
}

// A storyline stays with its provider; a new one goes where least is under
// way for what the lane can carry, so that every lane stays busy.
std::string Simulation::provider_for(const Slot& slot) {
  std::string given = with_.reader.provider_of(slot.storyline);
  if (!given.empty()) return given;
  const Lane* lane = least_loaded_lane();
  return lane ? lane->provider().name : "";
}

const std::vector<std::string>& Simulation::players_of(Role role) const {
  static const std::vector<std::string> anybody;
  const auto& cast = settings_.conversation.cast;
  auto players = cast.find(role);
  return players == cast.end() ? anybody : players->second;
}

// Without a tester, an assistant or a rewriter no conversation can end well,
// so none is begun and paid for.
void Simulation::look_for_roles_without_players() {
  if (!advice_.empty()) return;
  for (Role role : {Role::tester, Role::assistant, Role::rewriter}) {
    if (with_.lanes.has_lane_left(players_of(role))) continue;
    advice_ = std::string("No provider is left for the ") + role_name(role) +
              ". Mend what is said above and run the same command again: it "
              "continues.";
    return;
  }
}

// No conversation is bought that cannot be kept.
void Simulation::look_at_the_disk() {
  if (!advice_.empty()) return;
  int64_t each = kFreeForEach + (with_.servers ? kFreeForServers : 0);
  int64_t needed = kFreeForAll + each * (batch_.in_flight() + 1);
  int64_t free = with_.store.free_bytes();
  if (free >= needed) return;
  advice_ = "The disk of the run has only " + std::to_string(free >> 20) +
            " MiB left: nothing new is begun, so that all that is bought can "
            "be kept. Make room and run the same command again";
}

const Lane* Simulation::least_loaded_lane() const {
  const Lane* best = nullptr;
  double least = 0;
  for (const auto& lane : with_.lanes.all()) {
    const std::string& name = lane->provider().name;
    const auto& players = players_of(Role::assistant);
    bool cast = players.empty() || std::find(players.begin(), players.end(),
                                             name) != players.end();
    if (!cast || !lane->disabled_because().empty()) continue;
    double rate = lane->limiter().requests_per_second();
    double weight = rate > 0 ? rate : lane->limiter().most_in_flight();
    auto active = active_.find(name);
    int under_way = active == active_.end() ? 0 : active->second;
    double load = (under_way + 1) / weight;
    if (best && load >= least) continue;
    least = load;
    best = lane.get();
  }
  return best;
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
  std::string provider = storyline_provider_.at(slot.slot.storyline);
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
  storyline_provider_.erase(slot.slot.storyline);
  --active_[provider];
  if (conversation) {
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
  plan.settings = settings_.conversation;
  plan.provider = provider;
  plan.state = std::move(start.state);
  return plan;
}

asio::awaitable<void> Simulation::save(Conversation conversation,
                                       std::string provider) {
  Slot slot = conversation.slot;
  conversation.run_seed = settings_.seed;
  Change change(std::move(conversation));
  co_await with_.store.write(std::move(change));
  ++saved_;
  ++conversations_[provider];
  failed_in_a_row_ = 0;
  schedule_.mark_kept(slot);
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
  const Lane* own = with_.lanes.find(provider);
  if (!own || !own->disabled_because().empty()) {
    ++parked_;
    schedule_.park(slot);
  } else {
    schedule_.reopen(slot);
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
  if (++failed_in_a_row_ < kMostFailures || !advice_.empty()) return;
  advice_ = std::to_string(kMostFailures) +
            " conversations failed in a row, the last with: " + failure.what() +
            ". Look at one with `simulate try`, mend the prompt or the model, "
            "and run the same command again";
}

Report Simulation::report() const {
  Report report;
  report.target = schedule_.target();
  report.kept = schedule_.kept();
  report.saved = saved_;
  report.failed = failed_;
  report.abandoned = abandoned_;
  report.parked = parked_;
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
    report.lanes.push_back(std::move(row));
  }
  return report;
}

}  // namespace simulate
