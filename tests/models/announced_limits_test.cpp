#include "simulator/models/announced_limits.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

using Headers = std::map<std::string, std::string>;

std::vector<std::string> told(const Headers& headers,
                              const std::string& provider = "") {
  HttpResponse response;
  response.headers = headers;
  WireDialect dialect;
  if (!provider.empty()) dialect = known_provider(provider).dialect;
  std::vector<std::string> texts;
  for (const AnnouncedLimit& one : announced_limits(dialect, response)) {
    texts.push_back(text_of(one.limit));
    if (one.remaining) texts.back() += ", " + std::to_string(*one.remaining);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(AnnouncedLimits, OfMistralNameTheirMinute) {
  EXPECT_EQ(
      told({{"x-ratelimit-limit-req-minute", "300"},
            {"x-ratelimit-remaining-req-minute", "299"},
            {"x-ratelimit-limit-tokens-minute", "500000"},
            {"x-ratelimit-remaining-tokens-minute", "499000"},
            {"x-ratelimit-tokens-query-cost", "38"}}),
      (Texts{"300 requests a minute, 299", "500000 tokens a minute, 499000"}));
}

TEST(AnnouncedLimits, OfOpenAiAreOfAMinute) {
  EXPECT_EQ(told({{"x-ratelimit-limit-requests", "60"},
                  {"x-ratelimit-remaining-requests", "59"},
                  {"x-ratelimit-reset-requests", "1s"},
                  {"x-ratelimit-limit-tokens", "150000"},
                  {"x-ratelimit-reset-tokens", "6m0s"}}),
            (Texts{"60 requests a minute, 59", "150000 tokens a minute"}));
}

TEST(AnnouncedLimits, TellWhenAllIsThereAgain) {
  HttpResponse response;
  response.headers = {{"x-ratelimit-limit-requests", "60"},
                      {"x-ratelimit-remaining-requests", "0"},
                      {"x-ratelimit-reset-requests", "1m30s"}};
  auto limits = announced_limits(WireDialect(), response);
  ASSERT_EQ(limits.size(), 1u);
  EXPECT_EQ(limits[0].remaining, 0);
  EXPECT_EQ(limits[0].resets_in, Seconds(90));
}

TEST(AnnouncedLimits, OfTogetherAreOfASecond) {
  EXPECT_EQ(told({{"x-ratelimit-limit", "10"},
                  {"x-ratelimit-remaining", "9"},
                  {"x-ratelimit-reset", "30"},
                  {"x-tokenlimit-limit", "3000"}},
                 "together"),
            (Texts{"10 requests a second, 9", "3000 tokens a second"}));
}

TEST(AnnouncedLimits, OfCerebrasNameTheirDay) {
  EXPECT_EQ(told({{"x-ratelimit-limit-requests-day", "14400"},
                  {"x-ratelimit-limit-tokens-minute", "60000"}}),
            (Texts{"14400 requests a day", "60000 tokens a minute"}));
}

TEST(AnnouncedLimits, OfTheDraftHaveTheirWindowInSeconds) {
  EXPECT_EQ(told({{"ratelimit-limit", "100, 100;w=60"}}),
            (Texts{"100 requests a minute"}));
  EXPECT_EQ(told({{"ratelimit-policy", "\"burst\";q=100;w=60, 10;w=1"}}),
            (Texts{"100 requests a minute", "10 requests a second"}));
}

TEST(AnnouncedLimits, WithoutAWindowAreJudgedByTheirReset) {
  EXPECT_EQ(told({{"x-ratelimit-limit", "5"}, {"x-ratelimit-reset", "1"}}),
            (Texts{"5 requests a second"}));
  EXPECT_EQ(told({{"x-ratelimit-limit", "5"}, {"x-ratelimit-reset", "42"}}),
            (Texts{"5 requests a minute"}));
  EXPECT_EQ(told({{"x-ratelimit-limit", "5"}}), (Texts{"5 requests a second"}));
}

TEST(AnnouncedLimits, ThatAreNoneAreNotHeard) {
  for (const char* value : {"", "many", "-3", "0", "nan", "inf", "1e300"}) {
    EXPECT_TRUE(told({{"x-ratelimit-limit", value}}).empty()) << value;
  }
  EXPECT_TRUE(told({{"x-ratelimit-remaining", "4"}}).empty());
  EXPECT_TRUE(told({{"x-ratelimit-limit-dynamic", "4"}}).empty());
  EXPECT_TRUE(told({{"content-length-limit", "4"}}).empty());
}

TEST(AnnouncedLimits, TellSpansInSeveralUnits) {
  EXPECT_EQ(span_in("1.5"), Micros(1'500'000));
  EXPECT_EQ(span_in("20ms"), Micros(20'000));
  EXPECT_EQ(span_in("6m0s"), Seconds(360));
  EXPECT_EQ(span_in("1h2m3.5s"), Micros(3'723'500'000));
  EXPECT_EQ(span_in("2d"), Seconds(172'800));
  for (const char* none : {"", "soon", "5 x", "-1", "1717171717", "1m x"}) {
    EXPECT_FALSE(span_in(none)) << none;
  }
}

}  // namespace
}  // namespace simulate
