#include "simulator/store/share_sums.h"

#include <gtest/gtest.h>

#include "simulator/store/ledger.h"
#include "tests/store/small_ledger.h"

namespace simulate {
namespace {

class ShareSums : public testing::Test {
 protected:
  ShareSums() {
    for (Slot& slot : planned_.slots) {
      slot.situation = "recall";
      slot.mood = slot.session == 1 ? "calm" : "low";
    }
    apply(ledger_, planned_);
  }

  // What the table says, which must be what the rows do.
  ShareCount count(const std::string& axis, const std::string& value) {
    Shares kept = read_shares(ledger_.database());
    EXPECT_EQ(kept, counted_shares(ledger_.database()));
    return kept.count(axis, value);
  }

  Planned planned_ = small_plan();
  Ledger ledger_{"", ToolSyntax::python};
};

TEST_F(ShareSums, CountWhatIsDrawn) {
  EXPECT_EQ(count("situation", "recall"), (ShareCount{3, 0, 0, 0}));
  EXPECT_EQ(count("mood", "calm"), (ShareCount{1, 0, 0, 0}));
  EXPECT_EQ(count("mood", "low"), (ShareCount{2, 0, 0, 0}));
}

TEST_F(ShareSums, CountAConversationForWhatWasPlayed) {
  Conversation first = small_conversation(planned_.slots[0]);
  Conversation second = small_conversation(planned_.slots[1]);
  second.situation = "plain";
  Conversation third = small_conversation(planned_.slots[2]);
  third.missed = true;
  for (const Conversation& saved : {first, second, third}) {
    apply(ledger_, AttemptBegun{{saved.slot.number, 1}, 1, 1, "mistral"});
    apply(ledger_, saved);
  }
  EXPECT_EQ(count("situation", "recall"), (ShareCount{0, 3, 1, 1}));
  EXPECT_EQ(count("situation", "plain"), (ShareCount{0, 0, 0, 1}));
  EXPECT_EQ(count("mood", "low"), (ShareCount{0, 2, 2, 2}));
}

TEST_F(ShareSums, CountWhatIsGivenUpAndWhatTakesItsPlace) {
  Slot fresh = planned_.slots[0];
  fresh.number = 4;
  fresh.storyline = 2;
  fresh.situation = "plain";
  apply(ledger_, AttemptBegun{{1, 1}, 1, 1, "mistral"});
  apply(ledger_, AttemptEnded{{1, 1}, "failed", "empty", "x", true, fresh});
  EXPECT_EQ(count("situation", "recall"), (ShareCount{2, 1, 0, 0}));
  EXPECT_EQ(count("situation", "plain"), (ShareCount{1, 0, 0, 0}));
}

TEST_F(ShareSums, ForgetWhatIsReplacedBeforeItBegan) {
  Slot fresh = planned_.slots[2];
  fresh.number = 4;
  fresh.storyline = 2;
  apply(ledger_, SlotsReplaced{{3}, {fresh}});
  EXPECT_EQ(count("situation", "recall"), (ShareCount{3, 0, 0, 0}));
}

TEST_F(ShareSums, TakeBackWhatIsToBeMadeAgain) {
  apply(ledger_, AttemptBegun{{1, 1}, 1, 1, "mistral"});
  apply(ledger_, small_conversation(planned_.slots[0]));
  EXPECT_EQ(count("situation", "recall"), (ShareCount{2, 1, 1, 1}));
  apply(ledger_, Superseded{{1}});
  EXPECT_EQ(count("situation", "recall"), (ShareCount{3, 0, 0, 0}));
}

TEST_F(ShareSums, ForgetWhatIsDropped) {
  apply(ledger_, AttemptBegun{{1, 1}, 1, 1, "mistral"});
  apply(ledger_, small_conversation(planned_.slots[0]));
  Slot fresh = planned_.slots[0];
  fresh.number = 4;
  fresh.storyline = 2;
  fresh.situation = "plain";
  apply(ledger_, TakenOut{{1}, {fresh}});
  EXPECT_EQ(count("situation", "recall"), (ShareCount{2, 0, 0, 0}));
  EXPECT_EQ(count("situation", "plain"), (ShareCount{1, 0, 0, 0}));
}

TEST_F(ShareSums, OpenWhatIsMadeAgain) {
  apply(ledger_, AttemptBegun{{1, 1}, 1, 1, "mistral"});
  apply(ledger_, small_conversation(planned_.slots[0]));
  apply(ledger_, TakenOut{{1}, {}});
  EXPECT_EQ(count("situation", "recall"), (ShareCount{3, 0, 0, 0}));
}

TEST_F(ShareSums, AreWhatDrawingGoesOnFrom) {
  LedgerReader reader(ledger_.database());
  PlanSoFar plan = reader.plan_so_far();
  EXPECT_EQ(plan.shares.count("situation", "recall").open, 3);
  ASSERT_EQ(plan.storylines.size(), 1u);
  EXPECT_EQ(plan.storylines[1].situations,
            (std::vector<std::string>{"recall", "recall", "recall"}));
  EXPECT_EQ(plan.storylines[1].last_start->minutes,
            planned_.slots[2].starts_at.minutes);
}

}  // namespace
}  // namespace simulate
