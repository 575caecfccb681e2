#include "simulator/report/page.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/report/page_style.h"
#include "simulator/report/plots.h"
#include "tests/report/talks.h"

namespace simulate {
namespace {

size_t count_of(const std::string& text, const std::string& part) {
  size_t times = 0;
  for (size_t at = text.find(part); at != text.npos;
       at = text.find(part, at + 1)) {
    ++times;
  }
  return times;
}

TEST(Page, ShowsWhatModelsWriteAndNeverObeysIt) {
  const std::string evil =
      "</script><script>alert(1)</script><img src=x onerror='a'>\" & \xE2\x80"
      "\xAEgnp.exe\x1b[31m";
  std::vector<FinishedConversation> talks;
  for (int i = 0; i < 3; ++i) {
    Talk talk(evil);
    talk.user(evil).tool(evil, {{"a", evil}}, {{"error", evil}}, true);
    talk.ada(evil, "The user " + evil);
    for (const char* key : {"persona", "situation", "mood", "assistant",
                            "ending", "guards", "prompts", "tools"}) {
      talk.with(key, evil + std::to_string(i));
    }
    talks.push_back(talk.take());
  }
  ReportRules rules;
  rules.title = evil;
  std::string page = report_html(report_of(talks, nullptr, rules));
  EXPECT_EQ(count_of(page, "<script"), 0U);
  EXPECT_EQ(count_of(page, "<img"), 0U);
  EXPECT_EQ(count_of(page, "\xE2\x80\xAE"), 0U);
  EXPECT_EQ(count_of(page, "\x1b"), 0U);
  EXPECT_GT(count_of(page, "&lt;script&gt;"), 0U);
}

TEST(Page, NeedsNothingFromElsewhere) {
  std::string page = report_html(report_of(plain_talks(40)));
  for (const char* part : {"http://", "https://", "src=", "@import", "url("}) {
    EXPECT_EQ(count_of(page, part), 0U) << part;
  }
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  EXPECT_EQ(count_of(kPageStyle, "prefers-color-scheme: dark"), 1U);
}

TEST(Page, ClosesWhatItOpens) {
  std::string page = report_html(report_of(plain_talks(40)));
  for (const char* tag : {"div", "section", "table", "tr", "svg", "ul", "li",
                          "details", "p", "span", "h3", "g", "nav"}) {
    std::string open = std::string("<") + tag;
    EXPECT_EQ(count_of(page, open + " ") + count_of(page, open + ">"),
              count_of(page, std::string("</") + tag + ">"))
        << tag;
  }
}

TEST(Plots, TellWhoCannotSeeThem) {
  std::string svg = svg_histogram("Turns", {{"1", 0.25}, {"2", 0.75}});
  EXPECT_NE(svg.find("<title>Turns</title>"), std::string::npos);
  EXPECT_NE(svg.find("<desc>1: 25 %, 2: 75 %</desc>"), std::string::npos);
  EXPECT_EQ(svg_histogram("Turns", {}), "");
  std::string bars = html_bars({{"calm", 0.2, 0.4}}, Unit::share);
  EXPECT_NE(bars.find("<title>calm: 20 % of 40 %</title>"), std::string::npos);
  EXPECT_NE(bars.find("class=\"tick\""), std::string::npos);
  EXPECT_NE(svg_interval(0.5, 0.2, 0.9, "turns").find("<title>turns"),
            std::string::npos);
}

}  // namespace
}  // namespace simulate
