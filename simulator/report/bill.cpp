#include "simulator/report/bill.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

const Price* price_of(const PriceList& prices, const Spent& spent) {
  return prices.find(player_named(spent.player));
}

Money money_of(const Price& price, const Spent& spent) {
  return cost(price, {spent.input_tokens, spent.output_tokens});
}

void add_unpriced(Bill& bill, const std::string& player) {
  auto found = std::find(bill.unpriced.begin(), bill.unpriced.end(), player);
  if (found == bill.unpriced.end()) bill.unpriced.push_back(player);
}

}  // namespace

Bill bill_of(const PriceList& prices, const std::vector<Spent>& spent) {
  Bill bill;
  for (const Spent& one : spent) {
    const Price* price = price_of(prices, one);
    if (!price) {
      add_unpriced(bill, one.player);
      continue;
    }
    bill.is_priced = true;
    bill.money += money_of(*price, one);
    bool older = bill.oldest.empty() || price->read < bill.oldest;
    if (!price->read.empty() && older) bill.oldest = price->read;
  }
  return bill;
}

std::string currency_text(const PriceList& prices, const Bill& bill) {
  if (bill.unpriced.empty()) return prices.currency;
  return prices.currency + ", without " + joined(bill.unpriced, ", ") +
         (bill.unpriced.size() == 1 ? ", whose price is not known"
                                    : ", whose prices are not known");
}

Figure spent_table(const PriceList& prices, const std::vector<Spent>& spent,
                   double by) {
  Figure figure;
  figure.table.of = "model";
  figure.table.columns = {{"replies", "replies", Unit::count},
                          {"in", "in", Unit::count},
                          {"out", "out", Unit::count}};
  if (by != 1) figure.table.columns[0].unit = Unit::number;
  bool is_priced = bill_of(prices, spent).is_priced;
  if (is_priced) {
    figure.table.columns.push_back({"money", prices.currency, Unit::money});
  }
  for (const Spent& one : spent) {
    Table::Row row{
        one.role + " " + one.player,
        {ratio(double(one.replies), by), ratio(double(one.input_tokens), by),
         ratio(double(one.output_tokens), by)}};
    const Price* price = price_of(prices, one);
    if (is_priced) {
      row.values.push_back(price ? ratio(money_of(*price, one).units(), by)
                                 : std::nullopt);
    }
    figure.table.rows.push_back(row);
  }
  return figure;
}

}  // namespace simulate
