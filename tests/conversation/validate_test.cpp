#include "simulator/conversation/validate.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

Message says(Speaker speaker, const std::string& content) {
  Message message;
  message.speaker = speaker;
  message.content = content;
  return message;
}

Transcript good_transcript() {
  Transcript dialogue;
  dialogue.messages.push_back(says(Speaker::system, "s"));
  dialogue.messages.push_back(says(Speaker::tester, "hello"));
  Message call = says(Speaker::assistant, "");
  call.calls.push_back({"call00001", "recall_memories", Json::object()});
  dialogue.messages.push_back(call);
  Message result = says(Speaker::tool, "");
  result.result = {"call00001", "recall_memories", Json::object(), false};
  dialogue.messages.push_back(result);
  dialogue.messages.push_back(says(Speaker::assistant, "hi"));
  return dialogue;
}

TEST(Validate, PassesAConversationThatIsWhole) {
  EXPECT_EQ(transcript_fault(good_transcript()), "");
}

TEST(Validate, FindsWhatIsWrong) {
  auto broken = [](auto change) {
    Transcript dialogue = good_transcript();
    change(dialogue.messages);
    return transcript_fault(dialogue);
  };
  using Messages = std::vector<Message>;
  EXPECT_NE(broken([](Messages& m) { m.pop_back(); }), "");
  EXPECT_NE(broken([](Messages& m) { m.erase(m.begin()); }), "");
  EXPECT_NE(broken([](Messages& m) { m.erase(m.begin() + 3); }), "");
  EXPECT_NE(broken([](Messages& m) { m[3].result.call_id = "x"; }), "");
  EXPECT_NE(broken([](Messages& m) { m[1].content = " "; }), "");
  EXPECT_NE(broken([](Messages& m) { m[4].content = "<think>x"; }), "");
  EXPECT_NE(broken([](Messages& m) { m[4].thinking = "a</s>"; }), "");
  EXPECT_NE(broken([](Messages& m) { m.resize(1); }), "");
  EXPECT_NE(broken([](Messages& m) { m[4].content = "\xFF"; }), "");
  EXPECT_NE(broken([](Messages& m) {
              m.insert(m.begin() + 4, {m[2], m[3]});  // one id twice
            }),
            "");
}

}  // namespace
}  // namespace simulate
