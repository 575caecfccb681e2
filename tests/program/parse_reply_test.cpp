// simulate parse-reply, as one uses it: lines in, lines out.
#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"

namespace simulate {
namespace {

class ParseReply : public testing::Test {
 protected:
  std::vector<Json> answers(const std::string& lines, int status) {
    write_file(scratch_ / "replies.jsonl", lines, 0644);
    Program program(scratch_);
    Ended ended = program.run({"parse-reply", "replies.jsonl"});
    EXPECT_EQ(ended.status, status) << ended.err;
    std::vector<Json> answers;
    for (const std::string& line : split(ended.out, '\n')) {
      if (!line.empty()) answers.push_back(parse_json(line).value_or(Json()));
    }
    return answers;
  }

  Scratch scratch_;
};

TEST_F(ParseReply, SaysWhatWasUnderstood) {
  auto all = answers(
      R"({"id": 7, "text": "<think>hm</think><tool_call>f(a=1</tool_call>Ok"})",
      0);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(to_text(all[0]),
            R"({"id":7,"thinking":"hm","content":"Ok","tool_calls":[)"
            R"({"name":"f","arguments":{"a":1}}],"faults":[],)"
            R"("repairs":["a missing closing bracket"]})");
}

TEST_F(ParseReply, KnowsTheShippedToolsUnlessALineBringsItsOwn) {
  auto all = answers(
      "{\"text\": \"recall_memories()\"}\n"
      "{\"text\": \"recall_memories()\", \"tools\": []}\n\n"
      "{\"text\": \"t()\", \"tools\": [{\"type\": \"function\", \"function\": "
      "{\"name\": \"t\"}}]}\n",
      0);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0]["tool_calls"].size(), 1u);
  EXPECT_EQ(all[1]["tool_calls"].size(), 0u);
  EXPECT_EQ(all[1]["content"], "recall_memories()");
  EXPECT_EQ(all[2]["tool_calls"].size(), 1u);
}

TEST_F(ParseReply, IsNotMisledByAFolderOfTheSameName) {
  std::filesystem::create_directory(scratch_ / "tools");
  write_file(scratch_ / "tools" / "hammer.txt", "x", 0644);
  auto all = answers("{\"text\": \"recall_memories()\"}\n", 0);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0]["tool_calls"].size(), 1u);
}

TEST_F(ParseReply, NamesALineThatItCannotReadAndGoesOn) {
  auto all = answers("oops\n{\"text\": \"hi\"}\n", 2);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_TRUE(contains(all[0]["error"].get<std::string>(), "line 1: "));
  EXPECT_EQ(all[1]["content"], "hi");
}

}  // namespace
}  // namespace simulate
