// What a LedgerReader knows of attempts: their replies, and what they start
// from.
// Tested by tests/store/ledger_test.cpp.
#include "simulator/store/ledger_reader.h"

#include "simulator/conversation/first_state.h"
#include "simulator/store/keys.h"
#include "simulator/store/plan_columns.h"
#include "simulator/store/reply_columns.h"
#include "simulator/store/tool_states.h"
#include "simulator/store/transcripts.h"

namespace simulate {

namespace {

template <class Row>
std::vector<Row> rows_of(Query&& query, const Columns<Row>& columns,
                         AttemptKey key) {
  KeyRange keys = replies_of(key);
  query.bind(1, keys.first);
  query.bind(2, keys.last);
  std::vector<Row> rows;
  while (query.next()) query.read(columns, rows.emplace_back());
  return rows;
}

}  // namespace

int64_t LedgerReader::version_of(AttemptKey key) {
  Query row =
      query("SELECT version FROM attempts WHERE slot = ?1 AND attempt = ?2");
  row.bind(1, key.slot);
  row.bind(2, key.attempt);
  return row.next() ? row.column(0).getInt64() : 0;
}

std::string LedgerReader::provider_of(int64_t storyline) {
  Query row = query("SELECT provider FROM storylines WHERE storyline = ?1");
  row.bind(1, storyline);
  return row.next() ? row.column(0).getString() : "";
}

std::map<std::string, int64_t> LedgerReader::slots_by_provider() {
  std::map<std::string, int64_t> slots;
  Query row = query(
      "SELECT provider, count(*) FROM storylines JOIN slots USING (storyline) "
      "WHERE status NOT IN ('abandoned', 'replaced') GROUP BY provider");
  while (row.next())
    slots[row.column(0).getString()] = row.column(1).getInt64();
  return slots;
}

std::optional<ToolState> LedgerReader::kept_state(int64_t storyline,
                                                  int session) {
  static const std::string sql =
      "SELECT " + state_columns().names() +
      " FROM tool_states WHERE storyline = ?1 AND session < ?2 ORDER BY "
      "session DESC LIMIT 1";
  Query row = query(sql);
  row.bind(1, storyline);
  row.bind(2, session);
  if (!row.next()) return std::nullopt;
  KeptState kept;
  row.read(state_columns(), kept);
  return kept.state;
}

ToolState LedgerReader::state_before(int64_t storyline, int session) {
  return kept_state(storyline, session).value_or(ToolState{});
}

ToolState LedgerReader::state_at_start(const Slot& slot) {
  std::optional<ToolState> kept = kept_state(slot.storyline, slot.session);
  return kept ? *kept : first_state(persona_of(slot), slot);
}

std::vector<RecordedReply> LedgerReader::replies(AttemptKey key) {
  static const std::string sql =
      "SELECT " + reply_columns().names() +
      " FROM replies WHERE reply BETWEEN ?1 AND ?2 ORDER BY reply";
  return rows_of(query(sql), reply_columns(), key);
}

std::vector<RecordedRound> LedgerReader::server_rounds(AttemptKey key) {
  static const std::string sql =
      "SELECT " + round_columns().names() +
      " FROM server_rounds WHERE round BETWEEN ?1 AND ?2 ORDER BY round";
  return rows_of(query(sql), round_columns(), key);
}

// What it was called under the settings of that attempt.
std::string LedgerReader::assistant_of(AttemptKey key) {
  int64_t version = version_of(key);
  auto latest = latest_settings();
  bool known = latest && latest->version == version;
  Settings settings = known ? latest->settings : settings_of(version);
  return settings.conversation.assistant_name;
}

Past LedgerReader::past_before(const Slot& slot, const std::string& assistant) {
  static const std::string sql =
      "SELECT " + slot_columns().names() +
      " FROM slots WHERE storyline = ?1 AND session < ?2 AND status = 'kept' "
      "ORDER BY session DESC";
  Query row = query(sql);
  row.bind(1, slot.storyline);
  row.bind(2, slot.session);
  Past past;
  std::vector<PastSession> sessions;
  size_t bytes = 0;
  while (bytes < kMostPast && row.next()) {
    Slot kept;
    row.read(slot_columns(), kept);
    if (!past.any) past.events = kept.events;
    past.any = true;
    if (kept.starts_at.minutes == 0) continue;  // a repair has lost its day
    sessions.push_back({kept.starts_at, spoken_in(statements_, kept.number)});
    bytes += past_text({sessions.back()}, slot.starts_at, assistant).size();
  }
  past.said = past_text(sessions, slot.starts_at, assistant);
  return past;
}

AttemptStart LedgerReader::start_of(AttemptKey key) {
  Slot begun = slot(key.slot).value_or(Slot());
  return {persona_of(begun),
          state_at_start(begun),
          replies(key),
          server_rounds(key),
          past_before(begun, assistant_of(key)),
          moment_of(begun, situations(begun.situations))};
}

std::vector<AttemptRow> LedgerReader::attempts_after(AttemptKey key, int most) {
  Query row = query(
      "SELECT slot, attempt, version, status, reason FROM attempts WHERE "
      "(slot, attempt) > (?1, ?2) ORDER BY slot, attempt LIMIT ?3");
  row.bind(1, key.slot);
  row.bind(2, key.attempt);
  row.bind(3, most);
  std::vector<AttemptRow> result;
  while (row.next()) {
    result.push_back({{row.column(0).getInt64(), row.column(1).getInt()},
                      row.column(2).getInt64(),
                      row.column(3).getString(),
                      row.column(4).getString()});
  }
  return result;
}

int64_t LedgerReader::unfinished_attempts(const std::string& status) {
  Query row = query(
      "SELECT count(*) FROM attempts INDEXED BY unfinished_attempts WHERE "
      "status = ?1 AND status IN ('running', 'parked')");
  row.bind(1, status);
  return row.next() ? row.column(0).getInt64() : 0;
}

}  // namespace simulate
