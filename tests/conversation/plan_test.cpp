#include "simulator/conversation/plan.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/conversation/plain_plan.h"

namespace simulate {
namespace {

Wave wave_of(int personas, int sessions) {
  std::vector<PlannedPersona> all;
  for (int i = 0; i < personas; ++i) {
    std::string name(1, static_cast<char>('A' + i));
    all.push_back({name, "hash " + name, {"x", "y", "z"}});
  }
  Wave wave = plain_wave(std::move(all), sessions);
  wave.seed = 7;
  return wave;
}

TEST(Plan, HoldsEveryPersonaEquallyOftenInAnyPrefix) {
  Wave wave = wave_of(5, 3);
  std::map<std::string, int> counts;
  for (int64_t place = 1; place <= wave.last_place(); ++place) {
    ++counts[plain_slot(wave, place, place).persona];
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
  Slot first = plain_slot(wave, 2, 2);
  Storylines storylines;
  storylines[first.storyline].add(first);
  Slot second = draw_slot(wave, 6, 6, storylines, plain_draw());
  EXPECT_EQ(first.storyline, second.storyline);
  EXPECT_EQ(first.persona, second.persona);
  EXPECT_EQ(second.session, 2);
  EXPECT_GT(second.starts_at.minutes, first.starts_at.minutes);
}

TEST(Plan, LetsTheSessionsOfAStorylineFollowEachOther) {
  Wave wave = wave_of(300, 6);
  std::map<int64_t, int64_t> last;  // minutes, by storyline
  Storylines storylines;
  for (int64_t place = 1; place <= wave.last_place(); ++place) {
    Slot slot = draw_slot(wave, place, place, storylines, plain_draw());
    storylines[slot.storyline].add(slot);
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
  Slot a = plain_slot(wave, 4, 4), b = plain_slot(wave, 4, 4);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.topic, b.topic);
  EXPECT_EQ(a.starts_at.minutes, b.starts_at.minutes);
  wave.seed = 8;
  EXPECT_NE(plain_slot(wave, 4, 4).seed, a.seed);
}

// The events of a session are those of the one before it and perhaps one more.
TEST(Plan, LetsThingsHappenBetweenSessions) {
  Wave wave = wave_of(60, 5);
  for (PlannedPersona& persona : wave.personas) persona.events = 2;
  std::map<int64_t, std::string> last;  // by storyline
  std::map<std::string, int> ends;
  for (int64_t place = 1; place <= wave.last_place(); ++place) {
    Slot slot = plain_slot(wave, place, place);
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
    Slot slot = plain_slot(wave, place, place);
    ++counts[slot.withheld_tools];
    EXPECT_EQ(plain_slot(wave, place + 100, place + 100).withheld_tools,
              slot.withheld_tools)
        << "a storyline keeps its tools";
  }
  EXPECT_EQ(counts.size(), 4u);
  for (const auto& [withheld_tools, count] : counts) {
    EXPECT_GT(count, 10) << withheld_tools;
  }
  wave.optional_tools = "";
  EXPECT_EQ(plain_slot(wave, 1, 1).withheld_tools, "");
}

TEST(Plan, UsesTheWholeRangeOfTurns) {
  Wave wave = wave_of(10, 20);
  std::set<int> turns;
  for (int64_t place = 1; place <= wave.last_place(); ++place) {
    turns.insert(plain_slot(wave, place, place).turns);
  }
  EXPECT_EQ(turns, (std::set<int>{2, 3, 4, 5}));
}

TEST(Plan, ReplacesAnAbandonedSlotByTheSamePersona) {
  Wave wave = wave_of(3, 2);
  Slot abandoned = plain_slot(wave, 5, 5);
  Slot fresh = draw_replacement(wave, abandoned, 40, 41, 1, {}, plain_draw());
  EXPECT_EQ(fresh.persona, abandoned.persona);
  EXPECT_EQ(fresh.place, abandoned.place);
  EXPECT_EQ(fresh.number, 40);
  EXPECT_EQ(fresh.session, 1);
}

TEST(Plan, DrawsTurnsWithAMedianOfFourAndALongTenth) {
  Random random(1);
  std::map<int, int> counts;
  for (int i = 0; i < 10'000; ++i) ++counts[drawn_turns({1, 12}, random)];
  int below_four = counts[1] + counts[2] + counts[3];
  EXPECT_LT(below_four, 5'000);
  EXPECT_GT(below_four + counts[4], 5'000);
  int long_ones = counts[9] + counts[10] + counts[11] + counts[12];
  EXPECT_NEAR(long_ones, 1'000, 100);
  EXPECT_EQ(counts.size(), 12u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(drawn_turns({20, 20}, random), 20);
}

TEST(Plan, GivesEveryPersonaAsManySessionsInTheLongRun) {
  EXPECT_NEAR(mean_sessions({1, 8}), 5, 0.02);
  std::set<int> seen;
  for (uint64_t persona = 0; persona < 20; ++persona) {
    for (int64_t round = 0; round < 3; ++round) {
      int64_t sum = 0;
      for (int64_t nth = 0; nth < kSessionCards; ++nth) {
        int sessions =
            drawn_sessions({1, 8}, persona, round * kSessionCards + nth);
        seen.insert(sessions);
        sum += sessions;
      }
      EXPECT_EQ(sum, 80);
    }
  }
  EXPECT_EQ(seen, (std::set<int>{1, 2, 3, 4, 5, 6, 7, 8}));
}

// A storyline that is over leaves its place to the next one's.
TEST(Plan, SeatsStorylinesOfUnequalLength) {
  Wave wave = wave_of(3, 3);
  wave.lengths = {1, 3, 2};
  std::string order;
  for (int64_t place = 1; place <= wave.last_place(); ++place) {
    Slot slot = plain_slot(wave, place, place);
    order += slot.persona + std::to_string(slot.session) + " ";
  }
  EXPECT_EQ(order, "A1 B1 C1 B2 C2 B3 ");
}

Situation situation_named(const std::string& name) {
  Situation situation;
  situation.name = name;
  situation.share = 1;
  situation.tester = "t";
  return situation;
}

// Which ones are drawn for a session, in many tries.
std::set<std::string> drawn_for(int session, const Situations& situations,
                                const StorylineSoFar& before = {}) {
  Wave wave = wave_of(1, 8);
  const Shares shares;
  std::set<std::string> names;
  for (int64_t slot = 1; slot <= 60; ++slot) {
    Storylines storylines = {{1, before}};
    Slot drawn = draw_slot(wave, session, slot, storylines,
                           {situations, shares, "memory,diary"});
    names.insert(drawn.situation);
  }
  return names;
}

TEST(Plan, DrawsSituationsWhereTheyCanBe) {
  Situations situations;
  situations.all = {situation_named("plain"), situation_named("later"),
                    situation_named("arc"), situation_named("watch")};
  situations.all[1].sessions = {2, 3};
  situations.all[2].after = {"later"};
  situations.all[3].tools = {"watch"};
  using Names = std::set<std::string>;
  EXPECT_EQ(drawn_for(1, situations), Names{"plain"});
  EXPECT_EQ(drawn_for(2, situations), (Names{"plain", "later"}));
  EXPECT_EQ(drawn_for(4, situations), Names{"plain"});
  StorylineSoFar before;
  before.situations = {"plain", "later"};
  EXPECT_EQ(drawn_for(4, situations, before), (Names{"plain", "arc"}));
}

TEST(Plan, DrawsNoSituationThatNeedsMoreFactsThanThePersonHas) {
  Situations situations;
  situations.all = {situation_named("plain"), situation_named("told")};
  situations.all[1].facts = 2;
  const Shares shares;
  for (size_t facts : {1, 2}) {
    Wave wave = wave_of(1, 60);
    wave.personas[0].facts = facts;
    std::set<std::string> names;
    for (int64_t place = 1; place <= 60; ++place) {
      names.insert(draw_slot(wave, place, place, {}, {situations, shares, ""})
                       .situation);
    }
    EXPECT_EQ(names.count("told"), facts == 2 ? 1u : 0u);
  }
}

TEST(Plan, DrawsATaskForItsPersonWithItsOpeningAndAllItSays) {
  Situations situations;
  situations.all = {situation_named("for A"), situation_named("for B")};
  situations.all[0].persona = "A";
  situations.all[0].says = {"1", "2", "3", "4", "5", "6", "7"};
  situations.all[0].turns = {7, 7};
  situations.all[1].persona = "B";
  situations.all[1].opening = "Complain.";
  Wave wave = wave_of(2, 1);
  wave.turns = {2, 3};
  const Shares shares;
  Slot first = draw_slot(wave, 1, 1, {}, {situations, shares, ""});
  EXPECT_EQ(first.situation, "for A");
  EXPECT_EQ(first.turns, 7) << "as long as what is said";
  Slot second = draw_slot(wave, 2, 2, {}, {situations, shares, ""});
  EXPECT_EQ(second.situation, "for B");
  EXPECT_EQ(second.opening, "Complain.");
}

TEST(Plan, DrawsNoSituationWhoseToolsAreWithheld) {
  Situations situations;
  situations.all = {situation_named("plain"), situation_named("diary")};
  situations.all[1].tools = {"diary"};
  Wave wave = wave_of(40, 1);
  wave.optional_tools = "diary";
  const Shares shares;
  int with = 0;
  for (int64_t place = 1; place <= 40; ++place) {
    Slot slot =
        draw_slot(wave, place, place, {}, {situations, shares, "memory,diary"});
    bool is_withheld = slot.withheld_tools == "diary";
    if (is_withheld) {
      EXPECT_EQ(slot.situation, "plain");
    }
    with += slot.situation == "diary" ? 1 : 0;
  }
  EXPECT_GT(with, 5);
}

TEST(Plan, LetsTheDaysPassThatASituationNeeds) {
  Situations situations;
  situations.all = {situation_named("due")};
  situations.all[0].days_apart = CountRange{20, 22};
  situations.all[0].turns = {5, 6};
  Wave wave = wave_of(1, 4);
  const Shares shares;
  Storylines storylines;
  for (int64_t place = 1; place <= 4; ++place) {
    Slot slot =
        draw_slot(wave, place, place, storylines, {situations, shares, ""});
    EXPECT_EQ(slot.turns, 5) << "within the wave's and the situation's";
    if (place > 1) {
      int64_t day = int64_t{24} * 60;
      int64_t apart = slot.starts_at.minutes / day -
                      storylines[1].last_start->minutes / day;
      EXPECT_GE(apart, 20);
      EXPECT_LE(apart, 22);
    }
    storylines[1].add(slot);
  }
}

TEST(Plan, DrawsAxesForTheSession) {
  Situations situations;
  situations.all = {situation_named("plain")};
  Axis opening;
  opening.name = "opening";
  opening.values = {{"first", 1, {1, 1}}, {"later", 1, {2, 8}}};
  situations.axes = {opening};
  Wave wave = wave_of(1, 2);
  const Shares shares;
  Draw draw{situations, shares, ""};
  EXPECT_EQ(draw_slot(wave, 1, 1, {}, draw).opening, "first");
  EXPECT_EQ(draw_slot(wave, 2, 2, {}, draw).opening, "later");
}

TEST(Plan, NamesConversations) {
  EXPECT_EQ(conversation_id(1), "conv_000001");
  EXPECT_EQ(conversation_id(12345678), "conv_12345678");
}

}  // namespace
}  // namespace simulate
