#include "simulator/run/replay.h"
#include "tests/shipped.h"

#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "simulator/export/training_file.h"
#include "tests/run/virtual_run.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

struct Replayed {
  ReplayCounts counts;
  std::string bytes;
  std::vector<std::string> differences;
};

Replayed replay_of(LedgerReader& reader) {
  Replayed result;
  RecordStream stream(FileFormat::json, [&result](std::string_view text) {
    result.bytes += text;
  });
  Replay replay(
      reader, shipped_groups(),
      [&stream](const std::string& record) { stream.add(record); },
      [&result](const std::string& what) {
        result.differences.push_back(what);
      });
  result.counts = replay.run();
  stream.end();
  return result;
}

std::string exported(LedgerReader& reader) {
  std::string bytes;
  RecordStream stream(FileFormat::json,
                      [&bytes](std::string_view text) { bytes += text; });
  for (int64_t number = 1; number <= reader.records(); ++number) {
    stream.add(reader.render(number));
  }
  stream.end();
  return bytes;
}

// A server that answers nothing, is cut short, leaks tags or makes wrong calls
// now and then, so that there are corrections, failures and parked attempts.
class MessyServer {
 public:
  HttpResult operator()(const HttpRequest& request) {
    ++calls_;
    if (calls_ > 400) return status(402, "{\"error\":\"no credit\"}");
    std::string reply = canned_reply(*parse_json(request.body));
    if (calls_ % 7 == 0) reply = "";
    if (calls_ % 11 == 0) reply = "<think>hm</think>\n\n<|im_start|>";
    if (calls_ % 13 == 0) reply += "<tool_call>nonsense(</tool_call>";
    if (calls_ % 17 == 0)
      reply =
          "<tool_call>delete_memory(position=9)"
          "</tool_call>";
    HttpResult result = status(200, "");
    std::get<HttpResponse>(result).body = chat_completion(reply, "m");
    return result;
  }

 private:
  int calls_ = 0;
};

class ReplayTest : public testing::Test {
 protected:
  ReplayTest() {
    run_.add_server({"mistral", 0, Millis(200)}, MessyServer());
    run_.play(8);
  }

  void change(const std::string& sql) {
    ASSERT_GT(run_.database().exec(sql), 0) << sql;
  }

  VirtualRun run_{60};
};

TEST_F(ReplayTest, GivesTheSameBytesWithoutAnyModel) {
  Replayed replayed = replay_of(run_.reader());
  EXPECT_EQ(replayed.counts.different, 0) << replayed.differences.at(0);
  EXPECT_GT(replayed.counts.conversations, 10);
  EXPECT_GT(replayed.counts.other_attempts, 3)
      << "failed and parked ones are played as well";
  EXPECT_EQ(replayed.bytes, exported(run_.reader()));
}

TEST_F(ReplayTest, SaysWhichConversationWouldComeOutDifferently) {
  change(
      "UPDATE replies SET content = content || ' Indeed.', row_hash = NULL "
      "WHERE reply = "
      "(SELECT min(reply) FROM replies JOIN conversations USING (slot, "
      "attempt) WHERE role = 'assistant')");
  Replayed replayed = replay_of(run_.reader());
  ASSERT_EQ(replayed.counts.different, 1);
  EXPECT_NE(replayed.differences[0].find("differs from message"),
            std::string::npos)
      << replayed.differences[0];
}

TEST_F(ReplayTest, PlaysNothingThatIsNotWhatWasSaved) {
  change(
      "UPDATE replies SET input_tokens = input_tokens + 1 WHERE reply = "
      "(SELECT max(reply) FROM replies JOIN conversations USING (slot, "
      "attempt))");
  Replayed replayed = replay_of(run_.reader());
  EXPECT_EQ(replayed.counts.different, 1);
  EXPECT_NE(replayed.differences.at(0).find("is not what was saved"),
            std::string::npos);
}

TEST_F(ReplayTest, SeesAnotherExporterOrToolState) {
  change("UPDATE conversations SET record_hash = 'x' WHERE commit_no = 2");
  change(
      "UPDATE tool_states SET state = 'other' WHERE (storyline, session) = "
      "(SELECT storyline, max(session) FROM tool_states)");
  Replayed replayed = replay_of(run_.reader());
  EXPECT_GE(replayed.counts.different, 2);
}

// Although the replies, which are given in order, make the same record of it.
TEST_F(ReplayTest, SeesAQuestionThatWasNotAsked) {
  change(
      "UPDATE replies SET request = 'another', row_hash = NULL WHERE reply = "
      "(SELECT min(reply) FROM replies JOIN conversations USING (slot, "
      "attempt))");
  Replayed replayed = replay_of(run_.reader());
  ASSERT_EQ(replayed.counts.different, 1);
  EXPECT_NE(replayed.differences[0].find("asks another question for its reply"),
            std::string::npos)
      << replayed.differences[0];
  EXPECT_EQ(replayed.bytes, exported(run_.reader()));
}

TEST_F(ReplayTest, SeesAnotherReasonForAFailure) {
  change(
      "UPDATE attempts SET reason = 'y' WHERE status = 'failed' AND slot = "
      "(SELECT min(slot) FROM attempts WHERE status = 'failed')");
  EXPECT_GE(replay_of(run_.reader()).counts.different, 1);
}

// Recorded once, and recorded again only when what it holds is meant to
// change: scripts/record-sample.
TEST(ReplaySample, GivesTheRecordsThatWereRecorded) {
  Scratch scratch;
  std::filesystem::path folder = source("tests/run/recorded");
  {
    SQLite::Database database((scratch / "run.db").string(),
                              SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(read_file(folder / "run.sql"));
  }
  LedgerReader reader(scratch / "run.db");
  Replayed replayed = replay_of(reader);
  for (const std::string& what : replayed.differences) {
    ADD_FAILURE() << what;
  }
  EXPECT_EQ(replayed.bytes, read_file(folder / "run.json"));
}

}  // namespace
}  // namespace simulate
