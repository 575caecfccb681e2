#include "simulator/export/record.h"

#include <gtest/gtest.h>

#include "simulator/base/hash.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/export/show.h"

namespace simulate {
namespace {

Conversation talk_with_a_call() {
  Conversation dialogue;
  dialogue.slot.number = 7;
  dialogue.slot.persona = "Bo";
  dialogue.slot.session = 2;
  dialogue.slot.situation = "ordinary";
  auto& messages = dialogue.transcript.messages;
  messages.resize(5);
  messages[0].speaker = Speaker::system;
  messages[0].content = "You are Ada.";
  messages[1].content = "hi \x1b[31m";
  messages[2].speaker = Speaker::assistant;
  messages[2].thinking = "I look.";
  messages[2].original_thinking = "Hm.";
  messages[2].calls.push_back(
      {"call00001", "add_memory", Json{{"input_text", {"a</tool_call>b"}}}});
  messages[2].train = false;
  messages[3].speaker = Speaker::tool;
  messages[3].result = {"call00001", "add_memory", Json{{"total", 1}}, false};
  messages[4].speaker = Speaker::assistant;
  messages[4].content = "Done.";
  messages[4].train = true;
  return dialogue;
}

// The bytes that a conversation gives, by the version of the record.
TEST(Record, HasAVersionThatRisesWithItsBytes) {
  constexpr int kGoldenVersion = 3;
  constexpr const char* kGoldenHash = "a73684530e70bac4";
  std::string bytes = render_record(talk_with_a_call(), ToolSyntax::python) +
                      render_record(talk_with_a_call(), ToolSyntax::json);
  EXPECT_EQ(short_hash(bytes), kGoldenHash)
      << "The same conversation gives another record. When that is meant, "
         "raise kRecordVersion, so that the training files of runs that exist "
         "are written anew, and write its number and this hash here.";
  EXPECT_EQ(kGoldenVersion, kRecordVersion)
      << "kRecordVersion has risen: write it here, with the hash";
}

TEST(Record, HasTheDocumentedShape) {
  Json record =
      *parse_json(render_record(talk_with_a_call(), ToolSyntax::python));
  EXPECT_EQ(record["id"], "conv_000007");
  std::string roles;
  for (const Json& message : record["conversations"]) {
    roles += message["role"].get<std::string>() + " ";
    EXPECT_EQ(message.size(), 3u);
  }
  EXPECT_EQ(roles, "system user assistant tool assistant ");
  EXPECT_EQ(record["conversations"][3]["content"],
            "<tool_result>{\"total\":1}</tool_result>");
  std::string keys;
  for (const auto& [key, value] : record["metadata"].items()) {
    keys += key + " ";
    EXPECT_TRUE(value.is_primitive()) << key << " is not flat";
  }
  EXPECT_EQ(
      keys,
      "record_version persona language storyline session date situation "
      "took_place about topic mood style typing opening purpose "
      "tester_variant assistant_variant tools "
      "assistant tester rewriter prompts seed ending turns tool_calls "
      "tool_errors tool_failures corrections guards blemishes thoughts "
      "thoughts_rewritten thoughts_refused calls input_tokens output_tokens "
      "repeated_tokens trained_tokens examples ");
}

TEST(Record, TrainsOnlyOnWhatIsWorthImitating) {
  Json record =
      *parse_json(render_record(talk_with_a_call(), ToolSyntax::python));
  std::string train;
  for (const Json& message : record["conversations"]) {
    train += message["train"].get<bool>() ? '1' : '0';
  }
  EXPECT_EQ(train, "00001");
}

TEST(Record, ReadsBackWithOurOwnParserInEitherSyntax) {
  for (ToolSyntax syntax : {ToolSyntax::python, ToolSyntax::json}) {
    Json record = *parse_json(render_record(talk_with_a_call(), syntax));
    std::string text = record["conversations"][2]["content"];
    ParsedReply parsed = parse_reply(text);
    EXPECT_EQ(parsed.thinking, "I look.");
    ASSERT_EQ(parsed.calls.size(), 1u) << text;
    EXPECT_EQ(parsed.calls[0].arguments["input_text"][0], "a</tool_call>b");
    EXPECT_TRUE(parsed.faults.empty());
  }
}

TEST(Record, IsTheSameBytesEveryTime) {
  EXPECT_EQ(render_record(talk_with_a_call(), ToolSyntax::python),
            render_record(talk_with_a_call(), ToolSyntax::python));
}

TEST(Show, SendsNoControlCharactersToTheTerminal) {
  std::string page = show_conversation(talk_with_a_call(), {}).text();
  EXPECT_EQ(page.find('\x1b'), std::string::npos);
  EXPECT_NE(page.find("Ada: Done."), std::string::npos);
  EXPECT_NE(page.find("-> add_memory("), std::string::npos);
}

}  // namespace
}  // namespace simulate
