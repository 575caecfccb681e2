#include "simulator/conversation/plan.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace simulate {
namespace {

Wave wave_of(int personas, int sessions) {
  Wave wave;
  wave.sessions = sessions;
  wave.seed = 7;
  for (int i = 0; i < personas; ++i) {
    std::string name(1, static_cast<char>('A' + i));
    wave.personas.push_back({name, "hash " + name, {"x", "y", "z"}});
  }
  return wave;
}

TEST(Plan, HoldsEveryPersonaEquallyOftenInAnyPrefix) {
  Wave wave = wave_of(5, 3);
  std::map<std::string, int> counts;
  for (int64_t place = 1; place <= wave.last_place(); ++place) {
    ++counts[draw_slot(wave, place, place).persona];
    int least = 1 << 30, most = 0;
    for (const PlannedPersona& persona : wave.personas) {
      least = std::min(least, counts[persona.name]);
      most = std::max(most, counts[persona.name]);
    }
    EXPECT_LE(most - least, 1) << "at place " << place;
  }
}

TEST(Plan, KeepsAPersonasSessionsInOneStoryline) {
  Wave wave = wave_of(4, 3);
  Slot first = draw_slot(wave, 2, 2);
  Slot second = draw_slot(wave, 6, 6);
  EXPECT_EQ(first.storyline, second.storyline);
  EXPECT_EQ(first.persona, second.persona);
  EXPECT_EQ(second.session, 2);
  EXPECT_GT(second.starts_at.minutes, first.starts_at.minutes);
}

TEST(Plan, LetsTheSessionsOfAStorylineFollowEachOther) {
  Wave wave = wave_of(300, 6);
  std::map<int64_t, int64_t> last;  // minutes, by storyline
  for (int64_t place = 1; place <= wave.last_place(); ++place) {
    Slot slot = draw_slot(wave, place, place);
    auto before = last.find(slot.storyline);
    if (before != last.end()) {
      EXPECT_GT(slot.starts_at.minutes, before->second)
          << "session " << slot.session << " of storyline " << slot.storyline;
    }
    last[slot.storyline] = slot.starts_at.minutes;
  }
}

TEST(Plan, DrawsTheSameSlotFromTheSameNumbers) {
  Wave wave = wave_of(3, 2);
  Slot a = draw_slot(wave, 4, 4), b = draw_slot(wave, 4, 4);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.topic, b.topic);
  EXPECT_EQ(a.starts_at.minutes, b.starts_at.minutes);
  wave.seed = 8;
  EXPECT_NE(draw_slot(wave, 4, 4).seed, a.seed);
}

// The events of a session are those of the one before it and perhaps one more.
TEST(Plan, LetsThingsHappenBetweenSessions) {
  Wave wave = wave_of(60, 5);
  for (PlannedPersona& persona : wave.personas) persona.events = 2;
  std::map<int64_t, std::string> last;  // by storyline
  std::map<std::string, int> ends;
  for (int64_t place = 1; place <= wave.last_place(); ++place) {
    Slot slot = draw_slot(wave, place, place);
    std::string& before = last[slot.storyline];
    EXPECT_TRUE(slot.events.starts_with(before));
    EXPECT_LE(slot.events.size(), before.size() + 2);
    before = slot.events;
    EXPECT_TRUE(slot.session > 1 || slot.events.empty());
    if (slot.session == 5) ++ends[slot.events];
  }
  EXPECT_GT(ends["0,1"], 5);
  EXPECT_GT(ends["1,0"], 5);
  EXPECT_LT(ends[""], 20);
}

TEST(Plan, OffersOptionalToolsToHalfOfTheStorylines) {
  Wave wave = wave_of(100, 2);
  wave.optional_tools = "diary,mcp:weather";
  std::map<std::string, int> counts;
  for (int64_t place = 1; place <= 100; ++place) {
    Slot slot = draw_slot(wave, place, place);
    ++counts[slot.withheld_tools];
    EXPECT_EQ(draw_slot(wave, place + 100, place + 100).withheld_tools,
              slot.withheld_tools)
        << "a storyline keeps its tools";
  }
  EXPECT_EQ(counts.size(), 4u);
  for (const auto& [withheld_tools, count] : counts) {
    EXPECT_GT(count, 10) << withheld_tools;
  }
  wave.optional_tools = "";
  EXPECT_EQ(draw_slot(wave, 1, 1).withheld_tools, "");
}

TEST(Plan, UsesTheWholeRangeOfTurns) {
  Wave wave = wave_of(10, 20);
  std::set<int> turns;
  for (int64_t place = 1; place <= wave.last_place(); ++place) {
    turns.insert(draw_slot(wave, place, place).turns);
  }
  EXPECT_EQ(turns, (std::set<int>{2, 3, 4, 5}));
}

TEST(Plan, ReplacesAnAbandonedSlotByTheSamePersona) {
  Wave wave = wave_of(3, 2);
  Slot abandoned = draw_slot(wave, 5, 5);
  Slot fresh = draw_replacement(wave, abandoned, 40, 41);
  EXPECT_EQ(fresh.persona, abandoned.persona);
  EXPECT_EQ(fresh.place, abandoned.place);
  EXPECT_EQ(fresh.number, 40);
  EXPECT_EQ(fresh.session, 1);
}

TEST(Plan, NamesConversations) {
  EXPECT_EQ(conversation_id(1), "conv_000001");
  EXPECT_EQ(conversation_id(12345678), "conv_12345678");
}

}  // namespace
}  // namespace simulate
