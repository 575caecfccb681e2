// The built program against real servers on loopback, and interrupted.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "simulator/base/file.h"

#include "tests/program/loopback_providers.h"
#include "tests/program/program.h"
#include "tests/program/records.h"

namespace simulate {
namespace {

const char* const kAllThree = "mistral,together,huggingface";

Json records_of(const Scratch& scratch) {
  return records_in(scratch / "run.json");
}

TEST(Program, FillsARunFromThreeProvidersAtOnce) {
  Scratch scratch;
  LoopbackProviders providers(scratch, 60);
  Program program(scratch);
  Ended ended =
      program.run({"--target", "60", "--providers", kAllThree, "--sessions",
                   "3", "--output", "run.json", "--json"});
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
  EXPECT_EQ(by_persona.size(), 20u) << "whole storylines of three sessions";
  for (const auto& [name, count] : by_persona) EXPECT_EQ(count, 3) << name;
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

// Also where the shell would let everybody read them.
TEST(Program, MakesFilesThatNobodyElseCanRead) {
  Scratch scratch;
  Program program(scratch);
  mode_t usual = ::umask(0);
  Ended ended = program.run(
      {"--target", "2", "--providers", "offline", "--output", "run.json"});
  ::umask(usual);
  ASSERT_EQ(ended.status, 0) << ended.err;
  for (const char* name : {"run.db", "run.lock", "run.json"}) {
    struct stat status = {};
    ASSERT_EQ(::stat((scratch / name).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u) << name;
  }
}

TEST(Program, LeavesNoCoreThatWouldHoldItsKeys) {
  Scratch scratch;
  Program program(scratch);
  program.start(
      {"--target", "100000", "--providers", "offline", "--output", "run.json"});
  while (!std::filesystem::exists(scratch / "run.db")) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  std::string limits =
      read_file("/proc/" + std::to_string(program.pid()) + "/limits");
  program.kill(SIGKILL);
  program.wait();
  std::istringstream core(limits.substr(limits.find("Max core file size")));
  std::string words[4], soft, hard;
  for (std::string& word : words) core >> word;  // max core file size
  core >> soft >> hard;
  EXPECT_EQ(soft + " " + hard, "0 0") << limits;
}

TEST(Program, AnnouncesAConversationOnlyWhenItIsInTheFile) {
  Scratch scratch;
  Program program(scratch);
  program.start({"--target", "2000", "--providers", "offline", "--output",
                 "run.json", "--json", "--concurrency", "8"});
  EXPECT_TRUE(Program::see(
      [&] { return announced_in(read_file(scratch / "out")).size() >= 20; }));
  program.kill(SIGKILL);
  Ended ended = program.wait();
  std::set<std::string> in_file = ids_of(records_of(scratch));
  std::vector<std::string> announced = announced_in(ended.out);
  EXPECT_FALSE(announced.empty());
  for (const std::string& id : announced) EXPECT_TRUE(in_file.count(id)) << id;
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
      program.run({"export", "--container", "jsonl", "--output", "run.json"});
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
  EXPECT_TRUE(Program::see([&] { return providers.answered() >= 40; }));
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
