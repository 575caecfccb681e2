#include "simulator/store/job_rows.h"

#include <gtest/gtest.h>

#include "simulator/store/ledger.h"

namespace simulate {
namespace {

class JobRows : public ::testing::Test {
 protected:
  void apply(Change change) {
    std::vector<Change*> changes = {&change};
    ledger_.apply(changes, /*durable=*/false);
  }

  Ledger ledger_{"", ToolSyntax::python};
  LedgerReader reader_{ledger_.database()};
};

ItemReply reply_to(int64_t item, int seq, const std::string& content) {
  ItemReply reply;
  reply.reply.key = {item, 1};
  reply.reply.seq = seq;
  reply.reply.role = Role::judge;
  reply.reply.reply.content = content;
  reply.reply.reply.player = {"mistral", "large"};
  reply.reply.reply.usage = {10, 2};
  return reply;
}

TEST_F(JobRows, FindAJobByWhatItAsks) {
  apply(JobRow{1, "judge", "{\"rubric\":\"a\"}"});
  apply(JobRow{2, "judge", "{\"rubric\":\"b\"}"});
  EXPECT_EQ(reader_.job_of("judge", "{\"rubric\":\"b\"}"), 2);
  EXPECT_EQ(reader_.job_of("judge", "{}"), 0);
  EXPECT_EQ(reader_.highest_job(), 2);
  EXPECT_EQ(reader_.jobs("judge").front().job, 2);
}

TEST_F(JobRows, KeepAnItemUnderItsName) {
  apply(JobRow{1, "judge", "{}"});
  apply(ItemRow{1, 1, "7/1"});
  EXPECT_EQ(reader_.item(1, "7/1")->status, "open");
  apply(ItemRow{1, 1, "7/1", "done", "", {{"good", true}}});
  ItemRow item = *reader_.item(1, "7/1");
  EXPECT_EQ(item.status, "done");
  EXPECT_EQ(to_text(item.result), "{\"good\":true}");
  EXPECT_FALSE(reader_.item(1, "7/2"));
  EXPECT_EQ(reader_.items_after(1, 0, 10).size(), 1u);
  EXPECT_EQ(reader_.items_after(1, 1, 10).size(), 0u);
}

TEST_F(JobRows, KeepRepliesByItem) {
  apply(JobRow{1, "judge", "{}"});
  apply(reply_to(1, 0, "first"));
  apply(reply_to(2, 0, "of another"));
  apply(reply_to(1, 1, "second"));
  std::vector<RecordedReply> replies = reader_.item_replies(1);
  ASSERT_EQ(replies.size(), 2u);
  EXPECT_EQ(replies[0].reply.content, "first");
  EXPECT_EQ(replies[1].reply.content, "second");
  EXPECT_EQ(replies[1].role, Role::judge);
  ASSERT_EQ(reader_.job_usage().size(), 1u);
  EXPECT_EQ(reader_.job_usage()[0].usage.input_tokens, 30);
}

TEST_F(JobRows, DoNotUseWhatWasDamaged) {
  apply(JobRow{1, "judge", "{}"});
  apply(ItemRow{1, 1, "7/1", "done", "", {{"good", true}}});
  apply(reply_to(1, 0, "first"));
  ledger_.database().exec("UPDATE items SET result = '{\"good\":false}'");
  ledger_.database().exec("UPDATE item_replies SET content = 'other'");
  EXPECT_THROW(reader_.item(1, "7/1"), DamagedRow);
  EXPECT_THROW(reader_.item_replies(1), DamagedRow);
}

}  // namespace
}  // namespace simulate
