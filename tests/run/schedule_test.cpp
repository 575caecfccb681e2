#include "simulator/run/schedule.h"

#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "simulator/base/random.h"
#include "tests/conversation/plain_plan.h"

namespace simulate {
namespace {

std::vector<PlannedPersona> personas(int count) {
  std::vector<PlannedPersona> result;
  for (int i = 0; i < count; ++i) {
    result.push_back({"P" + std::to_string(i), "h" + std::to_string(i), {}});
  }
  return result;
}

PlanSettings of(int sessions) {
  PlanSettings settings;
  settings.sessions = {sessions, sessions};
  settings.turns = {2, 5};
  return settings;
}

Schedule schedule_for(int64_t target, int count = 5) {
  return Schedule(target, of(3), personas(count), no_situations(), {});
}

void plan(Schedule& schedule, int at_once) {
  while (schedule.wants_slots(at_once)) {
    schedule.add(schedule.draw_block(at_once).slots);
  }
}

std::optional<OpenSlot> next(Schedule& schedule, int at_once) {
  plan(schedule, at_once);
  return schedule.take(at_once);
}

// Plays a schedule to its end, `at_once` at a time, ending them in random
// order; `fails` decides what becomes of each.
template <class Fails>
std::map<std::string, int> play(Schedule& schedule, int at_once, Fails fails) {
  Random random(3);
  std::vector<OpenSlot> busy;
  std::map<std::string, int> kept;
  while (true) {
    while (static_cast<int>(busy.size()) < at_once) {
      auto slot = next(schedule, at_once);
      if (!slot) break;
      busy.push_back(*slot);
    }
    if (busy.empty()) return kept;
    size_t which = random.below(busy.size());
    OpenSlot slot = busy[which];
    busy.erase(busy.begin() + static_cast<std::ptrdiff_t>(which));
    if (!fails(slot)) {
      ++kept[slot.slot.persona];
      schedule.mark_kept(slot.slot, {});
    } else if (++slot.failures < 3) {
      ++slot.attempt;
      schedule.reopen(slot);
    } else {
      schedule.abandon(slot.slot, Wave());
    }
  }
}

int spread(const std::map<std::string, int>& counts) {
  int least = 1 << 30, most = 0;
  for (const auto& [name, count] : counts) {
    least = std::min(least, count);
    most = std::max(most, count);
  }
  return most - least;
}

TEST(Schedule, StartsTheLowestSlotFirst) {
  Schedule schedule = schedule_for(100);
  EXPECT_EQ(next(schedule, 2)->slot.number, 1);
  EXPECT_EQ(next(schedule, 2)->slot.number, 2);
}

TEST(Schedule, OpensASessionOnlyAfterTheOneBefore) {
  Schedule schedule = schedule_for(3, 1);
  auto first = next(schedule, 8);
  EXPECT_FALSE(next(schedule, 8)) << "session 1 is under way";
  schedule.mark_kept(first->slot, {});
  EXPECT_EQ(next(schedule, 8)->slot.session, 2);
}

// The next sessions of the storyline are of a block that is drawn while its
// first one is under way.
TEST(Schedule, OpensNoSessionOfALaterBlockWhileOneIsUnderWay) {
  Schedule schedule(200, of(200), personas(1), no_situations(), {});
  schedule.add(schedule.draw_block(1).slots);
  for (int session = 1; session <= 127; ++session) {
    schedule.mark_kept(schedule.take(1)->slot, {});
  }
  ASSERT_EQ(schedule.take(1)->slot.session, 128);
  ASSERT_TRUE(schedule.wants_slots(1));
  schedule.add(schedule.draw_block(1).slots);
  EXPECT_FALSE(schedule.take(1)) << "session 128 is under way";
}

TEST(Schedule, HasSeveralWavesUnderWay) {
  Schedule schedule = schedule_for(1000, 4);
  std::set<int64_t> waves;
  for (int i = 0; i < 40; ++i) waves.insert(next(schedule, 40)->slot.wave);
  EXPECT_EQ(waves.size(), 10u);
}

TEST(Schedule, EndsWithExactlyTheTargetAndPersonasWithinOne) {
  for (int64_t target : {1, 7, 100, 500, 2000}) {
    Schedule schedule = schedule_for(target, 12);
    auto kept = play(schedule, 64, [](const OpenSlot&) { return false; });
    EXPECT_EQ(schedule.kept(), target);
    if (target > 12) {
      EXPECT_LE(spread(kept), 1);
    }
    EXPECT_EQ(schedule.size(), 0u);
  }
}

TEST(Schedule, StaysEvenWhenAttemptsFail) {
  Random random(5);
  Schedule schedule = schedule_for(600, 12);
  auto kept = play(schedule, 50, [&](const OpenSlot&) {
    return random.chance(0.4);  // one slot in sixteen is abandoned
  });
  EXPECT_EQ(schedule.kept(), 600);
  EXPECT_LE(spread(kept), 1);
}

TEST(Schedule, HoldsOnlyWhatIsUnderWay) {
  Schedule schedule = schedule_for(100'000, 12);
  size_t largest = 0;
  Random random(1);
  std::deque<OpenSlot> busy;
  for (int i = 0; i < 20'000; ++i) {
    while (busy.size() < 64) busy.push_back(*next(schedule, 64));
    schedule.mark_kept(busy.front().slot, {});
    busy.pop_front();
    largest = std::max(largest, schedule.size());
  }
  EXPECT_LT(largest, 1000u);
}

TEST(Schedule, StartsLongStorylinesFirstNearTheEnd) {
  Schedule schedule = schedule_for(12, 4);  // four storylines of three
  auto a = next(schedule, 4), b = next(schedule, 4);
  schedule.mark_kept(a->slot, {});
  auto c = next(schedule, 4);
  EXPECT_EQ(c->slot.session, 1) << "three left beat two left";
  schedule.mark_kept(b->slot, {});
}

// Storyline 2 has places 5 and 8 left, storyline 1 only place 4.
TEST(Schedule, StartsTheLongestStorylineAtTheEndAndNotTheLowestSlot) {
  Counters counters;
  counters.planned_slots = counters.planned_places = 9;
  counters.storylines = 3;
  counters.wave = 1;
  counters.kept = 6;
  Wave wave = plain_wave(personas(3));
  std::vector<OpenSlot> open = {{plain_slot(wave, 4, 4), 1, 0},
                                {plain_slot(wave, 5, 5), 1, 0},
                                {plain_slot(wave, 8, 8), 1, 0}};
  Schedule schedule(9, of(3), personas(3), no_situations(),
                    {counters, wave, open});
  EXPECT_EQ(next(schedule, 2)->slot.number, 5);
  EXPECT_EQ(next(schedule, 2)->slot.number, 4);
}

TEST(Schedule, PrefersWhatItIsToldTo) {
  Schedule schedule = schedule_for(100, 12);
  plan(schedule, 1);
  auto odd = [](const Slot& slot) { return slot.storyline % 2 == 1; };
  EXPECT_EQ(schedule.take(1, odd)->slot.storyline, 1);
  EXPECT_EQ(schedule.take(1, odd)->slot.storyline, 3);
  EXPECT_EQ(schedule.take(1)->slot.storyline, 2);
  auto none = [](const Slot&) { return false; };
  EXPECT_FALSE(schedule.wants_slots(1));
  EXPECT_TRUE(schedule.wants_slots(1, none)) << "others may be preferred";
  EXPECT_EQ(schedule.take(1, none)->slot.storyline, 4) << "better than nothing";
}

TEST(Schedule, FillsOtherPlacesWhenAStorylineIsGivenBack) {
  Schedule schedule = schedule_for(20, 5);
  int kept = 0;
  std::vector<OpenSlot> busy;
  bool gave_back = false;
  while (auto slot = next(schedule, 1)) {
    if (!gave_back) {
      gave_back = true;
      schedule.park(*slot);
      continue;
    }
    schedule.mark_kept(slot->slot, {});
    ++kept;
  }
  EXPECT_EQ(kept, 20);
}

TEST(Schedule, FillsOtherPlacesForSessionsThatWerePlannedAfterTheParking) {
  for (int64_t target : {10, 40, 300}) {
    Schedule schedule = schedule_for(target, 5);
    schedule.park(*next(schedule, 1));  // storyline 1 has sessions to come
    while (auto slot = next(schedule, 1)) schedule.mark_kept(slot->slot, {});
    EXPECT_EQ(schedule.kept(), target);
  }
}

TEST(Schedule, ContinuesWhereTheLedgerStands) {
  Counters counters;
  counters.planned_slots = counters.planned_places = 6;
  counters.storylines = 3;
  counters.wave = 1;
  counters.kept = 4;
  Wave wave = plain_wave(personas(3));
  std::vector<OpenSlot> open = {{plain_slot(wave, 5, 5), 2, 1},
                                {plain_slot(wave, 6, 6), 1, 0}};
  Schedule schedule(9, of(3), personas(3), no_situations(),
                    {counters, wave, open});
  auto slot = next(schedule, 4);
  EXPECT_EQ(slot->slot.number, 5);
  EXPECT_EQ(slot->attempt, 2);
  schedule.mark_kept(slot->slot, {});
  auto kept = play(schedule, 4, [](const OpenSlot&) { return false; });
  EXPECT_EQ(schedule.kept(), 9);
}

// Storyline 1 has places 4, 7, 10 and 13 left, the next one only place 14,
// which a target of 13 does not reach any more. Near the end and before it.
TEST(Schedule, StartsNoPlaceAboveATargetThatWasLowered) {
  for (int at_once : {2, 8}) {
    Counters counters;
    counters.planned_slots = counters.planned_places = 18;
    counters.storylines = 3;
    counters.wave = 1;
    counters.kept = 9;
    Wave wave = plain_wave(personas(3), 6);
    std::vector<OpenSlot> open;
    for (int64_t place : {4, 7, 10, 13, 14}) {
      open.push_back({plain_slot(wave, place, place), 1, 0});
    }
    Schedule schedule(13, of(1), personas(3), no_situations(),
                      {counters, wave, open});
    EXPECT_EQ(next(schedule, at_once)->slot.place, 4);
    EXPECT_FALSE(next(schedule, at_once)) << at_once << " at once";
  }
}

TEST(Schedule, NeverPassesTheTargetWhenOtherPlacesWereFilledBefore) {
  Counters counters;
  counters.planned_slots = counters.planned_places = 6;
  counters.storylines = 3;
  counters.wave = 1;
  counters.kept = 5;
  Wave wave = plain_wave(personas(3));
  std::vector<OpenSlot> open = {{plain_slot(wave, 2, 2), 1, 0}};
  Schedule schedule(5, of(3), personas(3), no_situations(),
                    {counters, wave, open});
  EXPECT_FALSE(next(schedule, 4));
}

TEST(Schedule, OpensNewStorylinesWithTheSamePersonasTurn) {
  Counters counters;
  counters.planned_slots = counters.planned_places = 4;
  counters.storylines = 3;
  counters.wave = 1;
  counters.kept = 4;
  Wave wave = plain_wave(personas(3));
  wave.closed = true;
  Schedule schedule(8, of(3), personas(3), no_situations(), {counters, wave});
  auto slot = next(schedule, 1);
  EXPECT_EQ(slot->slot.session, 1);
  EXPECT_EQ(slot->slot.storyline, 4);
  EXPECT_EQ(slot->slot.persona, "P1") << "P0 had its turn twice";
}

// 2,000 lines of personas and a target of 300.
TEST(Schedule, HasLaterSessionsInEveryRun) {
  for (int64_t target : {3, 12, 300, 2000}) {
    Schedule schedule = schedule_for(target, 2000);
    std::map<int, int> sessions;
    auto kept = play(schedule, 32, [&](const OpenSlot& slot) {
      ++sessions[slot.slot.session];
      return false;
    });
    EXPECT_EQ(kept.size(), static_cast<size_t>(sessions[1]))
        << "nobody comes twice before everybody came once";
    EXPECT_EQ(schedule.kept(), target);
    EXPECT_GE(sessions[2], target / 6) << target;
    EXPECT_GE(sessions[3], target / 6) << target;
  }
}

TEST(Schedule, TakesAsManyPersonasIntoAWaveAsTheTargetHasRoomFor) {
  struct Row {
    int64_t target;
    int personas;
    size_t of_a_wave;
  };
  for (Row row : std::vector<Row>{{5000, 12, 12},
                                  {300, 2000, 64},
                                  {100, 2000, 33},
                                  {7, 12, 2},
                                  {1, 12, 1}}) {
    Schedule schedule = schedule_for(row.target, row.personas);
    EXPECT_EQ(schedule.draw_block(1).opened->personas.size(), row.of_a_wave);
  }
}

// Ten personas in waves of four (a target of 12): the turn goes round whether
// or not the run is begun anew between two slots.
TEST(Schedule, GoesOnWithThePersonasAfterThoseOfTheLastWave) {
  Counters counters;
  std::optional<Wave> wave;
  std::vector<std::string> order;
  for (int64_t target = 12; target <= 60; target += 12) {
    // Sizes of waves follow the target; a run that grows is begun anew.
    Schedule schedule(12 + counters.kept, of(3), personas(10), no_situations(),
                      {counters, wave});
    while (schedule.kept() < target) {
      Schedule::Block block = schedule.draw_block(1);
      if (block.opened) wave = block.opened;
      schedule.add(block.slots);
      while (auto slot = schedule.take(1)) {
        if (slot->slot.session == 1) order.push_back(slot->slot.persona);
        schedule.mark_kept(slot->slot, {});
      }
    }
    // All that was planned is done.
    counters.planned_slots = counters.planned_places = target;
    counters.kept = target;
    counters.storylines = static_cast<int64_t>(order.size());
    counters.wave = wave->wave;
  }
  for (size_t i = 0; i < order.size(); ++i) {
    EXPECT_EQ(order[i], "P" + std::to_string(i % 10)) << "turn " << i;
  }
  EXPECT_GE(order.size(), 20u);
}

// The collection lost the one who had the last turn.
TEST(Schedule, GoesOnAfterTheLastOneWhoIsStillThere) {
  Counters counters;
  counters.planned_slots = counters.planned_places = counters.kept = 9;
  counters.storylines = 3;
  counters.wave = 1;
  Wave wave = plain_wave(personas(3));
  std::vector<PlannedPersona> left = personas(6);
  left.erase(left.begin() + 2);
  Schedule schedule(15, of(3), left, no_situations(), {counters, wave});
  EXPECT_EQ(next(schedule, 1)->slot.persona, "P3");
}

// P2 had the first turn of the last wave, which is not over: after it, P2 has
// the first turn again, whatever the order of the files.
TEST(Schedule, GoesOnInTheOrderOfARotatedWave) {
  Counters counters;
  counters.planned_places = 4;
  counters.planned_slots = 4;
  counters.wave = 1;
  counters.kept = 4;
  Wave wave = plain_wave({personas(3)[2], personas(3)[0], personas(3)[1]}, 2);
  Schedule schedule(20, of(2), personas(3), no_situations(), {counters, wave});
  std::vector<std::string> order;
  while (auto slot = next(schedule, 1)) {
    order.push_back(slot->slot.persona);
    schedule.mark_kept(slot->slot, {});
  }
  std::map<std::string, int> counts = {{"P2", 2}, {"P0", 1}, {"P1", 1}};
  for (const std::string& name : order) ++counts[name];
  for (const auto& [name, count] : counts) {
    EXPECT_TRUE(count == 6 || count == 7) << name << " " << count;
  }
}

}  // namespace
}  // namespace simulate
