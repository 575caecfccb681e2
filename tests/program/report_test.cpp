// `simulate report` and `compare`, with the built program.
#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"

namespace simulate {
namespace {

class Reported : public ::testing::Test {
 protected:
  void make_run(const char* name, int conversations, const char* seed) {
    Ended ended = program_.run({"--providers", "offline", "--target",
                                std::to_string(conversations), "--output", name,
                                "--seed", seed, "--quiet"});
    ASSERT_EQ(ended.status, 0) << ended.err;
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(Reported, ARunIsToldInTextJsonAndAPage) {
  make_run("run.json", 40, "1");
  Ended text =
      program_.run({"report", "--output", "run.json", "--html", "page.html"});
  ASSERT_EQ(text.status, 0) << text.err;
  for (const char* part : {"40 conversations", "Shares", "Tools",
                           "Memory truth", "Diversity", "Cost"}) {
    EXPECT_TRUE(contains(text.out, part)) << part;
  }
  std::string page = read_file(scratch_ / "page.html");
  EXPECT_TRUE(contains(page, "<svg"));
  EXPECT_FALSE(contains(page, "src=\"http"));
  EXPECT_FALSE(contains(page, "<script"));
  Ended json = program_.run({"report", "--output", "run.json", "--json"});
  EXPECT_TRUE(json.summary().is_object()) << json.out;
}

TEST_F(Reported, CostsWhatTheUsersListSays) {
  make_run("run.json", 5, "1");
  Ended free = program_.run({"status", "--output", "run.json"});
  EXPECT_FALSE(contains(free.out, "cost:")) << free.out;
  const char* list = R"({"currency": "EUR", "per_million_tokens":
      {"offline:*": {"input": 1000, "output": 1000}}})";
  write_file(scratch_ / "mine.json", list, 0644);
  Ended status = program_.run(
      {"status", "--output", "run.json", "--prices", "mine.json", "--json"});
  Json money = status.summary()["money"];
  EXPECT_EQ(money["currency"], "EUR");
  EXPECT_GT(money["conversation"], 0);
  EXPECT_NEAR(money["conversation"].get<double>() * 5,
              money["conversations"]["sum"].get<double>(), 1e-9);
  Ended report =
      program_.run({"report", "--output", "run.json", "--prices", "mine.json"});
  EXPECT_TRUE(contains(report.out, "Cost of a kept conversation: "));
  // One that lies there is taken before the one that was installed.
  write_file(scratch_ / "prices.json", list, 0644);
  Ended compared = program_.run({"compare", "run.json", "run.json"});
  EXPECT_TRUE(contains(compared.out, " EUR, in run.json")) << compared.out;
}

TEST_F(Reported, AListOfPricesThatIsWrongIsRefused) {
  make_run("run.json", 2, "1");
  write_file(scratch_ / "prices.json",
             R"({"currency": "EUR", "per_million_tokens":
                 {"offline:*": {"input": "cheap", "output": 1}}})",
             0644);
  for (const char* command : {"report", "status"}) {
    Ended ended = program_.run({command, "--output", "run.json"});
    EXPECT_EQ(ended.status, 2) << command;
    EXPECT_TRUE(contains(ended.err, "prices.json, \"offline:*\": field"))
        << ended.err;
  }
}

TEST_F(Reported, AFileIsToldByWhatItHolds) {
  make_run("run.json", 20, "1");
  std::filesystem::copy(scratch_ / "run.json", scratch_ / "talks.json");
  Ended ended = program_.run({"report", "--input", "talks.json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out, "20 conversations"));
}

TEST_F(Reported, TwoRunsAreHeldBesideEachOther) {
  make_run("a.json", 20, "1");
  make_run("b.json", 20, "2");
  Ended ended = program_.run({"compare", "a.json", "b.json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out, "A  a.json, 20 conversations")) << ended.out;
  Ended same = program_.run({"compare", "a.json", "a.json"});
  EXPECT_TRUE(contains(same.out, "No difference can be told")) << same.out;
  EXPECT_EQ(program_.run({"compare", "a.json"}).status, 2);
  EXPECT_EQ(program_.run({"compare", "a.json", "none.json"}).status, 2);
}

}  // namespace
}  // namespace simulate
