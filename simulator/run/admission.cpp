#include "simulator/run/admission.h"

#include <algorithm>
#include <utility>

#include "simulator/models/mix.h"
#include "simulator/run/lane_places.h"

namespace simulate {

namespace {

constexpr int kMostFailures = 20;  // in a row: something is wrong for good

// What must be free before a conversation begins: enough for those under way
// to be kept. Ledger and training file grow by about 60 KiB for one of five
// turns, and reasoning models write several times as much.
constexpr int64_t kFreeForAll = 16 << 20;
constexpr int64_t kFreeForEach = 512 << 10;
constexpr int64_t kFreeForServers = 4 << 20;  // of one, where there are any

// Rather more than a conversation needs, since too high a guess costs a
// moment of patience and too low a one the conversations that are begun: the
// tester's call, the assistant's and one for what it makes of a tool's
// result in each turn, and the rewriter's at the end.
constexpr double kCallsPerTurn = 3;
constexpr double kCallsAtTheEnd = 1;
// That guess counts as much as this many calls that were measured.
constexpr double kCallsBehindTheGuess = 20;

// How much of the work it can carry, compared with other lanes.
double weight_of(const Lane& lane) {
  double rate = lane.limiter().requests_per_second();
  return rate > 0 ? rate : lane.provider().in_flight;
}

}  // namespace

// What waits for a lane that backs off does no work: others take its places,
// but no more of them than there are.
int Admission::capacity() const {
  int places = concurrency_ > 0 ? concurrency_ : places_on(with_.lanes);
  return places + std::min(waiting(), places);
}

bool Admission::may_begin(int under_way) {
  look_at_silent_lanes();
  look_for_roles_without_players();
  look_at_the_disk(under_way);
  return !stopping_ && advice_.empty() && !with_.lanes.budget_spent();
}

// Without a tester, an assistant or a rewriter no conversation can end well,
// so none is begun and paid for.
void Admission::look_for_roles_without_players() {
  if (!advice_.empty()) return;
  std::vector<Role> roles(std::begin(kRoles), std::end(kRoles));
  if (with_.judges) roles.push_back(Role::judge);
  for (Role role : roles) {
    if (with_.lanes.has_lane_left(players_of(cast_, role))) continue;
    advice_ = std::string("No provider is left for the ") + role_name(role) +
              ". Mend what is said above and run the same command again: it "
              "continues.";
    return;
  }
}

// No conversation is bought that cannot be kept.
void Admission::look_at_the_disk(int under_way) {
  if (!advice_.empty()) return;
  int64_t each = kFreeForEach + (with_.has_servers ? kFreeForServers : 0);
  int64_t needed = kFreeForAll + each * (under_way + 1);
  int64_t free = with_.store.free_bytes();
  if (free >= needed) return;
  advice_ = "The disk of the run has only " + std::to_string(free >> 20) +
            " MiB left: nothing new is begun, so that all that is bought can "
            "be kept. Make room and run the same command again";
}

bool Admission::prefers(const Slot& slot) const {
  const auto& lanes = with_.lanes.all();
  bool all_are_up =
      std::all_of(lanes.begin(), lanes.end(), [this](const auto& lane) {
        return is_up(*lane) || !lane->disabled_because().empty();
      });
  if (all_are_up || !someone_is_up(Role::assistant)) return true;
  if (failover_) return true;
  const Lane* own = lane_of(with_.reader.provider_of(slot.storyline));
  return !own || is_up(*own) || !own->disabled_because().empty();
}

Admission::Verdict Admission::judge(const OpenSlot& slot) {
  bool has_shares = has_weights(players_of(cast_, Role::assistant));
  if (has_shares && !std::exchange(knows_given_, true)) {
    given_ = with_.reader.slots_by_provider();
  }
  is_idle_ = !prefers(slot.slot);
  std::string provider = provider_for(slot.slot);
  if (is_gone(provider)) return Verdict::park;
  double calls = calls_to_come(slot);
  short_of_calls_ = !can_afford(calls);
  if (short_of_calls_) return Verdict::wait;
  has_begun_ = true;
  note_given(slot.slot, provider);
  ++active_[player_named(provider).provider];
  under_way_[slot.slot.storyline] = {std::move(provider), calls};
  return Verdict::begin;
}

const Lane* Admission::lane_of(const std::string& provider) const {
  return with_.lanes.find(player_named(provider).provider);
}

Players Admission::players_left(Role role) const {
  Players players = players_of(cast_, role);
  std::erase_if(players, [this](const Player& player) {
    return is_gone(player.provider);
  });
  return players;
}

bool Admission::stays(const std::string& provider) const {
  if (provider.empty()) return false;
  if (!failover_) return true;
  const Lane* lane = lane_of(provider);
  if (is_gone(provider)) return !someone_is_up(Role::assistant);
  return is_up(*lane) || !someone_is_up(Role::assistant);
}

// A storyline stays with its provider; a new one goes to whose share is
// missing most, or, without shares, where least is under way for what the lane
// can carry, so that every lane stays busy.
std::string Admission::provider_for(const Slot& slot) const {
  std::string given = with_.reader.provider_of(slot.storyline);
  if (stays(given)) return given;
  Players players = players_left(Role::assistant);
  if (has_weights(players)) {
    return player_text(*most_missing(players, given_));
  }
  const Lane* lane = least_loaded_lane();
  return lane ? lane->provider().name : "";
}

// All sessions of a new storyline count for whom it is given to.
void Admission::note_given(const Slot& slot, const std::string& provider) {
  if (!has_weights(players_of(cast_, Role::assistant))) return;
  std::string before = with_.reader.provider_of(slot.storyline);
  if (!before.empty()) return;
  std::optional<Wave> wave = with_.reader.wave(slot.wave);
  int64_t index = wave ? slot.storyline - wave->first_storyline : -1;
  bool known = index >= 0 && index < static_cast<int64_t>(wave->lengths.size());
  given_[provider] +=
      known ? wave->lengths[static_cast<size_t>(index)] - slot.session + 1 : 1;
}

Cast Admission::cast_for(const Slot& slot) const {
  Cast cast = cast_;
  for (auto& [role, players] : cast) {
    if (role == Role::assistant || !has_weights(players)) continue;
    Players left = players_left(role);
    const Player* turn = turn_of(left, role, slot.number);
    if (turn) players = {*turn};
  }
  return cast;
}

// A lane that backs off is nobody's choice while another one is up.
const Lane* Admission::least_loaded_lane() const {
  const Lane* best = nullptr;
  double least = 0;
  bool someone_up = someone_is_up(Role::assistant);
  for (const auto& lane : with_.lanes.all()) {
    if (!plays(*lane, Role::assistant)) continue;
    if (someone_up ? !is_up(*lane) : !lane->disabled_because().empty()) {
      continue;
    }
    auto active = active_.find(lane->provider().name);
    int under_way = active == active_.end() ? 0 : active->second;
    double load = (under_way + 1) / weight_of(*lane);
    if (best && load >= least) continue;
    least = load;
    best = lane.get();
  }
  return best;
}

bool Admission::is_gone(const std::string& provider) const {
  const Lane* lane = lane_of(provider);
  return !lane || !lane->disabled_because().empty();
}

bool Admission::may_go_on(const std::string& provider) const {
  return !is_gone(provider) || (failover_ && someone_is_up(Role::assistant));
}

bool Admission::plays(const Lane& lane, Role role) const {
  return may_play(players_of(cast_, role), lane.provider().name);
}

bool Admission::is_up(const Lane& lane) const {
  return lane.disabled_because().empty() && !lane.backs_off(with_.timer.now());
}

bool Admission::someone_is_up(Role role, const Lane* but) const {
  const auto& lanes = with_.lanes.all();
  return std::any_of(lanes.begin(), lanes.end(), [&](const auto& lane) {
    return lane.get() != but && plays(*lane, role) && is_up(*lane);
  });
}

bool Admission::is_replaceable(const Lane& lane) const {
  auto by_others = [&](Role role) {
    return !plays(lane, role) || someone_is_up(role, &lane);
  };
  return by_others(Role::tester) && by_others(Role::assistant) &&
         by_others(Role::rewriter);
}

Micros Admission::patience_with(const Lane& lane) const {
  return is_replaceable(lane) ? kPatienceBesideOthers : kPatienceAlone;
}

void Admission::look_at_silent_lanes() {
  for (const auto& lane : with_.lanes.all()) {
    if (!lane->disabled_because().empty()) continue;
    if (!lane->backs_off(with_.timer.now())) continue;
    // While the others have enough to do, waiting costs nothing, and the lane
    // may come back.
    if (is_replaceable(*lane) && !is_idle_) continue;
    if (lane->silent_for(with_.timer.now()) < patience_with(*lane)) continue;
    with_.lanes.give_up(lane->provider().name);
  }
}

int Admission::waiting() const {
  if (!someone_is_up(Role::assistant)) return 0;
  int sum = 0;
  for (const auto& lane : with_.lanes.all()) sum += waiting_for(*lane);
  return sum;
}

int Admission::waiting_for(const Lane& lane) const {
  bool backs_off = lane.disabled_because().empty() && !is_up(lane);
  auto active = active_.find(lane.provider().name);
  return backs_off && active != active_.end() ? active->second : 0;
}

const std::string& Admission::provider_of(int64_t storyline) const {
  return under_way_.at(storyline).provider;
}

void Admission::ended(int64_t storyline) {
  auto found = under_way_.find(storyline);
  --active_[player_named(found->second.provider).provider];
  under_way_.erase(found);
}

void Admission::was_kept(const OpenSlot& slot) {
  failures_in_a_row_ = 0;
  if (!with_.lanes.has_budget()) return;
  auto replies = with_.reader.replies({slot.slot.number, slot.attempt});
  calls_needed_ += static_cast<double>(replies.size());
  calls_expected_ += expected_calls(slot.slot);
}

void Admission::has_failed(const std::string& what) {
  if (++failures_in_a_row_ < kMostFailures || !advice_.empty()) return;
  advice_ = "The last " + std::to_string(kMostFailures) +
            " conversations all failed, the last with: " + what +
            ". Look at one with `simulate try`, mend the prompt or the model, "
            "and run the same command again";
}

double Admission::expected_calls(const Slot& slot) const {
  return kCallsPerTurn * slot.turns + kCallsAtTheEnd;
}

double Admission::calls_to_come(const OpenSlot& slot) const {
  if (!with_.lanes.has_budget()) return 0;
  auto bought = with_.reader.replies({slot.slot.number, slot.attempt}).size();
  return std::max(1.0, expected_calls(slot.slot) - static_cast<double>(bought));
}

// The expectation is corrected by what the kept ones needed, and by the tries
// that failed. Those under way count in full, whatever they have used of it:
// as they end, what is left of the budget says how much that was, and places
// open again. The first one begins in any case, so that every run gets on.
bool Admission::can_afford(double calls) const {
  if (!with_.lanes.has_budget() || !has_begun_) return true;
  for (const auto& [storyline, other] : under_way_) calls += other.calls;
  double measured = (calls_needed_ + kCallsBehindTheGuess) /
                    (calls_expected_ + kCallsBehindTheGuess);
  double sent = 0, failed = 0;
  for (const auto& lane : with_.lanes.all()) {
    sent += static_cast<double>(lane->stats().calls);
    failed += static_cast<double>(lane->stats().retries);
  }
  double tries = sent / std::max(1.0, sent - failed);
  return calls * measured * std::max(1.0, tries) <=
         static_cast<double>(with_.lanes.calls_left());
}

bool Admission::budget_reached() const {
  return with_.lanes.budget_spent() || (advice_.empty() && short_of_calls_);
}

void Admission::describe(const Lane& lane, LaneReport& row) const {
  Micros now = with_.timer.now();
  row.backs_off = lane.disabled_because().empty() && lane.backs_off(now);
  row.waiting = waiting_for(lane);
  Micros left = patience_with(lane) - lane.silent_for(now);
  row.given_up_in =
      static_cast<double>(std::max(Micros(0), left).count()) / 1e6;
}

}  // namespace simulate
