#include "simulator/conversation/watcher.h"

#include <gtest/gtest.h>

#include "tests/conversation/stage.h"

namespace simulate {
namespace {

class Notebook : public Watcher {
 public:
  void added(const Message& message) override {
    lines.push_back(std::string(speaker_name(message.speaker)) + ": " +
                    message.content);
    for (const ToolCall& call : message.calls) lines.back() += call.name;
  }

  void rejected(Role role, const ChatReply& reply,
                const Rejection& why) override {
    lines.push_back(std::string("rejected ") + role_name(role) + ": " +
                    why.reason + ", \"" + reply.content + "\"");
  }

  void heard(Role role, std::string_view piece) override {
    text += std::string(role_name(role)) + " " + std::string(piece) + "\n";
  }

  std::vector<std::string> lines;
  std::string text;
};

TEST(Watcher, IsToldEachMessageCallAndRejectionAsItComes) {
  Stage stage;
  stage.lines[Role::assistant] = {
      "", "<tool_call>recall_memories()</tool_call>", "I know nothing yet."};
  Notebook notebook;
  Conversation made = stage.play(&notebook);
  ASSERT_EQ(notebook.lines.size(), 6u);
  EXPECT_TRUE(notebook.lines[0].starts_with("system: "));
  EXPECT_EQ(notebook.lines[1], "tester: hello");
  EXPECT_EQ(notebook.lines[2], "rejected assistant: empty_reply, \"\"");
  EXPECT_EQ(notebook.lines[3], "assistant: recall_memories");
  EXPECT_EQ(notebook.lines[4], "tool: ");
  EXPECT_EQ(notebook.lines[5], "assistant: I know nothing yet.");
  EXPECT_EQ(made.transcript.messages.size(), 5u);
}

TEST(Watcher, HearsTheTextOfEveryReplyBeforeItIsJudged) {
  Stage stage;
  stage.lines[Role::assistant] = {"", "I know nothing yet."};
  Notebook notebook;
  stage.play(&notebook);
  EXPECT_EQ(notebook.text,
            "tester hello\nassistant \nassistant I know nothing yet.\n");
}

}  // namespace
}  // namespace simulate
