#include "simulator/run/status.h"

#include <gtest/gtest.h>

#include "simulator/run/displays.h"

namespace simulate {
namespace {

// Half of a hundred conversations of ten calls, by two lanes of one call a
// second each.
Report half_way() {
  Report report;
  report.target = 100;
  report.kept = report.saved = 50;
  report.seconds = 250;
  for (const char* name : {"good", "other"}) {
    LaneReport lane;
    lane.name = name;
    lane.stats.calls = 250;
    lane.requests_per_second = 1;
    report.lanes.push_back(lane);
  }
  return report;
}

TEST(Report, ExpectsWhatTheLimitsAllow) {
  EXPECT_DOUBLE_EQ(half_way().seconds_left(), 250);
}

TEST(Report, ExpectsNothingOfALaneThatBacksOff) {
  Report report = half_way();
  report.lanes[1].backs_off = true;
  EXPECT_DOUBLE_EQ(report.seconds_left(), 500);
}

TEST(Report, ExpectsTheLastOnesToWaitForALaneThatBacksOff) {
  Report report = half_way();
  report.target = 52;
  report.lanes[1].backs_off = true;
  report.lanes[1].waiting = 2;
  report.lanes[1].given_up_in = 540;
  EXPECT_DOUBLE_EQ(report.seconds_left(), 540);
  std::vector<std::string> lines = report_lines(report);
  EXPECT_NE(lines[0].find("9 min left"), std::string::npos) << lines[0];
  EXPECT_NE(lines[2].find("resting, 2 waiting for it"), std::string::npos)
      << lines[2];
}

TEST(Report, ExpectsItsRateToGoOnWhenEveryLaneBacksOff) {
  Report report = half_way();
  for (LaneReport& lane : report.lanes) lane.backs_off = true;
  EXPECT_DOUBLE_EQ(report.seconds_left(), 250);
}

TEST(Report, KnowsNothingBeforeTheFirstConversation) {
  Report report = half_way();
  report.saved = 0;
  EXPECT_LT(report.seconds_left(), 0);
}

}  // namespace
}  // namespace simulate
