#include "simulator/store/ledger_totals.h"

#include <algorithm>

#include "simulator/conversation/cost.h"

namespace simulate {

void set_counter(SQLite::Database& database, const std::string& name,
                 int64_t value) {
  SQLite::Statement put(database,
                        "INSERT OR REPLACE INTO counters VALUES (?1, ?2)");
  put.bind(1, name);
  put.bind(2, value);
  put.exec();
}

std::string is_plausible_counter_sql() {
  return "(typeof(value) = 'integer' AND value BETWEEN 0 AND CASE name WHEN "
         "'record_bytes' THEN " +
         std::to_string(kMostRecordBytes) + " ELSE " +
         std::to_string(kMostOfAnything) + " END)";
}

int64_t number_from(SQLite::Database& database, const std::string& sql) {
  SQLite::Statement row(database, sql);
  return row.executeStep() ? row.getColumn(0).getInt64() : 0;
}

std::vector<std::string> columns_of(SQLite::Database& database,
                                    const std::string& table) {
  SQLite::Statement row(database, "SELECT name FROM pragma_table_info(?1)");
  row.bind(1, table);
  std::vector<std::string> names;
  while (row.executeStep()) names.push_back(row.getColumn(0).getString());
  return names;
}

std::vector<std::string> common_columns(
    const std::vector<std::string>& wanted,
    const std::vector<std::string>& present) {
  std::vector<std::string> common;
  for (const std::string& name : wanted) {
    bool both =
        std::find(present.begin(), present.end(), name) != present.end();
    if (both) common.push_back(name);
  }
  return common;
}

void sum_usage_and_failures(SQLite::Database& database) {
  database.exec(R"sql(
INSERT INTO usage(provider, model, role, replies, input_tokens, output_tokens)
  SELECT provider, model, role, count(*), sum(input_tokens),
         sum(output_tokens)
  FROM replies JOIN attempts USING (slot, attempt)
  WHERE status NOT IN ('running', 'parked') GROUP BY provider, model, role;
INSERT OR IGNORE INTO failures(reason, attempts, example)
  SELECT reason, count(*), max(detail) FROM attempts
  WHERE status = 'failed' GROUP BY reason;
)sql");
}

const std::vector<CostCounter>& cost_counters() {
  static const std::vector<CostCounter> counters = [] {
    const std::string rows = " FROM conversations WHERE calls > 0";
    std::vector<CostCounter> all = {{"measured", "SELECT count(*)" + rows}};
    for (const CostSum& sum : kCostSums) {
      all.push_back({sum.name, "SELECT coalesce(sum(" + std::string(sum.name) +
                                   "), 0)" + rows});
    }
    return all;
  }();
  return counters;
}

void recount_costs(SQLite::Database& database) {
  for (const CostCounter& counter : cost_counters()) {
    set_counter(database, counter.name, number_from(database, counter.of_rows));
  }
}

// In two steps, since a number must never be taken twice.
void renumber_conversations(SQLite::Database& database) {
  database.exec(R"sql(
UPDATE conversations SET commit_no = -numbered.position FROM
  (SELECT slot, row_number() OVER (ORDER BY commit_no) AS position
   FROM conversations) AS numbered
  WHERE conversations.slot = numbered.slot;
UPDATE conversations SET commit_no = -commit_no;
)sql");
}

}  // namespace simulate
