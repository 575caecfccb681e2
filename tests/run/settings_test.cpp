#include "simulator/run/settings.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

Json settings() {
  return *parse_json(R"({"target": 10, "seed": 1, "tool_syntax": "python",
      "mode": "real", "providers": ["mistral"], "rewrite": "turn",
      "models": {"mistral": {"tester": "a", "sampling": {"tester": 1}}},
      "prompts": {"tester.md": "x"}, "tools": ["f"], "personas": "h",
      "sessions": 3, "turns": "2-5"})");
}

TEST(Settings, AreTheSameWhenNothingChanged) {
  EXPECT_TRUE(compare_settings(settings(), settings()).empty());
  Json larger = settings();
  larger["target"] = 20;
  EXPECT_TRUE(compare_settings(settings(), larger).empty());
}

TEST(Settings, SayWhatEachChangeMeans) {
  struct Row {
    const char* pointer;
    Json value;
    Consequence consequence;
    const char* text;
  };
  const Row rows[] = {
      {"/seed", 2, Consequence::refused, "seed: 1 -> 2"},
      {"/tool_syntax", "json", Consequence::refused,
       "tool_syntax: python -> json"},
      {"/mode", "offline", Consequence::refused, "mode: real -> offline"},
      {"/rewrite", "off", Consequence::stops, "rewrite: turn -> off"},
      {"/prompts/tester.md", "y", Consequence::stops,
       "prompts tester.md: x -> y"},
      {"/prompts/tester.2.md", "y", Consequence::stops,
       "prompts tester.2.md: added"},
      {"/models/mistral/tester", "b", Consequence::stops,
       "models mistral tester: a -> b"},
      {"/models/mistral/sampling/tester", 0, Consequence::stops,
       "models mistral sampling tester: 1 -> 0"},
      {"/personas", "i", Consequence::next_wave, "personas: h -> i"},
      {"/turns", "1-1", Consequence::next_wave, "turns: 2-5 -> 1-1"},
      {"/providers/1", "together", Consequence::continues,
       "providers: [\"mistral\"] -> [\"mistral\",\"together\"]"},
  };
  for (const Row& row : rows) {
    Json now = settings();
    now[Json::json_pointer(row.pointer)] = row.value;
    auto changes = compare_settings(settings(), now);
    ASSERT_EQ(changes.size(), 1u) << row.pointer;
    EXPECT_EQ(changes[0].consequence, row.consequence) << row.pointer;
    EXPECT_EQ(changes[0].text, row.text);
  }
}

TEST(Settings, LetAnotherProviderJoin) {
  Json now = settings();
  now["models"]["together"]["tester"] = "c";
  EXPECT_TRUE(compare_settings(settings(), now).empty());
}

}  // namespace
}  // namespace simulate
