#include "simulator/report/figure.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(Figure, ShowsValuesAsPeopleReadThem) {
  struct Row {
    double value;
    Unit unit;
    const char* text;
  };
  const Row rows[] = {{1234567, Unit::count, "1,234,567"},
                      {999, Unit::count, "999"},
                      {-1200, Unit::count, "-1,200"},
                      {0, Unit::share, "0 %"},
                      {0.0003, Unit::share, "<0.1 %"},
                      {0.0123, Unit::share, "1.2 %"},
                      {0.456, Unit::share, "46 %"},
                      {2.714, Unit::number, "2.71"},
                      {-0.001, Unit::number, "0.00"},
                      {271.72, Unit::number, "271.7"},
                      {0, Unit::money, "0"},
                      {0.0056, Unit::money, "0.0056"},
                      {0.05, Unit::money, "0.05"},
                      {0.1234567, Unit::money, "0.123"},
                      {2.5, Unit::money, "2.50"},
                      {12345.6, Unit::money, "12,346"},
                      {3e-9, Unit::money, "0.000000003"}};
  for (const Row& row : rows)
    EXPECT_EQ(figure_text(row.value, row.unit), row.text);
}

DatasetReport report_with(FigureVerdict one, FigureVerdict other) {
  DatasetReport report;
  for (FigureVerdict verdict : {one, other}) {
    Figure figure;
    figure.verdict = verdict;
    figure.finding = verdict_name(verdict);
    std::string title = report.sections.empty() ? "Tools" : "Cost";
    report.sections.push_back({title, title, "", {figure}});
  }
  return report;
}

TEST(DatasetReport, SaysOnTopWhichPartsNeedALook) {
  EXPECT_EQ(verdict_text(report_with(FigureVerdict::good, FigureVerdict::good)),
            "All 2 parts are as they should be.");
  EXPECT_EQ(verdict_text(report_with(FigureVerdict::none, FigureVerdict::bad)),
            "1 of 1 part needs a look: cost.");
  EXPECT_EQ(verdict_text(report_with(FigureVerdict::look, FigureVerdict::bad)),
            "2 of 2 parts need a look: tools, cost.");
  EXPECT_EQ(verdict_text({}), "There was nothing to judge.");
}

TEST(DatasetReport, RemarksTheGravestFirst) {
  auto remarks =
      remarks_of(report_with(FigureVerdict::look, FigureVerdict::bad));
  ASSERT_EQ(remarks.size(), 2U);
  EXPECT_EQ(remarks[0].section, "Cost");
  EXPECT_EQ(remarks[1].findings, std::vector<std::string>{"look"});
}

TEST(FigureVerdict, FallsAtItsBounds) {
  EXPECT_EQ(small_is_good(0.01, 0.01, 0.05), FigureVerdict::good);
  EXPECT_EQ(small_is_good(0.02, 0.01, 0.05), FigureVerdict::look);
  EXPECT_EQ(small_is_good(0.06, 0.01, 0.05), FigureVerdict::bad);
  EXPECT_EQ(large_is_good(0.97, 0.97, 0.9), FigureVerdict::good);
  EXPECT_EQ(large_is_good(0.5, 0.97, 0.9), FigureVerdict::bad);
}

}  // namespace
}  // namespace simulate
