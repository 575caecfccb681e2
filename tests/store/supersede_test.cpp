#include "simulator/store/supersede.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/rebuild.h"
#include "tests/scratch.h"
#include "tests/store/small_ledger.h"

namespace simulate {
namespace {

// Two storylines of three sessions; who was kept in which version is given by
// the tests.
class Supersede : public testing::Test {
 protected:
  Supersede() {
    Planned planned = small_plan();
    planned.opened->personas.push_back(planned.opened->personas[0]);
    draw_lengths(*planned.opened);
    planned.slots.clear();
    for (int64_t place = 1; place <= 6; ++place) {
      planned.slots.push_back(plain_slot(*planned.opened, place, place));
    }
    slots_ = planned.slots;
    apply(ledger_, planned);
    for (int64_t version : {1, 2}) {
      VersionBegun begun;
      begun.version = version;
      begun.settings = "{\"n\": " + std::to_string(version) + "}";
      apply(ledger_, begun);
    }
  }

  // Slots 1, 3, 5 are storyline 1; 2, 4, 6 are storyline 2.
  void keep(int64_t slot, int64_t version, int attempt = 1) {
    const Slot& planned = slots_[static_cast<size_t>(slot - 1)];
    apply(ledger_,
          AttemptBegun{{slot, attempt}, version, planned.storyline, "mistral"});
    apply(ledger_, small_reply({slot, attempt}, 0));
    Conversation dialogue = small_conversation(planned);
    dialogue.attempt = attempt;
    apply(ledger_, dialogue);
  }

  void supersede(std::vector<int64_t> versions) {
    apply(ledger_, Superseded{std::move(versions)});
  }

  std::vector<int64_t> kept_slots() {
    std::vector<int64_t> slots;
    for (int64_t number = 1; number <= reader_.records(); ++number) {
      slots.push_back(reader_.conversation(number).slot.number);
    }
    return slots;
  }

  Scratch scratch_;
  std::filesystem::path file_ = scratch_ / "r.json";
  Ledger ledger_{scratch_ / "r.db", ToolSyntax::python};
  LedgerReader reader_{scratch_ / "r.db"};
  std::vector<Slot> slots_;
};

TEST_F(Supersede, TakesBackWhatAVersionMadeAndWhatRemembersIt) {
  keep(1, 1);
  keep(2, 2);
  keep(3, 2);  // remembers slot 1
  keep(4, 2);
  EXPECT_EQ(would_supersede(ledger_.database(), {1}).conversations, 2);
  supersede({1});
  EXPECT_EQ(kept_slots(), (std::vector<int64_t>{2, 4}));
  EXPECT_EQ(reader_.counters().kept, 2);
  int64_t bytes = reader_.known_record(1).bytes + reader_.known_record(2).bytes;
  EXPECT_EQ(reader_.counters().record_bytes, bytes);
}

TEST_F(Supersede, OpensTheSlotsForANextAttemptAndKeepsTheReplies) {
  keep(1, 1);
  supersede({1});
  std::vector<OpenSlot> open = reader_.open_slots();
  ASSERT_EQ(open.size(), 6u);
  EXPECT_EQ(open[0].slot.number, 1);
  EXPECT_EQ(open[0].attempt, 2);
  EXPECT_EQ(reader_.replies({1, 1}).size(), 1u);
  EXPECT_EQ(reader_.attempts_after({0, 0}, 10)[0].status, "superseded");
  EXPECT_EQ(reader_.state_before(1, 2).text, "");
  keep(1, 2, 2);
  EXPECT_EQ(kept_slots(), std::vector<int64_t>{1});
}

TEST_F(Supersede, LeavesEarlierSessionsAlone) {
  keep(1, 2);
  keep(3, 1);
  supersede({1});
  EXPECT_EQ(kept_slots(), std::vector<int64_t>{1});
  EXPECT_EQ(reader_.state_before(1, 2).text, "state after 1");
  EXPECT_EQ(reader_.provider_of(1), "mistral");
}

TEST_F(Supersede, TakesBackWhatAVersionBegan) {
  keep(1, 1);
  apply(ledger_, AttemptBegun{{2, 1}, 1, 2, "mistral"});
  apply(ledger_, small_reply({2, 1}, 0));
  apply(ledger_, AttemptEnded{{2, 1}, "parked", "x", "y", false, {}});
  TakenBack made = would_supersede(ledger_.database(), {1});
  EXPECT_EQ(made.conversations, 1);
  EXPECT_EQ(made.begun, 1);
  supersede({1});
  EXPECT_EQ(reader_.open_slots()[1].attempt, 2);
  EXPECT_EQ(reader_.unfinished_attempts("parked"), 0);
  EXPECT_EQ(reader_.counters().kept, 0);
  int64_t replies = 0;
  for (const UsageRow& row : reader_.usage()) replies += row.replies;
  EXPECT_EQ(replies, 2) << "what was bought is counted";
}

TEST_F(Supersede, IsNothingWhenNoVersionMatches) {
  keep(1, 2);
  EXPECT_EQ(would_supersede(ledger_.database(), {}).conversations, 0);
  EXPECT_EQ(would_supersede(ledger_.database(), {1}).conversations, 0);
  supersede({1});
  EXPECT_EQ(kept_slots(), std::vector<int64_t>{1});
  EXPECT_FALSE(needs_rebuild(reader_));
}

TEST_F(Supersede, LeavesAFileThatIsRebuiltWhole) {
  TrainingFile file(file_);
  file.reconcile(reader_);
  for (int64_t slot : {1, 2, 3, 4}) {
    keep(slot, slot == 2 ? 1 : 2);
    file.append({reader_.render(reader_.records())});
  }
  supersede({1});
  ASSERT_TRUE(needs_rebuild(reader_));
  rebuild_training_file(ledger_, reader_, file_);
  EXPECT_FALSE(needs_rebuild(reader_));
  EXPECT_EQ(TrainingFile(file_).reconcile(reader_), "") << "nothing to mend";
  EXPECT_EQ(parse_json(read_file(file_))->size(), 2u);
}

TEST_F(Supersede, RebuildsWhatAnOlderRendererWrote) {
  TrainingFile file(file_);
  file.reconcile(reader_);
  keep(1, 1);
  keep(2, 1);
  file.append({reader_.render(1), reader_.render(2)});
  std::string before = read_file(file_);
  ledger_.database().exec(
      "UPDATE conversations SET record_version = 0, record_hash = 'old'");
  ASSERT_TRUE(needs_rebuild(reader_));
  rebuild_training_file(ledger_, reader_, file_);
  EXPECT_FALSE(needs_rebuild(reader_));
  EXPECT_EQ(read_file(file_), before);
  EXPECT_EQ(reader_.known_record(2).hash, content_hash(reader_.render(2)));
}

}  // namespace
}  // namespace simulate
