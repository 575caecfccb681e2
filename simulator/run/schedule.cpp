#include "simulator/run/schedule.h"

#include <algorithm>

namespace simulate {

namespace {

// Slots are stored in small blocks: large ones would make a bigger persona
// collection pay for slots that the target never reaches.
constexpr int64_t kBlock = 128;

// A large collection is gone through in waves, so that storylines have later
// sessions before the whole of it has had a first one.
constexpr int64_t kMostPersonasOfAWave = 64;

}  // namespace

Schedule::Schedule(int64_t target, PlanSettings settings,
                   PersonaSource personas, const Situations& situations,
                   PlanSoFar plan)
    : target_(target),
      limit_(target),
      settings_(std::move(settings)),
      personas_(std::move(personas)),
      situations_(situations),
      wave_(std::move(plan.last_wave)),
      planned_slots_(plan.counters.planned_slots),
      planned_places_(plan.counters.planned_places),
      storylines_(plan.counters.storylines),
      kept_(plan.counters.kept),
      shares_(std::move(plan.shares)),
      storylines_so_far_(std::move(plan.storylines)) {
  for (OpenSlot& slot : plan.open) insert(std::move(slot));
  begin_with_whose_turn_it_is();
}

// The next wave goes on with the persona whose turn it would have been after
// the last one, so that they stay equally often although a wave may hold few
// of them and may be closed before its end. Of those who have had their turn,
// the last one who is still in the collection counts.
void Schedule::begin_with_whose_turn_it_is() {
  if (!wave_) return;
  auto had = static_cast<int64_t>(wave_->personas.size());
  if (had == 0) return;
  if (planned_places_ < wave_->first_place) {
    had = 0;
  } else if (wave_->closed && planned_places_ < wave_->last_place()) {
    had = static_cast<int64_t>(persona_at(*wave_, planned_places_)) + 1;
  }
  // Before the first of a wave came, in its order, the last one.
  for (auto back = wave_->personas.size(); back > 0; --back) {
    size_t who = (static_cast<size_t>(had) + back - 1) % wave_->personas.size();
    auto found = personas_.find(wave_->personas[who].name);
    if (!found) continue;
    turn_ = (*found + 1) % personas_.size;
    return;
  }
}

std::optional<OpenSlot> Schedule::take(int at_once,
                                       const Preferred& preferred) {
  if (kept_ + busy_ >= target_) return std::nullopt;
  bool longest = near_the_end(at_once);
  auto choose = [&](const Preferred& among) {
    return longest ? longest_storyline(among) : lowest_storyline(among);
  };
  std::optional<int64_t> chosen = choose(preferred);
  if (!chosen) chosen = choose({});
  if (!chosen) return std::nullopt;
  Line& line = lines_.at(*chosen);
  OpenSlot slot = std::move(line.waiting.begin()->second);
  line.waiting.erase(line.waiting.begin());
  line.busy = true;
  ++busy_;
  ready_.erase(slot.slot.number);
  return slot;
}

bool Schedule::wants_slots(int at_once, const Preferred& preferred) const {
  if (planned_places_ >= limit_ || kept_ + busy_ >= target_) return false;
  bool all_fits_soon = static_cast<double>(limit_ - planned_places_) <=
                       at_once * mean_sessions(settings_.sessions);
  return all_fits_soon || !lowest_storyline(preferred);
}

Schedule::Block Schedule::draw_block(int at_once) {
  Block block;
  if (needs_wave()) {
    wave_ = next_wave();
    storylines_so_far_.clear();
    block.opened = wave_;
    storylines_ += static_cast<int64_t>(wave_->personas.size());
  }
  int64_t last = planned_places_ + std::max<int64_t>(kBlock, at_once);
  last = std::min({last, limit_, wave_->last_place()});
  while (planned_places_ < last) {
    ++planned_places_;
    block.slots.push_back(draw_slot(*wave_, planned_places_, ++planned_slots_,
                                    storylines_so_far_, draw()));
    count_drawn(block.slots.back());
  }
  return block;
}

Draw Schedule::draw() const { return {situations_, shares_, settings_.tools}; }

void Schedule::count_drawn(const Slot& slot) {
  storylines_so_far_[slot.storyline].add(slot);
  count_open(shares_, slot);
}

bool Schedule::needs_wave() const {
  return !wave_ || wave_->closed || planned_places_ >= wave_->last_place();
}

// So few that a target of this size has room for all their sessions.
size_t Schedule::personas_per_wave() const {
  auto whole_storylines = static_cast<int64_t>(
      static_cast<double>(target_) / mean_sessions(settings_.sessions));
  int64_t most = std::clamp<int64_t>(whole_storylines, 1, kMostPersonasOfAWave);
  return std::min(personas_.size, static_cast<size_t>(most));
}

Wave Schedule::next_wave() {
  Wave wave;
  wave.wave = wave_ ? wave_->wave + 1 : 1;
  wave.first_place = planned_places_ + 1;
  wave.first_storyline = storylines_ + 1;
  wave.sessions = settings_.sessions;
  wave.turns = settings_.turns;
  wave.tester_variants = settings_.tester_variants;
  wave.assistant_variants = settings_.assistant_variants;
  wave.optional_tools = settings_.optional_tools;
  wave.seed = settings_.seed;
  for (size_t left = personas_per_wave(); left > 0; --left) {
    wave.personas.push_back(personas_.at(turn_));
    turn_ = (turn_ + 1) % personas_.size;
  }
  draw_lengths(wave);
  return wave;
}

void Schedule::add(const std::vector<Slot>& slots) {
  for (const Slot& slot : slots) insert(OpenSlot{slot, 1, 0});
  raise_limit();
}

Schedule::Line& Schedule::insert(OpenSlot slot) {
  int64_t storyline = slot.slot.storyline;
  int session = slot.slot.session;
  Line& line = lines_[storyline];
  if (!line.waiting.empty()) {
    ready_.erase(line.waiting.begin()->second.slot.number);
  }
  line.waiting[session] = std::move(slot);
  if (may_start(line)) {
    ready_[line.waiting.begin()->second.slot.number] = storyline;
  }
  return line;
}

void Schedule::mark_kept(const Slot& slot, const Outcome& outcome) {
  ++kept_;
  count_kept(shares_, slot, outcome);
  release(slot);
}

void Schedule::reopen(const OpenSlot& slot) {
  release(slot.slot);
  insert(slot);
}

Slot Schedule::abandon(const Slot& slot, const Wave& wave) {
  release(slot);
  count_given_up(shares_, slot);
  Slot replacement = draw_replacement(wave, slot, ++planned_slots_,
                                      ++storylines_, 1, {}, draw());
  count_open(shares_, replacement);
  insert(OpenSlot{replacement, 1, 0});
  return replacement;
}

void Schedule::park(const OpenSlot& slot) {
  --busy_;
  Line& line = lines_[slot.slot.storyline];
  line.busy = false;
  line.parked = true;
  line.waiting[slot.slot.session] = slot;
  raise_limit();
}

// As many places above the target are filled as are parked below the limit;
// the ones that are added may be parked themselves.
void Schedule::raise_limit() {
  while (true) {
    int64_t parked = 0;
    for (const auto& [storyline, line] : lines_) {
      if (line.parked) parked += sessions_left(line);
    }
    if (target_ + parked <= limit_) return;
    limit_ = target_ + parked;
  }
}

// The next session of the storyline may start, if there is one.
void Schedule::release(const Slot& slot) {
  --busy_;
  auto found = lines_.find(slot.storyline);
  Line& line = found->second;
  line.busy = false;
  if (line.waiting.empty()) {
    lines_.erase(found);
  } else if (may_start(line)) {
    ready_[line.waiting.begin()->second.slot.number] = slot.storyline;
  }
}

bool Schedule::may_start(const Line& line) const {
  return !line.busy && !line.parked && !line.waiting.empty();
}

int Schedule::sessions_left(const Line& line) const {
  return static_cast<int>(std::count_if(
      line.waiting.begin(), line.waiting.end(),
      [this](const auto& entry) { return entry.second.slot.place <= limit_; }));
}

bool Schedule::near_the_end(int at_once) const {
  if (planned_places_ < limit_) return false;
  auto soon = static_cast<int64_t>(at_once * mean_sessions(settings_.sessions));
  for (const auto& [storyline, line] : lines_) {
    if (!line.parked) soon -= sessions_left(line);
    if (soon < 0) return false;
  }
  return true;
}

std::optional<int64_t> Schedule::lowest_storyline(
    const Preferred& preferred) const {
  for (const auto& [number, storyline] : ready_) {
    const Slot& slot = lines_.at(storyline).waiting.begin()->second.slot;
    if (slot.place > limit_) continue;
    if (!preferred || preferred(slot)) return storyline;
  }
  return std::nullopt;
}

std::optional<int64_t> Schedule::longest_storyline(
    const Preferred& preferred) const {
  std::optional<int64_t> longest;
  int most = 0;
  for (const auto& [number, storyline] : ready_) {
    const Line& line = lines_.at(storyline);
    int left = sessions_left(line);
    if (left <= most) continue;
    if (preferred && !preferred(line.waiting.begin()->second.slot)) continue;
    most = left;
    longest = storyline;
  }
  return longest;
}

size_t Schedule::size() const {
  size_t slots = 0;
  for (const auto& [storyline, line] : lines_) slots += line.waiting.size();
  return slots;
}

}  // namespace simulate
