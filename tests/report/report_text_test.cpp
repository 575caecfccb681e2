#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/report/layout.h"
#include "simulator/report/shown_table.h"
#include "tests/report/talks.h"

namespace simulate {
namespace {

TEST(ReportText, FitsATerminalAndSaysTheVerdictFirst) {
  std::vector<FinishedConversation> talks = plain_talks(120);
  for (FinishedConversation& talk : talks) {
    talk.metadata["persona"] =
        "Somebody with a very long name, Esquire, " + talk.id;
    talk.metadata["mood"] = "日本語のとても長い気分の説明がここにあります";
  }
  talks.push_back(talks.front());
  std::string text = report_text(report_of(talks), false).text();
  std::vector<std::string> lines = split(text, '\n');
  for (const std::string& line : lines) EXPECT_LE(width_of(line), 80U) << line;
  EXPECT_EQ(lines[0], "talks.json: 121 conversations");
  EXPECT_NE(lines[1].find("need"), std::string::npos);
}

TEST(ReportText, HasNoEscapesWithoutColour) {
  DatasetReport report = report_of(plain_talks(30));
  EXPECT_EQ(report_text(report, false).text().find('\x1b'), std::string::npos);
  EXPECT_NE(report_text(report, true).text().find("\x1b[2m"),
            std::string::npos);
}

TEST(ShownTable, PutsWhatDoesNotFitBelow) {
  Table table;
  table.of = "who";
  for (int i = 0; i < 9; ++i) {
    table.columns.push_back({"c", "column " + std::to_string(i), Unit::count});
  }
  table.rows = {{"a", std::vector<std::optional<double>>(9, 7)}};
  std::vector<std::string> lines = table_lines(table, 80);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_NE(lines[2].find("column 8"), std::string::npos);
}

TEST(ShownTable, DrawsTheLargestBarInFull) {
  std::vector<std::string> lines =
      bar_lines({{"a", 0.5}, {"b", 0.25, 0.4}}, Unit::share, 60);
  EXPECT_EQ(width_of(lines[0]), 60U);
  EXPECT_NE(lines[1].find("25 % of 40 %"), std::string::npos);
}

}  // namespace
}  // namespace simulate
