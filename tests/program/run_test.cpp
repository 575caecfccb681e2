// The built program against real servers on loopback, and killed at any
// moment.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/program/loopback_providers.h"
#include "tests/program/program.h"
#include "tools/reply_parser.h"

namespace simulate {
namespace {

const char* const kAllThree = "mistral,together,huggingface";

Json records_of(const Scratch& scratch) {
  return parse_json(read_file(scratch / "run.json")).value_or(Json());
}

std::set<std::string> ids_of(const Json& records) {
  std::set<std::string> ids;
  for (const Json& record : records) ids.insert(record["id"]);
  return ids;
}

// What must hold in every record, whoever made it.
void check_record(const Json& record) {
  SCOPED_TRACE(record["id"]);
  int calls = 0, results = 0;
  std::string before = "system";
  for (const Json& message : record["conversations"]) {
    std::string role = message["role"];
    std::string content = message["content"];
    EXPECT_FALSE(content.empty());
    if (role == "user") {
      EXPECT_TRUE(before == "system" || before == "assistant");
    }
    if (role == "assistant") {
      ParsedReply parsed = parse_reply(content);
      EXPECT_TRUE(parsed.faults.empty()) << content;
      EXPECT_FALSE(parsed.thinking.empty()) << content;
      EXPECT_FALSE(parsed.content.empty() && parsed.calls.empty());
      calls += static_cast<int>(parsed.calls.size());
    }
    if (role == "tool") {
      ++results;
      EXPECT_TRUE(content.starts_with("<tool_result>{")) << content;
    }
    before = role;
  }
  EXPECT_EQ(before, "assistant");
  EXPECT_EQ(calls, results);
  EXPECT_EQ(record["metadata"]["tool_calls"], calls);
}

TEST(Program, FillsARunFromThreeProvidersAtOnce) {
  Scratch scratch;
  LoopbackProviders providers(scratch, 60);
  Program program(scratch);
  Ended ended = program.run({"--target", "60", "--providers", kAllThree,
                             "--output", "run.json", "--json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  Json records = records_of(scratch);
  ASSERT_EQ(records.size(), 60u);
  EXPECT_EQ(ids_of(records).size(), 60u);
  std::map<std::string, int> by_provider, by_persona;
  for (const Json& record : records) {
    check_record(record);
    std::string assistant = record["metadata"]["assistant"];
    ++by_provider[assistant.substr(0, assistant.find(':'))];
    ++by_persona[record["metadata"]["persona"]];
  }
  EXPECT_EQ(by_provider.size(), 3u);
  for (const auto& [name, count] : by_persona) EXPECT_EQ(count, 5) << name;
  Json summary = ended.summary();
  EXPECT_EQ(summary["saved"], 60);
  EXPECT_EQ(summary["calls"], providers.calls());
  for (const auto& server : providers.all()) {
    EXPECT_TRUE(server->complaints().empty())
        << server->name() << ": " << server->complaints().at(0);
    EXPECT_EQ(summary["providers"][server->name()]["calls"], server->calls());
    EXPECT_EQ(server->limited(), 0) << server->name();
  }
}

TEST(Program, AnnouncesAConversationOnlyWhenItIsInTheFile) {
  Scratch scratch;
  Program program(scratch);
  program.start({"--target", "2000", "--providers", "offline", "--output",
                 "run.json", "--json", "--concurrency", "8"});
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  program.kill(SIGKILL);
  Ended ended = program.wait();
  std::set<std::string> in_file = ids_of(records_of(scratch));
  std::istringstream lines(ended.out);
  int announced = 0;
  for (std::string line; std::getline(lines, line);) {
    auto event = parse_json(line);
    if (!event || string_at(*event, "type") != "saved") continue;
    ++announced;
    EXPECT_TRUE(in_file.count(string_at(*event, "id"))) << line;
  }
  EXPECT_GT(announced, 0);
}

// 25 kills on the way to 200, at moments that a fixed seed draws.
TEST(Program, LosesAndDoublesNothingWhenItIsKilled) {
  constexpr int kKills = 25;
  constexpr unsigned kSeed = 4711;
  Scratch scratch;
  // Slow enough that no machine is done before the last kill.
  LoopbackProviders providers(scratch, 100);
  Program program(scratch);
  std::mt19937 random(kSeed);
  std::vector<std::string> command = {
      "--target", "200",    "--providers",   kAllThree, "--output",
      "run.json", "--json", "--concurrency", "16"};
  std::set<std::string> announced;
  int kills = 0;
  Ended ended;
  for (; kills < kKills; ++kills) {
    program.start(command);
    auto moment = std::chrono::milliseconds(60 + random() % 240);
    std::this_thread::sleep_for(moment);
    program.kill(SIGKILL);
    ended = program.wait();
    if (ended.status == 0) break;
    std::istringstream lines(ended.out);
    for (std::string line; std::getline(lines, line);) {
      auto event = parse_json(line);
      if (event && string_at(*event, "type") == "saved") {
        EXPECT_TRUE(announced.insert(string_at(*event, "id")).second) << line;
      }
    }
  }
  EXPECT_EQ(kills, kKills) << "the run was over too soon to be killed";
  ended = program.run(command);
  ASSERT_EQ(ended.status, 0) << ended.err;
  Json records = records_of(scratch);
  std::set<std::string> ids = ids_of(records);
  EXPECT_EQ(records.size(), 200u);
  EXPECT_EQ(ids.size(), 200u) << "none twice";
  for (const std::string& id : announced) EXPECT_TRUE(ids.count(id)) << id;
  for (const Json& record : records) check_record(record);
  std::printf("seed %u: %d kills, %zu announced before them, 200 kept\n", kSeed,
              kills, announced.size());
}

TEST(Program, BuysNothingAgainWhenItContinues) {
  Scratch scratch;
  LoopbackProviders providers(scratch, 200);
  Program program(scratch);
  std::vector<std::string> command = {"--target", "40",       "--providers",
                                      kAllThree,  "--output", "run.json"};
  std::vector<std::string> limited = command;
  limited.insert(limited.end(), {"--max-calls", "150"});
  EXPECT_EQ(program.run(limited).status, 3);
  EXPECT_EQ(program.run(command).status, 0);
  int in_two = providers.calls();
  Scratch other;
  LoopbackProviders fresh(other, 200);
  EXPECT_EQ(Program(other).run(command).status, 0);
  // 503s and who answers differ a little from run to run.
  EXPECT_NEAR(in_two, fresh.calls(), fresh.calls() * 0.15);
  EXPECT_EQ(records_of(scratch).size(), 40u);
}

TEST(Program, DoesNothingWhenTheTargetIsReachedAndGrowsWithIt) {
  Scratch scratch;
  Program program(scratch);
  std::vector<std::string> command = {"--providers", "offline", "--output",
                                      "run.json",    "--json",  "--target"};
  auto with_target = [&](const char* target) {
    auto all = command;
    all.push_back(target);
    return program.run(all);
  };
  EXPECT_EQ(with_target("5").summary()["saved"], 5);
  std::string before = read_file(scratch / "run.json");
  EXPECT_EQ(with_target("5").summary()["saved"], 0);
  EXPECT_EQ(read_file(scratch / "run.json"), before);
  EXPECT_EQ(with_target("9").summary()["saved"], 4);
  EXPECT_EQ(ids_of(records_of(scratch)).size(), 9u);
}

TEST(Program, ExportsTheTrainingFileByteForByte) {
  Scratch scratch;
  Program program(scratch);
  program.run(
      {"--providers", "offline", "--output", "run.json", "--target", "30"});
  Ended ended = program.run({"export", "--output", "run.json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, read_file(scratch / "run.json"));
  Ended lines =
      program.run({"export", "--format", "jsonl", "--output", "run.json"});
  EXPECT_EQ(std::count(lines.out.begin(), lines.out.end(), '\n'), 30);
}

TEST(Program, DrainsAtTheFirstSignalAndContinuesLater) {
  Scratch scratch;
  LoopbackProviders providers(scratch, 40);
  Program program(scratch);
  std::vector<std::string> command = {"--target", "40",       "--providers",
                                      kAllThree,  "--output", "run.json",
                                      "--json"};
  program.start(command);
  std::this_thread::sleep_for(std::chrono::milliseconds(800));
  program.kill(SIGINT);
  Ended ended = program.wait();
  EXPECT_EQ(ended.status, 130) << ended.err;
  Json summary = ended.summary();
  EXPECT_LT(summary["total"].get<int>(), 40);
  EXPECT_EQ(records_of(scratch).size(), summary["total"].get<size_t>());
  EXPECT_EQ(program.run(command).status, 0);
  EXPECT_EQ(ids_of(records_of(scratch)).size(), 40u);
}

TEST(Program, RefusesASecondProcessOnTheSameRun) {
  Scratch scratch, second_scratch;
  LoopbackProviders providers(scratch, 5);
  Program first(scratch);
  first.start(
      {"--target", "50", "--providers", kAllThree, "--output", "run.json"});
  auto lock = scratch / "run.lock";
  for (int tries = 0; tries < 500; ++tries) {
    std::error_code none;
    if (std::filesystem::file_size(lock, none) + 1 > 1) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  Program second(second_scratch);
  Ended refused = second.run({"--target", "50", "--providers", kAllThree,
                              "--secrets", (scratch / "secrets.json").string(),
                              "--output", (scratch / "run.json").string()});
  EXPECT_EQ(refused.status, 75);
  EXPECT_NE(refused.err.find("process " + std::to_string(first.pid())),
            std::string::npos)
      << refused.err;
  first.kill(SIGKILL);
  first.wait();
}

}  // namespace
}  // namespace simulate
