#include "simulator/conversation/checks.h"

#include <gtest/gtest.h>

#include "simulator/calls/special_tokens.h"
#include "simulator/conversation/rewriter.h"
#include "simulator/conversation/validate.h"

namespace simulate {
namespace {

TEST(Checks, FindSpecialTokensAndNothingElse) {
  for (const char* bad :
       {"hi <|im_start|>", "[INST] x", "x</s>", "<|eot_id|>", "<<SYS>>",
        "<start_of_turn>user", "<｜end▁of▁sentence｜>", "[TOOL_CALLS]"}) {
    EXPECT_TRUE(has_special_tokens(bad)) << bad;
  }
  for (const char* good : {"a < b | c > d", "see [1] and [INSTEAD]", "<3 you",
                           "price <s", "x || y"}) {
    EXPECT_FALSE(has_special_tokens(good)) << good;
  }
}

TEST(Checks, CutMarkupOutOfAThought) {
  EXPECT_EQ(without_markup("I emit <tool_call> now</s>"), "I emit  now");
  EXPECT_EQ(without_markup("<th<think>ink>x"), "x");
  EXPECT_EQ(without_markup("2 < 3"), "2 < 3");
}

TEST(Checks, FindATesterWhoPlaysTheAssistant) {
  for (const char* bad :
       {"How can I help you today?", "As an AI, I", "Ada: hello",
        "Is there anything else I can help with?"}) {
    EXPECT_TRUE(sounds_like_an_assistant(bad)) << bad;
  }
  for (const char* good : {"can you help me with my taxes",
                           "hi Ada: quick question", "my aide said so"}) {
    EXPECT_FALSE(sounds_like_an_assistant(good)) << good;
  }
}

TEST(Checks, FindWhoWritesSomebodysLines) {
  for (const char* bad :
       {"Sure.\nUser: and then?", "Assistant: Hello", "**Human:** hi",
        "> USER: x", "Ada: I am here", "__Assistant__ : yes", "## User:\nhi"}) {
    EXPECT_TRUE(names_a_speaker(bad)) << bad;
  }
  for (const char* good :
       {"The user: a person", "Users: 12", "user: root", "- System: Linux",
        "hi Ada: quick question", "```\nUser: root\n```\nThat is it.",
        "Human rights: a list"}) {
    EXPECT_FALSE(names_a_speaker(good)) << good;
  }
}

TEST(Checks, FindSentencesOfThePromptButNotThePersonasOwn) {
  LeakDetector leaks;
  leaks.learn(
      "Write only the next message, the way it would be typed on a "
      "phone. You are {{persona.name}}, {{persona.facts}} and so on.");
  EXPECT_TRUE(leaks.leaks(
      "Sure! I write only the next message the way it would be typed."));
  EXPECT_FALSE(leaks.leaks("I write only what comes to mind, on my phone."));
  EXPECT_FALSE(
      leaks.leaks("My sister Nora is getting married in June and so "
                  "on, it is a long story."));
}

TEST(Rewriter, KeepsWhatARewriteMustNotChange) {
  static const std::string endless(400, 'x');
  struct Row {
    const char* original;
    const char* rewritten;
    bool good;
  };
  const Row rows[] = {
      {"Okay, so Nora called at 9. I recall_memories first.",
       "It was at 9 that Nora called, so recall_memories comes first.", true},
      {"She has 2 cats.", "She has cats.", false},
      {"She has 2 cats.", "She has 3 cats.", false},
      {"I wonder what Nora wants.", "I wonder what she wants.", false},
      {"I wonder what she wants.", "I wonder what Nora wants.", false},
      {"I could use add_memory here.", "I could store this.", false},
      {"I think.", "", false},
      {"I think.", "I think. <tool_call>f()</tool_call>", false},
      {"I think.", endless.c_str(), false},
      {"They mean Tuesday, I guess. Let me look.",
       "I guess they mean Tuesday, so I look.", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(rewrite_fault(row.original, row.rewritten).empty(), row.good)
        << row.original << " -> " << row.rewritten << ": "
        << rewrite_fault(row.original, row.rewritten);
  }
}

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

TEST(LeakDetector, FindsARowThatIsTheWholeText) {
  LeakDetector detector;
  detector.learn("one two three four five six seven eight");
  EXPECT_TRUE(detector.leaks("one two three four five six seven eight"));
  EXPECT_FALSE(detector.leaks("two three four five six seven eight"));
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
