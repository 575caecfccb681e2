#include "simulator/metrics/paired_test.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "simulator/base/random.h"

namespace simulate {
namespace {

TEST(PairedTest, OfNothingSaysNothing) {
  PairedTest none = paired_test({}, {});
  EXPECT_EQ(none.pairs, 0);
  EXPECT_EQ(none.p, 1);
  PairedTest one = paired_test({1}, {3});
  EXPECT_EQ(one.mean_difference, 2);
  EXPECT_EQ(one.low, 2);
  EXPECT_EQ(one.high, 2);
  EXPECT_EQ(one.p, 1);
}

TEST(PairedTest, IsExactForFewPairs) {
  // All 5 larger: 2 of 32 ways are as extreme.
  EXPECT_DOUBLE_EQ(paired_test({1, 2, 3, 4, 5}, {2, 4, 6, 8, 10}).p, 2 / 32.);
  // 0.1 + 0.2 - 0.3 in any order: nearly 0, or 0.2, 0.4 or 0.6.
  EXPECT_DOUBLE_EQ(paired_test({0, 0, 0}, {0.3, -0.1, -0.2}).p, 1);
  EXPECT_DOUBLE_EQ(paired_test({0, 0, 0}, {0.3, -0.1, 0.2}).p, 4 / 8.);
}

TEST(PairedTest, LeavesPairsThatDoNotDifferOutOfP) {
  std::vector<double> a(1'000, 1), b(1'000, 1);
  EXPECT_EQ(paired_test(a, b).p, 1);
  for (size_t i = 0; i < 6; ++i) b[i] = 2;
  PairedTest test = paired_test(a, b);
  EXPECT_DOUBLE_EQ(test.p, 2 / 64.);
  EXPECT_DOUBLE_EQ(test.mean_difference, 0.006);
  EXPECT_GT(test.low, 0);
}

TEST(PairedTest, GivesTheSameForTheSameSeed) {
  Random random(1);
  std::vector<double> a(50), b(50);
  for (size_t i = 0; i < 50; ++i) {
    a[i] = random.fraction();
    b[i] = random.fraction() + 0.1;
  }
  PairedTest one = paired_test(a, b), same = paired_test(a, b);
  PairedTest other = paired_test(a, b, 2), turned = paired_test(b, a);
  EXPECT_EQ(one.low, same.low);
  EXPECT_EQ(one.p, same.p);
  EXPECT_NE(one.low, other.low);
  EXPECT_NEAR(one.p, other.p, 0.02);
  EXPECT_NEAR(one.low, -turned.high, 0.01);
}

// Of 200 pairs of samples without a difference, about 5 % have p < 0.05, and in
// about 95 % the interval holds the truth.
TEST(PairedTest, IsWrongAsOftenAsItSays) {
  int significant = 0, inside = 0;
  constexpr int kTimes = 200;
  for (int time = 0; time < kTimes; ++time) {
    Random random(static_cast<uint64_t>(time));
    std::vector<double> a(30), b(30);
    for (size_t i = 0; i < 30; ++i) {
      a[i] = random.fraction();
      b[i] = random.fraction();
    }
    PairedTest test = paired_test(a, b);
    significant += test.p < 0.05;
    inside += test.low <= 0 && test.high >= 0;
  }
  EXPECT_NEAR(significant / double(kTimes), 0.05, 0.04);
  EXPECT_NEAR(inside / double(kTimes), 0.94, 0.04);
}

TEST(PairedTest, AgreesWithTheNormalDistributionForMany) {
  Random random(7);
  std::vector<double> a(5'000, 0), b(5'000);
  for (double& value : b) value = random.fraction() - 0.495;
  PairedTest test = paired_test(a, b);
  double error = std::sqrt(1 / 12. / 5'000);
  EXPECT_NEAR(test.high - test.low, 2 * 1.96 * error, 0.1 * error * 3.92);
  double p = std::erfc(std::abs(test.mean_difference) / error / std::sqrt(2));
  EXPECT_NEAR(test.p, p, 0.02);
}

TEST(Share, HasWilsonsInterval) {
  const struct {
    int64_t hits, all;
    double low, high;
  } kRows[] = {{0, 0, 0, 1},
               {0, 10, 0, 0.2775},
               {10, 10, 0.7225, 1},
               {5, 10, 0.2366, 0.7634},
               {1, 1000, 0.0002, 0.0056},
               {300, 1000, 0.2724, 0.3291}};
  for (const auto& row : kRows) {
    Share share = share_of(row.hits, row.all);
    EXPECT_NEAR(share.low, row.low, 0.0001) << row.hits << "/" << row.all;
    EXPECT_NEAR(share.high, row.high, 0.0001) << row.hits << "/" << row.all;
    EXPECT_EQ(share.value, row.all ? double(row.hits) / double(row.all) : 0);
  }
}

}  // namespace
}  // namespace simulate
