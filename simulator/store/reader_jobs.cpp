// Tested by tests/store/job_rows_test.cpp.
#include "simulator/store/keys.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/reply_columns.h"

namespace simulate {

namespace {

constexpr int kAttempt = 1;  // an item has one

int64_t first_number(Query row) {
  return row.next() ? row.column(0).getInt64() : 0;
}

}  // namespace

int64_t LedgerReader::job_of(const std::string& kind,
                             const std::string& settings) {
  Query row = query("SELECT job FROM jobs WHERE kind = ?1 AND settings = ?2");
  row.bind(1, kind);
  row.bind(2, settings);
  return row.next() ? row.column(0).getInt64() : 0;
}

int64_t LedgerReader::highest_job() {
  return first_number(query("SELECT coalesce(max(job), 0) FROM jobs"));
}

int64_t LedgerReader::highest_item() {
  return first_number(query("SELECT coalesce(max(item), 0) FROM items"));
}

std::optional<ItemRow> LedgerReader::item(int64_t job,
                                          const std::string& name) {
  static const std::string sql = "SELECT " + item_columns().names() +
                                 " FROM items WHERE job = ?1 AND name = ?2";
  Query row = query(sql);
  row.bind(1, job);
  row.bind(2, name);
  if (!row.next()) return std::nullopt;
  ItemRow item;
  row.read(item_columns(), item);
  return item;
}

std::vector<ItemRow> LedgerReader::items_after(int64_t job, int64_t item,
                                               int most) {
  static const std::string sql =
      "SELECT " + item_columns().names() +
      " FROM items WHERE job = ?1 AND item > ?2 ORDER BY item LIMIT ?3";
  Query row = query(sql);
  row.bind(1, job);
  row.bind(2, item);
  row.bind(3, most);
  std::vector<ItemRow> items;
  while (row.next()) row.read(item_columns(), items.emplace_back());
  return items;
}

std::vector<RecordedReply> LedgerReader::item_replies(int64_t item) {
  static const std::string sql =
      "SELECT " + item_reply_columns().names() +
      " FROM item_replies WHERE reply BETWEEN ?1 AND ?2 ORDER BY reply";
  Query row = query(sql);
  KeyRange keys = replies_of({item, kAttempt});
  row.bind(1, keys.first);
  row.bind(2, keys.last);
  std::vector<RecordedReply> replies;
  while (row.next()) row.read(item_reply_columns(), replies.emplace_back());
  return replies;
}

std::vector<JobRow> LedgerReader::jobs(const std::string& kind) {
  Query row = query(
      "SELECT job, kind, settings FROM jobs WHERE kind = ?1 ORDER BY job DESC");
  row.bind(1, kind);
  std::vector<JobRow> jobs;
  while (row.next()) {
    jobs.push_back({row.column(0).getInt64(), row.column(1).getString(),
                    row.column(2).getString()});
  }
  return jobs;
}

std::vector<UsageRow> LedgerReader::job_usage() {
  Query row = query(
      "SELECT provider, model, role, count(*), sum(input_tokens), "
      "sum(output_tokens) FROM item_replies GROUP BY provider, model, role");
  std::vector<UsageRow> usage;
  while (row.next()) {
    usage.push_back({{row.column(0).getString(), row.column(1).getString()},
                     row.column(2).getString(),
                     row.column(3).getInt64(),
                     {row.column(4).getInt64(), row.column(5).getInt64()}});
  }
  return usage;
}

std::optional<JudgeVerdict> LedgerReader::verdict(AttemptKey key) {
  static const std::string sql =
      "SELECT " + verdict_columns().names() +
      " FROM verdicts WHERE slot = ?1 AND attempt = ?2";
  Query row = query(sql);
  row.bind(1, key.slot);
  row.bind(2, key.attempt);
  if (!row.next()) return std::nullopt;
  VerdictRow found;
  row.read(verdict_columns(), found);
  return std::move(found.verdict);
}

}  // namespace simulate
