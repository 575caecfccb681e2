#include "simulator/settings/settings.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/settings/line_difference.h"
#include "simulator/settings/stored_settings.h"

namespace simulate {
namespace {

Settings settings() {
  Settings made;
  made.target = 10;
  made.seed = 1;
  made.providers = {"mistral"};
  made.conversation.rewrite = Rewrite::turn;
  made.models["mistral"][Role::tester] = {"a", 1.0, 100};
  made.models["mistral"][Role::assistant] = {"a", 1.0, 100};
  made.models["mistral"][Role::rewriter] = {"a", 1.0, 100};
  made.prompts.set("tester.md", "x");
  made.tool_texts.emplace().set("watch", "f");
  made.tool_texts->set("diary", "g");
  made.persona_texts = "h";
  made.conduct = 1;
  return made;
}

TEST(Settings, AreTheSameWhenNothingChanged) {
  EXPECT_TRUE(compare_settings(settings(), settings()).empty());
}

TEST(Settings, SayWhatEachChangeMeans) {
  struct Row {
    std::function<void(Settings&)> change;
    Consequence consequence;
    const char* text;
  };
  const Row rows[] = {
      {[](Settings& s) { s.target = 20; }, Consequence::continues,
       "target: 10 -> 20"},
      {[](Settings& s) { s.seed = 2; }, Consequence::refused, "seed: 1 -> 2"},
      {[](Settings& s) { s.conversation.tool_syntax = ToolSyntax::json; },
       Consequence::refused, "tool_syntax: python -> json"},
      {[](Settings& s) { s.conversation.scripted = true; },
       Consequence::refused, "mode: real -> offline"},
      {[](Settings& s) { s.conversation.rewrite = Rewrite::off; },
       Consequence::stops, "rewrite: turn -> off"},
      {[](Settings& s) { s.conversation.tool_failures = 0.05; },
       Consequence::stops, "tool_failures: 0 -> 0.05"},
      {[](Settings& s) { s.conversation.assistant_name = "Robin"; },
       Consequence::stops, "assistant: Ada -> Robin"},
      {[](Settings& s) { s.conversation.cast[Role::tester] = {{"box"}}; },
       Consequence::stops, "cast tester: nobody in particular -> box"},
      {[](Settings& s) { s.prompts.set("tester.md", "y"); }, Consequence::stops,
       "prompts tester.md: x -> y"},
      {[](Settings& s) { s.prompts.set("tester.2.md", "y"); },
       Consequence::stops, "prompts tester.2.md: added"},
      {[](Settings& s) { s.tool_texts->remove("watch"); }, Consequence::stops,
       "tools watch: removed"},
      {[](Settings& s) { s.models["mistral"][Role::tester].model = "b"; },
       Consequence::stops, "models mistral tester: a -> b"},
      {[](Settings& s) { s.models["mistral"][Role::tester].temperature = 0; },
       Consequence::stops, "models mistral tester temperature: 1 -> 0"},
      {[](Settings& s) { s.persona_texts = "i"; }, Consequence::next_wave,
       "personas: h -> i"},
      {[](Settings& s) {
         s.turns = {1, 1};
       },
       Consequence::next_wave, "turns: 1-12 -> 1-1"},
      {[](Settings& s) { s.providers.push_back("together"); },
       Consequence::continues, "providers: mistral -> mistral,together"},
      {[](Settings& s) { s.conduct = 2; }, Consequence::continues,
       "conduct: 1 -> 2"},
  };
  for (const Row& row : rows) {
    Settings now = settings();
    row.change(now);
    auto changes = compare_settings(settings(), now);
    ASSERT_EQ(changes.size(), 1u) << row.text;
    EXPECT_EQ(changes[0].consequence, row.consequence) << row.text;
    EXPECT_EQ(changes[0].text, row.text);
  }
}

TEST(Settings, LetAnotherProviderJoin) {
  Settings now = settings();
  now.models["together"][Role::tester] = {"c", 1, 1};
  EXPECT_TRUE(compare_settings(settings(), now).empty());
}

TEST(Settings, ComeBackFromTheLedgerAsTheyWere) {
  Json stored = stored_settings(settings());
  Settings back = restored_settings(stored);
  EXPECT_TRUE(compare_settings(settings(), back).empty());
  EXPECT_EQ(to_text(stored_settings(back)), to_text(stored));
  EXPECT_EQ(back.tool_texts->begin()->first, "watch")
      << "tools are offered in their order";
}

// As version 1 of the ledger kept them.
TEST(Settings, OfOlderLedgersMeanWhatTheyMeantThen) {
  Settings old = restored_settings(*parse_json(
      R"({"target": 6, "seed": 7, "tool_syntax": "json", "mode": "offline",
          "rewrite": "off", "sessions": 2, "turns": "1-3",
          "tools": ["add_memory", "recall_memories"]})"));
  EXPECT_EQ(old.target, 6);
  EXPECT_EQ(old.seed, 7u);
  EXPECT_TRUE(old.conversation.scripted);
  EXPECT_EQ(old.conversation.tool_syntax, ToolSyntax::json);
  EXPECT_EQ(old.conversation.rewrite, Rewrite::off);
  EXPECT_EQ(old.conversation.tool_failures, 0);
  EXPECT_EQ(old.conversation.assistant_name, "Ada");
  EXPECT_EQ(old.turns, (CountRange{1, 3}));
  EXPECT_FALSE(old.tool_texts) << "the tools that ship";
  EXPECT_EQ(old.conduct, 1);
}

TEST(Settings, KnowNothingOfARoleThatWasNotPlayedThen) {
  Settings old = restored_settings(*parse_json(
      R"({"models": {"mistral": {"tester": "a", "assistant": "b"}}})"));
  EXPECT_EQ(old.models.at("mistral").at(Role::assistant).model, "b");
  EXPECT_EQ(old.models.at("mistral").count(Role::rewriter), 0u);
}

TEST(Settings, OfAnotherTypeAreRefused) {
  for (const char* stored :
       {R"({"target": "many"})", R"({"turns": "many"})", R"({"models": []})",
        R"({"prompts": {"tester.md": 1}})", R"({"mode": "both"})",
        R"({"cast": {"tester": "box"}})", R"(["target"])"}) {
    EXPECT_THROW(restored_settings(*parse_json(stored)), BadUsage) << stored;
  }
}

TEST(Settings, HaveARowEachThatSaysWhatItIs) {
  std::set<std::pair<std::string, Command>> taken;
  std::set<std::string> keys;
  for (const Setting& setting : all_settings()) {
    EXPECT_FALSE(setting.help.empty()) << setting.name;
    EXPECT_FALSE(setting.help.ends_with('.')) << setting.name;
    bool typed = setting.written != Written::nowhere;
    EXPECT_EQ(typed, setting.read != nullptr) << setting.name;
    if (!setting.content.empty()) {
      EXPECT_NE(setting.consequence(), Consequence::for_this_start)
          << setting.name << " names content that nobody keeps";
    }
    EXPECT_EQ(typed, !setting.commands.empty()) << setting.name;
    EXPECT_EQ(setting.is_kept(),
              setting.stored && setting.restore && setting.compare)
        << setting.name;
    for (Command command : setting.commands) {
      EXPECT_TRUE(taken.insert({setting.name, command}).second) << setting.name;
    }
    if (!setting.is_kept()) continue;
    EXPECT_TRUE(keys.insert(setting.key()).second) << setting.name;
  }
}

TEST(LineDifference, ShowsTheLinesThatDiffer) {
  EXPECT_EQ(line_difference("a\nb\nc", "a\nB\nc", 5), "- b\n+ B");
  EXPECT_EQ(line_difference("a", "a\nb", 5), "+ b");
  EXPECT_EQ(line_difference("a\nb\nc", "d", 1), "- a\n- (2 more lines)\n+ d");
}

TEST(LineDifference, ShowsWhereLongLinesDiffer) {
  std::string same(300, 'x');
  std::string shown = line_difference(same + "old", same + "new", 5);
  EXPECT_TRUE(contains(shown, "old")) << shown;
  EXPECT_TRUE(contains(shown, "new")) << shown;
  EXPECT_LT(shown.size(), 200u);
  std::string letters;
  for (int i = 0; i < 100; ++i) letters += "\u00e9";
  EXPECT_TRUE(is_utf8(line_difference(letters + "a", letters + "b", 5)));
}

}  // namespace
}  // namespace simulate
