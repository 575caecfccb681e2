#include "simulator/store/share_sums.h"

#include "simulator/base/text.h"

namespace simulate {

namespace {

// The rows of one axis, which is a column of slots. A conversation counts for
// the situation that was played in it.
constexpr const char* kCounted = R"sql(
SELECT '{axis}', value, sum(open), sum(done), sum(succeeded), sum(kept) FROM (
  SELECT slots.{axis} AS value, slots.status = 'open' AS open,
    slots.status IN ('kept', 'abandoned') AS done,
    commit_no IS NOT NULL AND NOT {missed} AND {played} = slots.{axis}
      AS succeeded,
    0 AS kept
  FROM slots LEFT JOIN conversations USING (slot)
  WHERE slots.status <> 'replaced'
  UNION ALL
  SELECT {played}, 0, 0, 0, NOT {missed}
  FROM conversations JOIN slots USING (slot))
GROUP BY value
HAVING sum(open) + sum(done) + sum(kept) > 0
)sql";

std::string counted_sql(const std::string& axis) {
  bool is_situation = axis == "situation";
  std::string sql = replaced(kCounted, "{axis}", axis);
  sql = replaced(sql, "{missed}", is_situation ? "conversations.missed" : "0");
  return replaced(sql, "{played}",
                  is_situation ? "coalesce(nullif(conversations.situation, "
                                 "''), slots.situation)"
                               : "slots." + axis);
}

// Adds rows of axis, value and the four counts.
void read_rows(SQLite::Database& database, const std::string& sql,
               Shares& into) {
  SQLite::Statement row(database, sql);
  while (row.executeStep()) {
    ShareCount& count =
        into.count(row.getColumn(0).getString(), row.getColumn(1).getString());
    count.open = row.getColumn(2).getInt64();
    count.done = row.getColumn(3).getInt64();
    count.succeeded = row.getColumn(4).getInt64();
    count.kept = row.getColumn(5).getInt64();
  }
}

}  // namespace

void add_to_shares(Statements& statements, const Shares& change) {
  for (const auto& [axis, values] : change.counts()) {
    for (const auto& [value, count] : values) {
      statements.run(
          "INSERT INTO shares VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO "
          "UPDATE SET open = open + ?3, done = done + ?4, succeeded = "
          "succeeded + ?5, kept = kept + ?6",
          axis, value, count.open, count.done, count.succeeded, count.kept);
    }
  }
}

void recount_shares(SQLite::Database& database) {
  database.exec("DELETE FROM shares");
  for (const std::string& axis : shared_axes()) {
    database.exec("INSERT INTO shares " + counted_sql(axis));
  }
}

Shares read_shares(SQLite::Database& database) {
  Shares shares;
  read_rows(database, "SELECT * FROM shares WHERE open + done + kept > 0",
            shares);
  return shares;
}

Shares counted_shares(SQLite::Database& database) {
  Shares shares;
  for (const std::string& axis : shared_axes()) {
    read_rows(database, counted_sql(axis), shares);
  }
  return shares;
}

}  // namespace simulate
