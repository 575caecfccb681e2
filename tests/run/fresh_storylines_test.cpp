#include "simulator/run/fresh_storylines.h"

#include <gtest/gtest.h>

#include "tests/store/small_ledger.h"

namespace simulate {
namespace {

// One storyline of three sessions, all planned.
class FreshStorylines : public testing::Test {
 protected:
  FreshStorylines() { apply(ledger_, small_plan()); }

  void keep(int64_t slot) {
    apply(ledger_, small_conversation(plain_slot(small_wave(), slot, slot)));
  }

  SlotsReplaced reset() {
    SlotsReplaced change = fresh_storylines(reader_);
    apply(ledger_, change);
    return change;
  }

  Ledger ledger_{"", ToolSyntax::python};
  LedgerReader reader_{ledger_.database()};
};

TEST_F(FreshStorylines, AreWhatANewRunHasAlready) {
  SlotsReplaced change = reset();
  EXPECT_TRUE(change.replaced.empty());
  EXPECT_TRUE(reader_.wave(1)->closed) << "later slots are of a new wave";
}

TEST_F(FreshStorylines, TakeThePlacesOfWhatIsNotBegun) {
  keep(1);
  SlotsReplaced change = reset();
  EXPECT_EQ(change.replaced, (std::vector<int64_t>{2, 3}));
  std::vector<OpenSlot> open = reader_.open_slots();
  ASSERT_EQ(open.size(), 2u);
  EXPECT_EQ(open[0].slot.number, 4);
  EXPECT_EQ(open[0].slot.place, 2);
  EXPECT_EQ(open[0].slot.session, 1);
  EXPECT_EQ(open[1].slot.session, 2);
  EXPECT_EQ(open[0].slot.storyline, open[1].slot.storyline);
  EXPECT_EQ(open[0].slot.persona, "Bo");
  EXPECT_EQ(reader_.state_before(open[0].slot.storyline, 1).text, "");
  EXPECT_EQ(reader_.counters().storylines, open[0].slot.storyline);
  EXPECT_EQ(reader_.counters().planned_slots, 5);
}

TEST_F(FreshStorylines, LeaveNothingUnfinishedBehind) {
  keep(1);
  apply(ledger_, AttemptBegun{{2, 1}, 1, 1, "mistral"});
  reset();
  EXPECT_EQ(reader_.unfinished_attempts("running"), 0);
}

TEST_F(FreshStorylines, LeaveWhatIsBegunItsMemories) {
  keep(1);
  apply(ledger_, small_reply({2, 1}, 0));
  SlotsReplaced change = reset();
  EXPECT_EQ(change.replaced, std::vector<int64_t>{3});
  std::vector<OpenSlot> open = reader_.open_slots();
  EXPECT_EQ(open[0].slot.number, 2);
  EXPECT_EQ(reader_.state_before(1, 2).text, "state after 1");
}

}  // namespace
}  // namespace simulate
