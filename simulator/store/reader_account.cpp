// What a LedgerReader counts: sums, spending, lanes, and what is known of each
// record.
// Tested by tests/store/ledger_test.cpp.
#include "simulator/store/ledger_reader.h"

#include <map>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/store/ledger_totals.h"
#include "simulator/store/ledger_trouble.h"
#include "simulator/store/supersede.h"

namespace simulate {

namespace {

int64_t believed(const SQLite::Column& value, const std::string& name) {
  int64_t most = name == "record_bytes" ? kMostRecordBytes : kMostOfAnything;
  int64_t number = value.getInt64();
  if (value.isInteger() && number >= 0 && number <= most) return number;
  throw BadUsage("the ledger's counter " + name + " says " +
                 shortened(one_line(value.getString()), 40) +
                 ", which no run of ours does; simulate check --repair");
}

}  // namespace

Counters LedgerReader::counters() {
  Counters result;
  std::map<std::string, int64_t*> fields = {
      {"kept", &result.kept},
      {"abandoned", &result.abandoned},
      {"record_bytes", &result.record_bytes},
      {"planned_slots", &result.planned_slots},
      {"planned_places", &result.planned_places},
      {"storylines", &result.storylines},
      {"wave", &result.wave},
      {"cut_off", &result.cut_off},
      {"rebuild", &result.rebuild},
      {"generation", &result.generation},
      {"measured", &result.cost.conversations}};
  for (const CostSum& one : kCostSums)
    fields[one.name] = &(result.cost.*one.sum);
  Query row = query("SELECT name, value FROM counters");
  while (row.next()) {
    auto field = fields.find(row.column(0).getString());
    if (field == fields.end()) continue;
    *field->second = believed(row.column(1), field->first);
  }
  return result;
}

std::vector<std::pair<std::string, int64_t>> LedgerReader::failures() {
  Query row = query("SELECT reason, attempts FROM failures");
  std::vector<std::pair<std::string, int64_t>> result;
  while (row.next()) {
    result.emplace_back(row.column(0).getString(), row.column(1).getInt64());
  }
  return result;
}

std::vector<UsageRow> LedgerReader::usage() {
  Query row = query(
      "SELECT provider, model, role, replies, input_tokens, output_tokens FROM "
      "usage");
  std::vector<UsageRow> result;
  while (row.next()) {
    result.push_back({{row.column(0).getString(), row.column(1).getString()},
                      row.column(2).getString(),
                      row.column(3).getInt64(),
                      {row.column(4).getInt64(), row.column(5).getInt64()}});
  }
  return result;
}

std::vector<FindingsRow> LedgerReader::findings() {
  Query row =
      query("SELECT provider, model, role, guard, replies FROM findings");
  std::vector<FindingsRow> result;
  while (row.next()) {
    result.push_back({{row.column(0).getString(), row.column(1).getString()},
                      row.column(2).getString(),
                      row.column(3).getString(),
                      row.column(4).getInt64()});
  }
  return result;
}

// A clock that was set back must not make a rest longer than it was.
LaneStatsByProvider LedgerReader::lanes() {
  Query row = query(
      "SELECT provider, calls, rate_limited, retries, maybe_billed, "
      "seconds_per_call, max(0, min(rests_for, rests_until - strftime('%s', "
      "'now'))) FROM lanes");
  LaneStatsByProvider result;
  while (row.next()) {
    LaneStats& lane = result[row.column(0).getString()];
    lane.calls = row.column(1).getInt64();
    lane.rate_limited = row.column(2).getInt64();
    lane.retries = row.column(3).getInt64();
    lane.maybe_billed = row.column(4).getInt64();
    lane.seconds_per_call = row.column(5).getDouble();
    lane.backoff = Seconds(row.column(6).getInt64());
  }
  return result;
}

int64_t LedgerReader::commit_number_of(int64_t slot) {
  Query row = query("SELECT commit_no FROM conversations WHERE slot = ?1");
  row.bind(1, slot);
  return row.next() ? row.column(0).getInt64() : 0;
}

AttemptKey LedgerReader::attempt_of(int64_t commit_no) {
  Query row =
      query("SELECT slot, attempt FROM conversations WHERE commit_no = ?1");
  row.bind(1, commit_no);
  if (!row.next()) return {};
  return {row.column(0).getInt64(), row.column(1).getInt()};
}

int LedgerReader::record_version_of(int64_t commit_no) {
  Query row =
      query("SELECT record_version FROM conversations WHERE commit_no = ?1");
  row.bind(1, commit_no);
  return row.next() ? row.column(0).getInt() : 0;
}

KnownRecord LedgerReader::known_record(int64_t number) {
  Query row = query(
      "SELECT record_bytes, record_hash FROM conversations "
      "WHERE commit_no = ?1");
  row.bind(1, number);
  if (!row.next()) return {};
  return {row.column(0).getInt64(), row.column(1).getString()};
}

TakenBack LedgerReader::would_take_back(const std::vector<int64_t>& versions) {
  return asked([&] { return would_supersede(database_, versions); });
}

TakenBack LedgerReader::would_take_out(const std::vector<int64_t>& slots) {
  return asked([&] { return simulate::would_take_back(database_, slots); });
}

template <class Question>
TakenBack LedgerReader::asked(Question question) {
  try {
    return question();
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(database_.getFilename(), "read", failure);
  }
}

}  // namespace simulate
