#include "tools/planned_failures.h"

#include <gtest/gtest.h>

#include <map>

#include "simulator/base/text.h"
#include "tests/shipped.h"
#include "tools/fake_servers.h"
#include "tools/toolbox.h"

namespace simulate {
namespace {

const ToolDefinition& tool_named(const std::vector<ToolGroup>& groups,
                                 const std::string& name) {
  for (const ToolGroup& group : groups) {
    for (const ToolDefinition& tool : group.tools) {
      if (tool.spec.name == name) return tool;
    }
  }
  throw std::logic_error("no tool " + name);
}

TEST(PlannedFailures, FailTheShareThatIsAskedFor) {
  auto groups = shipped_groups();
  const ToolDefinition& add = tool_named(groups, "add_memory");
  const ToolDefinition& watch = tool_named(groups, "check_watch");
  PlannedFailures failures(0.1, 7);
  int failed = 0;
  for (int i = 0; i < 20'000; ++i) {
    failed += failures.next(i % 2 ? add : watch).has_value();
  }
  EXPECT_GT(failed, 1'800);
  EXPECT_LT(failed, 2'200);
}

TEST(PlannedFailures, AreTheSameForTheSameSeed) {
  auto groups = shipped_groups();
  const ToolDefinition& tool = tool_named(groups, "add_memory");
  PlannedFailures one(0.3, 7), same(0.3, 7), other(0.3, 8);
  int differ = 0;
  for (int i = 0; i < 200; ++i) {
    auto failure = one.next(tool);
    EXPECT_EQ(failure, same.next(tool));
    differ += failure != other.next(tool);
  }
  EXPECT_GT(differ, 0);
}

TEST(PlannedFailures, LetASecondTryThrough) {
  auto groups = shipped_groups();
  const ToolDefinition& tool = tool_named(groups, "add_memory");
  PlannedFailures failures(1, 7);
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(failures.next(tool));
    EXPECT_FALSE(failures.next(tool));
  }
}

TEST(PlannedFailures, SayWhatCanHappenToSuchATool) {
  auto groups = shipped_groups({"memory", "watch"});
  const std::map<std::string, std::vector<std::string>> kMay = {
      {"add_memory", {"busy", "no room"}},
      {"delete_memory", {"busy", "not to be found"}},
      {"check_watch", {"busy"}}};
  for (const auto& [name, words] : kMay) {
    std::map<std::string, int> seen;
    for (uint64_t seed = 0; seed < 60; ++seed) {
      PlannedFailures failures(1, seed);
      std::string text = failures.next(tool_named(groups, name)).value();
      EXPECT_TRUE(contains(text, "at the moment")) << text;
      for (const std::string& word : words) seen[word] += contains(text, word);
    }
    int all = 0;
    for (const std::string& word : words) {
      EXPECT_GT(seen[word], 0) << name << " " << word;
      all += seen[word];
    }
    EXPECT_EQ(all, 60) << name;
  }
}

TEST(PlannedFailures, ChangeNothingAndSpareWrongCalls) {
  Toolbox toolbox(shipped_groups());
  PlannedFailures failures(1, 7);
  std::vector<ToolCall> calls = {
      {"1", "add_memory", *parse_json(R"({"input_text": ["tea"]})")},
      {"2", "add_memory", *parse_json(R"({"input": 1})")}};
  Toolbox::Round round = toolbox.run({}, calls, {{0}, "", &failures});
  EXPECT_TRUE(round.results[0].error);
  EXPECT_TRUE(round.results[0].planned);
  EXPECT_TRUE(round.results[1].error);
  EXPECT_FALSE(round.results[1].planned) << "it is wrong by itself";
  EXPECT_EQ(round.state.text, "");
}

TEST(PlannedFailures, AreOfToolsOfServersToo) {
  Toolbox toolbox({FakeServers::group()});
  PlannedFailures failures(1, 7);
  std::vector<ToolCall> calls = {
      {"1", "note", *parse_json(R"({"text": "tea"})")}};
  Toolbox::Round round = toolbox.run({}, calls, {{0}, "", &failures});
  EXPECT_TRUE(round.served.empty()) << "no server is asked";
  EXPECT_TRUE(round.results[0].error);
  EXPECT_TRUE(round.results[0].planned);
}

TEST(PlannedFailures, SpareACallThatTheToolRefusesItself) {
  Toolbox toolbox(shipped_groups());
  PlannedFailures failures(1, 7);
  std::vector<ToolCall> calls = {
      {"1", "delete_memory", *parse_json(R"({"indices": [5]})")}};
  Toolbox::Round round = toolbox.run({}, calls, {{0}, "", &failures});
  EXPECT_TRUE(round.results[0].error);
  EXPECT_FALSE(round.results[0].planned);
  EXPECT_FALSE(contains(to_text(round.results[0].body), "at the moment"));
}

}  // namespace
}  // namespace simulate
