#include "simulator/report/report.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/report/measures.h"
#include "tests/report/talks.h"

namespace simulate {
namespace {

TEST(Report, AsksEveryMeasure) {
  DatasetReport report = report_of(plain_talks(50));
  EXPECT_EQ(report.conversations, 50);
  // No tool is called, nobody differs, and nobody has judged.
  EXPECT_EQ(report.sections.size(), all_measures().size() - 3);
}

TEST(Report, IsTheSameForTheSameConversations) {
  EXPECT_EQ(report_html(report_of(plain_talks(80))),
            report_html(report_of(plain_talks(80))));
}

TEST(Report, RefusesASourceWithoutConversations) {
  EXPECT_THROW(report_of({}), BadUsage);
}

TEST(Report, TakesConversationsThatAreHardlyThere) {
  std::vector<FinishedConversation> talks;
  talks.push_back(Talk("a").user("").take());
  talks.push_back(Talk("b").ada("", "").take());
  talks.push_back(Talk("c").system("Be.").take());
  talks.push_back(Talk("d").user("\xFF\xFE").ada("\xC3").take());
  talks.back().metadata = Json::array({1, 2});
  DatasetReport report = report_of(talks);
  EXPECT_EQ(report.conversations, 4);
  EXPECT_FALSE(report_text(report, true).text().empty());
  EXPECT_FALSE(to_text(report_json(report)).empty());
  EXPECT_FALSE(report_html(report).empty());
}

}  // namespace
}  // namespace simulate
