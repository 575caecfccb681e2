#include "simulator/store/schema.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/store/ledger_totals.h"

namespace simulate {

namespace {

constexpr const char* kTables = R"sql(
-- Prompts, personas and settings, once each, by content.
CREATE TABLE texts(
  hash TEXT PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;

-- Sums that are asked for at every start: never counted from the rows.
-- cut_off: requests that were in flight when a process died. rebuild: 1 when
-- the training file must be written anew before anything is appended to it.
CREATE TABLE counters(
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counters(name, value) VALUES
  ('kept', 0), ('abandoned', 0), ('record_bytes', 0), ('planned_slots', 0),
  ('planned_places', 0), ('storylines', 0), ('wave', 0), ('cut_off', 0),
  ('rebuild', 0);

-- A row per change of settings; settings is the hash of a JSON text.
CREATE TABLE versions(
  version INTEGER PRIMARY KEY,
  settings TEXT NOT NULL REFERENCES texts(hash),
  since TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE waves(
  wave INTEGER PRIMARY KEY,
  first_place INTEGER NOT NULL,
  first_storyline INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  fewest_turns INTEGER NOT NULL,
  most_turns INTEGER NOT NULL,
  tester_variants INTEGER NOT NULL,
  assistant_variants INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  personas TEXT NOT NULL REFERENCES texts(hash), -- a JSON list of hashes
  closed INTEGER NOT NULL DEFAULT 0,             -- no more slots are drawn
  optional_tools TEXT NOT NULL DEFAULT '' -- groups that a storyline may lack
);

-- A storyline gets a row when its first attempt begins and it is given the
-- provider that its assistant stays with.
CREATE TABLE storylines(
  storyline INTEGER PRIMARY KEY,
  provider TEXT NOT NULL
);

CREATE TABLE slots(
  slot INTEGER PRIMARY KEY,
  place INTEGER NOT NULL,
  wave INTEGER NOT NULL,
  storyline INTEGER NOT NULL,
  session INTEGER NOT NULL,
  persona TEXT NOT NULL,
  persona_text TEXT NOT NULL REFERENCES texts(hash),
  situation TEXT NOT NULL,
  topic TEXT NOT NULL,
  style TEXT NOT NULL,
  mood TEXT NOT NULL,
  opening TEXT NOT NULL,
  appetite TEXT NOT NULL,
  turns INTEGER NOT NULL,
  tester_variant INTEGER NOT NULL,
  assistant_variant INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,      -- simulated minutes since 1970
  withheld TEXT NOT NULL DEFAULT '',    -- groups of tools it is not offered
  status TEXT NOT NULL DEFAULT 'open'
    CHECK (status IN ('open', 'kept', 'abandoned', 'replaced')),
  attempt INTEGER NOT NULL DEFAULT 1,   -- the one that is next or under way
  failures INTEGER NOT NULL DEFAULT 0   -- attempts used up
);
CREATE INDEX open_slots ON slots(slot) WHERE status = 'open';

CREATE TABLE attempts(
  slot INTEGER NOT NULL REFERENCES slots(slot),
  attempt INTEGER NOT NULL,
  version INTEGER NOT NULL REFERENCES versions(version),
  status TEXT NOT NULL DEFAULT 'running' CHECK (
    status IN ('running', 'kept', 'failed', 'parked', 'outdated',
               'superseded')),
  reason TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (slot, attempt)
) WITHOUT ROWID;
CREATE INDEX unfinished_attempts ON attempts(status)
  WHERE status IN ('running', 'parked');

-- Every answer that was ever received, written before it is used.
-- The key is slot * 2^24 + attempt * 2^16 + seq: one tree, so that keeping a
-- reply writes one page.
CREATE TABLE replies(
  reply INTEGER PRIMARY KEY,
  slot INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  role TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  request TEXT NOT NULL,            -- content hash of what was asked
  content TEXT NOT NULL,
  thinking TEXT NOT NULL,
  finish TEXT NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  corrects TEXT NOT NULL DEFAULT '' -- why the reply before it was rejected
);

-- What MCP servers answered, written before it is used. The key is made like
-- that of replies; seq counts the rounds of calls, the last of which has none:
-- then the conversation leaves its servers.
CREATE TABLE server_rounds(
  round INTEGER PRIMARY KEY,
  slot INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  question TEXT NOT NULL,           -- content hash of the calls
  results TEXT NOT NULL,            -- JSON: [[call_id, name, body, error], ...]
  state TEXT                        -- what they remember then; NULL: as before
);

-- Replies and their tokens by who gave them, over all attempts that ended.
CREATE TABLE usage(
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  role TEXT NOT NULL,
  replies INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  PRIMARY KEY (provider, model, role)
) WITHOUT ROWID;

-- Why attempts failed.
CREATE TABLE failures(
  reason TEXT PRIMARY KEY,
  attempts INTEGER NOT NULL,
  example TEXT NOT NULL
) WITHOUT ROWID;

-- What was learned of each provider, over all processes; written every few
-- seconds. The clock is the machine's, in seconds since 1970.
CREATE TABLE lanes(
  provider TEXT PRIMARY KEY,
  calls INTEGER NOT NULL,
  rate_limited INTEGER NOT NULL,
  retries INTEGER NOT NULL,
  maybe_billed INTEGER NOT NULL,    -- failed, and yet perhaps answered
  seconds_per_call REAL NOT NULL,
  rests_for INTEGER NOT NULL,       -- seconds, as the server asked
  rests_until INTEGER NOT NULL
) WITHOUT ROWID;

-- Saved conversations, in the order in which they were saved.
CREATE TABLE conversations(
  commit_no INTEGER PRIMARY KEY,
  slot INTEGER NOT NULL UNIQUE REFERENCES slots(slot),
  attempt INTEGER NOT NULL,
  language TEXT NOT NULL,
  assistant TEXT NOT NULL,
  tester TEXT NOT NULL,
  rewriter TEXT NOT NULL,
  prompts TEXT NOT NULL,
  ending TEXT NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  record_version INTEGER NOT NULL,
  record_bytes INTEGER NOT NULL,    -- of its record in the training file
  record_hash TEXT NOT NULL
);

-- The canonical transcript of a saved conversation; the key is slot * 2^16 +
-- position.
CREATE TABLE messages(
  message INTEGER PRIMARY KEY,
  slot INTEGER NOT NULL,
  position INTEGER NOT NULL,
  speaker TEXT NOT NULL,
  content TEXT NOT NULL,
  thinking TEXT NOT NULL,
  original_thinking TEXT NOT NULL,
  train INTEGER NOT NULL,
  repairs TEXT NOT NULL DEFAULT ''  -- of its calls, as they were read; JSON
);

CREATE TABLE tool_calls(
  slot INTEGER NOT NULL,
  position INTEGER NOT NULL,        -- of the message that calls
  call_id TEXT NOT NULL,
  name TEXT NOT NULL,
  arguments TEXT NOT NULL,          -- JSON
  result TEXT NOT NULL,             -- JSON
  error INTEGER NOT NULL,
  planned INTEGER NOT NULL DEFAULT 0, -- it failed because the plan wanted it
  repairs TEXT NOT NULL DEFAULT '', -- of its arguments; a JSON list
  PRIMARY KEY (slot, call_id)
);

-- What a storyline's tools remember after each of its sessions.
CREATE TABLE tool_states(
  storyline INTEGER NOT NULL,
  session INTEGER NOT NULL,
  state TEXT NOT NULL,
  servers TEXT NOT NULL DEFAULT '', -- what MCP servers remember; JSON
  PRIMARY KEY (storyline, session)
);

-- What people and later passes think of a conversation.
CREATE TABLE marks(
  slot INTEGER NOT NULL REFERENCES slots(slot),
  attempt INTEGER NOT NULL,
  mark TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (slot, attempt, mark)
) WITHOUT ROWID;
)sql";

constexpr const char* kViews = R"sql(
-- How far is it?
CREATE VIEW progress AS SELECT
  (SELECT value FROM counters WHERE name = 'kept') AS kept,
  (SELECT value FROM counters WHERE name = 'abandoned') AS abandoned,
  (SELECT count(*) FROM attempts WHERE status IN ('running', 'parked'))
    AS unfinished,
  (SELECT coalesce(sum(attempts), 0) FROM failures) AS failed,
  (SELECT value FROM counters WHERE name = 'cut_off') +
  (SELECT coalesce(sum(maybe_billed), 0) FROM lanes) AS maybe_billed;

-- Who answered, and what did it cost?
CREATE VIEW spending AS
  SELECT provider, model, sum(replies) AS replies,
         sum(input_tokens) AS input_tokens,
         sum(output_tokens) AS output_tokens
  FROM usage GROUP BY provider, model;

-- What is begun and not finished?
CREATE VIEW unfinished AS
  SELECT slot, a.attempt, a.status, persona, session, reason,
         (SELECT count(*) FROM replies WHERE reply BETWEEN
            (a.slot << 24) + (a.attempt << 16) AND
            (a.slot << 24) + (a.attempt << 16) + 65535) AS replies
  FROM attempts AS a JOIN slots USING (slot)
  WHERE a.status IN ('running', 'parked');

-- What did models say that we did not accept?
CREATE VIEW rejected_replies AS
  SELECT was.slot, was.attempt, was.seq, was.role, was.provider, was.model,
         next.corrects AS reason, was.content
  FROM replies AS next JOIN replies AS was ON was.reply = next.reply - 1
  WHERE next.corrects <> '';

-- A conversation to read: WHERE slot = 7.
CREATE VIEW transcripts AS
  SELECT slot, position, speaker, thinking, content,
         (SELECT group_concat(name || ' ' || arguments || ' -> ' || result,
                              char(10))
          FROM tool_calls WHERE tool_calls.slot = messages.slot AND
               tool_calls.position = messages.position) AS calls
  FROM messages ORDER BY message;

-- What did the rewriter change?
CREATE VIEW rewritten AS
  SELECT slot, position, original_thinking AS before, thinking AS after
  FROM messages WHERE original_thinking <> '';

-- Which tools were used, and how often wrongly?
CREATE VIEW tool_use AS
  SELECT name, count(*) AS calls, sum(error) AS errors,
         sum(planned) AS planned
  FROM tool_calls GROUP BY name;

-- What was put right in calls before they ran?
CREATE VIEW repaired_calls AS
  SELECT slot, position, '' AS name, repairs FROM messages WHERE repairs <> ''
  UNION ALL
  SELECT slot, position, name, repairs FROM tool_calls WHERE repairs <> '';

-- How often was each persona kept?
CREATE VIEW personas_kept AS
  SELECT persona, count(*) AS conversations
  FROM slots WHERE status = 'kept' GROUP BY persona;

-- Which settings made which conversations?
CREATE VIEW versions_kept AS
  SELECT version, since, count(*) AS conversations
  FROM conversations JOIN attempts USING (slot, attempt)
  JOIN versions USING (version) GROUP BY version;
)sql";

int number_in(SQLite::Database& database, const std::string& pragma) {
  return database.execAndGet("PRAGMA " + pragma).getInt();
}

std::vector<std::string> names_of(SQLite::Database& database,
                                  const std::string& type) {
  SQLite::Statement row(database,
                        "SELECT name FROM sqlite_master WHERE type = ?1 AND "
                        "sql IS NOT NULL AND name NOT LIKE 'sqlite_%'");
  row.bind(1, type);
  std::vector<std::string> names;
  while (row.executeStep()) names.push_back(row.getColumn(0).getString());
  return names;
}

// The text of every view, by name.
std::map<std::string, std::string> views_of(SQLite::Database& database) {
  SQLite::Statement row(database,
                        "SELECT name, sql FROM sqlite_master WHERE type = "
                        "'view'");
  std::map<std::string, std::string> views;
  while (row.executeStep()) {
    views[row.getColumn(0).getString()] = row.getColumn(1).getString();
  }
  return views;
}

// Views hold nothing, so a better one needs no new version of the ledger.
// Those that are as they should be stay where they are.
void renew_views(SQLite::Database& database) {
  SQLite::Database fresh(":memory:",
                         SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  fresh.exec(kViews);
  std::map<std::string, std::string> found = views_of(database);
  SQLite::Transaction transaction(database);
  for (const auto& [name, sql] : views_of(fresh)) {
    if (found[name] == sql) continue;
    database.exec("DROP VIEW IF EXISTS " + name);
    database.exec(sql);
  }
  transaction.commit();
}

void create(SQLite::Database& database) {
  database.exec(kTables);
  database.exec(kViews);
}

void copy_common_columns(SQLite::Database& database, const std::string& table) {
  std::vector<std::string> present = columns_of(database, table);
  std::set<std::string> known(present.begin(), present.end());
  std::vector<std::string> common;
  for (const std::string& name : columns_of(database, "old_" + table)) {
    if (known.count(name)) common.push_back(name);
  }
  if (common.empty()) return;  // a table that is no more
  std::string columns = joined(common, ", ");
  database.exec("INSERT OR REPLACE INTO " + table + "(" + columns +
                ") SELECT " + columns + " FROM old_" + table);
}

// Every table is copied into the present schema, column by column: one way
// from any older version, and the result is what a new ledger looks like.
void migrate(SQLite::Database& database, int version) {
  for (const char* type : {"view", "index"}) {
    for (const std::string& name : names_of(database, type)) {
      database.exec("DROP " + std::string(type) + " " + name);
    }
  }
  std::vector<std::string> tables = names_of(database, "table");
  for (const std::string& table : tables) {
    database.exec("ALTER TABLE " + table + " RENAME TO old_" + table);
  }
  create(database);
  for (const std::string& table : tables) {
    copy_common_columns(database, table);
    database.exec("DROP TABLE old_" + table);
  }
  // What version 2 brought is told by the rows that were copied.
  if (version < 2) sum_usage_and_failures(database);
}

}  // namespace

void refuse_unless_ledger(SQLite::Database& database) {
  const std::string& file = database.getFilename();
  bool empty = number_in(database, "schema_version") == 0;
  if (!empty && number_in(database, "application_id") != kLedgerApplicationId) {
    throw BadUsage(file +
                   " is a database of another program; choose another "
                   "--output");
  }
  int version = number_in(database, "user_version");
  if (version > kLedgerVersion) {
    throw BadUsage(file + " was written by a newer version of simulate (" +
                   std::to_string(version) + " > " +
                   std::to_string(kLedgerVersion) + "); update simulate");
  }
}

void refuse_unless_current(SQLite::Database& database) {
  refuse_unless_ledger(database);
  const std::string& file = database.getFilename();
  if (number_in(database, "schema_version") == 0) {
    throw BadUsage(file + " is empty: no ledger of simulate");
  }
  if (number_in(database, "user_version") == kLedgerVersion) return;
  throw BadUsage(file +
                 " was written by an older version of simulate; the next "
                 "start of its run brings it up to date");
}

void prepare_schema(SQLite::Database& database) {
  refuse_unless_ledger(database);
  bool empty = number_in(database, "schema_version") == 0;
  int version = number_in(database, "user_version");
  if (!empty && version == kLedgerVersion) {
    renew_views(database);
    return;
  }
  SQLite::Transaction transaction(database,
                                  SQLite::TransactionBehavior::IMMEDIATE);
  if (empty) {
    create(database);
  } else {
    migrate(database, version);
  }
  database.exec("PRAGMA application_id = " +
                std::to_string(kLedgerApplicationId));
  database.exec("PRAGMA user_version = " + std::to_string(kLedgerVersion));
  transaction.commit();
}

}  // namespace simulate
