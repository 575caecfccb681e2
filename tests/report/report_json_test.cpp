#include "simulator/report/report_json.h"

#include <gtest/gtest.h>

#include "tests/report/talks.h"

namespace simulate {
namespace {

TEST(ReportJson, HasTheKeysThatThePageOfReportsNames) {
  std::vector<FinishedConversation> talks = plain_talks(60);
  talks.push_back(talks.front());
  Json json = report_json(report_of(talks));
  EXPECT_EQ(json["type"], "report");
  EXPECT_EQ(json["conversations"], 61);
  EXPECT_TRUE(json["remarks"][0]["findings"].is_array());
  Json duplicates;
  for (const Json& section : json["sections"]) {
    if (section["key"] == "duplicates") duplicates = section;
  }
  Json exact = duplicates["figures"][0];
  EXPECT_EQ(exact["key"], "exact_duplicates");
  EXPECT_EQ(exact["unit"], "share");
  EXPECT_NEAR(exact["value"].get<double>(), 1.0 / 61, 1e-9);
  EXPECT_EQ(exact["interval"].size(), 2U);
  EXPECT_EQ(exact["verdict"], "bad");
  EXPECT_EQ(exact["examples"][0]["conversation"], "conv_100000");
}

TEST(ReportJson, SaysNullOfWhatCannotBeTold) {
  Table table{"who", {{"share", "share", Unit::share}}, {{"a", {{}}}}};
  EXPECT_EQ(to_text(table_json(table)), R"([{"label":"a","share":null}])");
}

}  // namespace
}  // namespace simulate
