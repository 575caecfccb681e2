#include "simulator/report/bill.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

PriceList prices() {
  return prices_from(
      R"({"currency": "USD", "per_million_tokens": {
          "a:x": {"input": 1, "output": 10, "read": "2026-02-01"},
          "a:y": {"input": 2, "output": 20, "read": "2026-01-01"}}})",
      "prices.json");
}

TEST(Bill, AddsUpWhatHasAPriceAndNamesTheRest) {
  Bill bill = bill_of(prices(), {{"a:x", "assistant", 2, 1'000'000, 0},
                                 {"a:y", "tester", 2, 0, 100'000},
                                 {"b:z", "tester", 1, 5, 5},
                                 {"b:z", "rewriter", 1, 5, 5}});
  EXPECT_DOUBLE_EQ(bill.money.units(), 3);
  EXPECT_TRUE(bill.is_priced);
  EXPECT_EQ(bill.unpriced, std::vector<std::string>{"b:z"});
  EXPECT_EQ(bill.oldest, "2026-01-01");
  EXPECT_EQ(currency_text(prices(), bill),
            "USD, without b:z, whose price is not known");
}

TEST(Bill, IsNoneWhereNoPriceIsKnown) {
  EXPECT_FALSE(bill_of(prices(), {{"b:z", "tester", 1, 5, 5}}).is_priced);
  EXPECT_FALSE(bill_of(prices(), {}).is_priced);
}

TEST(SpentTable, TellsWhatEachModelTookForOneOfThem) {
  Figure figure = spent_table(
      prices(),
      {{"a:x", "assistant", 20, 1'000'000, 0}, {"b:z", "tester", 10, 5, 5}},
      10);
  ASSERT_EQ(figure.table.rows.size(), 2U);
  const Table::Row& known = figure.table.rows[0];
  EXPECT_EQ(known.label, "assistant a:x");
  EXPECT_DOUBLE_EQ(*known.values[0], 2);
  EXPECT_DOUBLE_EQ(*known.values[1], 100'000);
  EXPECT_DOUBLE_EQ(*known.values[3], 0.1);
  EXPECT_FALSE(figure.table.rows[1].values[3]) << "an unknown price is said";
}

TEST(SpentTable, HasNoMoneyWhereNoPriceIsKnown) {
  Figure figure = spent_table({}, {{"b:z", "tester", 10, 5, 5}});
  EXPECT_EQ(figure.table.columns.size(), 3U);
}

}  // namespace
}  // namespace simulate
