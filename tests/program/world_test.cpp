// Other worlds than the companion's: laid out, and played in their folder.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"
#include "tests/program/records.h"
#include "tests/shipped.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

class World : public testing::Test {
 protected:
  void lay_out_support() {
    Ended made = program_.run({"init", "--example", "support"});
    ASSERT_EQ(made.status, 0) << made.err;
  }

  void write_world(const std::string& text) {
    write_file(scratch_ / "world.json", text, 0644);
  }

  Ended check() { return program_.run({"check", "--providers", "offline"}); }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(World, SupportIsPlayedWithoutAnOption) {
  lay_out_support();
  Ended ended = program_.run({"--providers", "offline", "--target", "40"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  int took_place = 0;
  for (const Json& record : records_in(scratch_ / "data/conversations.json")) {
    const Json& metadata = record["metadata"];
    std::string situation = string_at(metadata, "situation");
    EXPECT_TRUE(fs::exists(source("examples/support/situations") /
                           (situation + ".json")))
        << situation;
    took_place += metadata["took_place"] == true;
    EXPECT_EQ(string_at(metadata, "guards"), "") << to_text(metadata);
  }
  EXPECT_GE(took_place, 36);
  Ended again = program_.run(
      {"replay", "data/conversations.db", "--output", "again.json"});
  EXPECT_EQ(again.status, 0) << again.out << again.err;
  EXPECT_EQ(read_file(scratch_ / "again.json"),
            read_file(scratch_ / "data/conversations.json"));
}

TEST_F(World, NamesItsAssistantWhereverItIsShown) {
  lay_out_support();
  Ended ended = program_.run({"--providers", "offline", "--target", "2"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  Ended shown = program_.run({"show", "conv_000001"});
  EXPECT_TRUE(contains(shown.out, "\nRobin: ")) << shown.out;
  EXPECT_FALSE(contains(shown.out, "Ada")) << shown.out;
}

TEST_F(World, GivesEachCustomerOrdersOfTheirOwn) {
  lay_out_support();
  Ended ended = program_.run({"try", "--providers", "offline", "--situation",
                              "cancel_before_shipping", "--persona", "maud"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out, "\"item\":\"enamel")) << ended.out;
  EXPECT_FALSE(contains(ended.out, "did not take place")) << ended.out;
}

TEST_F(World, KeepsWhatIsTyped) {
  lay_out_support();
  Ended ended = program_.run(
      {"check", "--providers", "offline", "--tools", "orders,desk,policy"});
  EXPECT_TRUE(contains(ended.out, "orders offers 7")) << ended.out;
  EXPECT_FALSE(contains(ended.out, "memory offers")) << ended.out;
}

TEST_F(World, OfAnotherNameStopsARun) {
  lay_out_support();
  program_.run({"--providers", "offline", "--target", "2"});
  std::string world = read_file(scratch_ / "world.json");
  write_world(replaced(world, "\"Robin\"", "\"Sam\""));
  Ended ended = program_.run({"--providers", "offline", "--target", "3"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "assistant: Robin -> Sam")) << ended.err;
}

TEST_F(World, WithoutScenesIsNotPlayedOffline) {
  lay_out_support();
  write_world(
      R"({"assistant": "Sam", "options": {"tools": "orders,policy,desk"}})");
  Ended ended = check();
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "cannot be played offline")) << ended.err;
}

TEST_F(World, NamesSituationsThatHaveNoScenes) {
  lay_out_support();
  write_file(scratch_ / "situations/snow.json",
             R"({"share": 1, "tester": "It snows."})", 0644);
  Ended ended = check();
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "no scenes for snow")) << ended.err;
}

TEST_F(World, SaysWhatIsWrongInItsFile) {
  const std::pair<const char*, const char*> rows[] = {
      {"{", "is not JSON"},
      {R"({"about": "x"})", "\"assistant\" is missing"},
      {R"({"assistant": "A", "tool": "x"})", "unknown field \"tool\""},
      {R"({"assistant": "A", "options": {"target": "5"}})", "may have tools"},
      {R"({"assistant": "A", "options": {"turns": 3}})", "must be a text"},
      {R"({"assistant": "A", "options": {"turns": "9-2"}})", "--turns"}};
  for (const auto& [text, complaint] : rows) {
    write_world(text);
    Ended ended = check();
    EXPECT_EQ(ended.status, 2) << text;
    EXPECT_TRUE(contains(ended.err, complaint)) << ended.err;
  }
}

TEST_F(World, SaysWhichPersonBringsWhatFitsNoTable) {
  lay_out_support();
  write_file(scratch_ / "personas/maud.json",
             R"({"name": "Maud", "background": "Cooks.",
                 "state": {"orders": [{"number": "R-1"}]}})",
             0644);
  Ended ended = check();
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "persona 'Maud'")) << ended.err;
  EXPECT_TRUE(contains(ended.err, "NOT NULL")) << ended.err;
}

TEST_F(World, ThatDoesNotShipIsNotLaidOut) {
  Ended ended = program_.run({"init", "--example", "zoo"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "there are companion, support")) << ended.err;
}

}  // namespace
}  // namespace simulate
