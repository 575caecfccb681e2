// The sums that a ledger keeps, and its numbering, made from its rows again:
// for what changes many rows at once. All within the caller's transaction.
// Tested by tests/store/migration_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <vector>

namespace simulate {

void set_counter(SQLite::Database& database, const std::string& name,
                 int64_t value);

// What a counter may say: no run comes near the most, and keys are made from
// these numbers. As a condition in SQL, too, on a row of counters.
constexpr int64_t kMostOfAnything = int64_t{1} << 39;
constexpr int64_t kMostRecordBytes = int64_t{1} << 53;
std::string is_plausible_counter_sql();

// The one number that a query without parameters gives; 0 for none.
int64_t number_from(SQLite::Database& database, const std::string& sql);

std::vector<std::string> columns_of(SQLite::Database& database,
                                    const std::string& table);

// Those of `wanted` that are in `present`, too.
std::vector<std::string> common_columns(
    const std::vector<std::string>& wanted,
    const std::vector<std::string>& present);

// Fills usage, which is empty, and failures, as far as a reason is not there.
void sum_usage_and_failures(SQLite::Database& database);

// What conversations have cost: a counter, and how it is counted from the rows.
struct CostCounter {
  std::string name;
  std::string of_rows;
};
const std::vector<CostCounter>& cost_counters();
void recount_costs(SQLite::Database& database);

// commit_no without gaps, in the same order.
void renumber_conversations(SQLite::Database& database);

}  // namespace simulate
