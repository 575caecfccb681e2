#include "simulator/store/migration.h"

#include <iterator>
#include <string>
#include <vector>

#include "simulator/base/text.h"
#include "simulator/store/ledger_totals.h"
#include "simulator/store/share_sums.h"
#include "simulator/store/tables.h"
#include "simulator/store/views.h"

namespace simulate {

namespace {

struct Step {
  int version;      // that it leads to
  const char* sql;  // columns with a default, and small statements
};

// A comment behind a column would become part of the table, with the bracket
// that closes it: comments stand before their statement.
constexpr Step kSteps[] = {
    {4, R"sql(
-- What a wire must keep of a reply, such as ids.
ALTER TABLE replies ADD COLUMN wire TEXT NOT NULL DEFAULT '';
-- What the model was told after the rejected reply before this one.
ALTER TABLE replies ADD COLUMN correction TEXT NOT NULL DEFAULT '';
-- The schemas of the tools that were offered, as the hash of a JSON list in
-- texts, and where the system message tells of them, in bytes. NULL: not kept.
ALTER TABLE conversations ADD COLUMN offered TEXT REFERENCES texts(hash);
ALTER TABLE conversations ADD COLUMN tools_text_at INTEGER;
ALTER TABLE conversations ADD COLUMN tools_text_size INTEGER;
)sql"},
    {5, R"sql(
-- What the row was when it was written (row_hash.h). NULL: written before.
ALTER TABLE slots ADD COLUMN row_hash INTEGER;
ALTER TABLE replies ADD COLUMN row_hash INTEGER;
ALTER TABLE server_rounds ADD COLUMN row_hash INTEGER;
ALTER TABLE conversations ADD COLUMN row_hash INTEGER;
ALTER TABLE messages ADD COLUMN row_hash INTEGER;
ALTER TABLE tool_calls ADD COLUMN row_hash INTEGER;
ALTER TABLE tool_states ADD COLUMN row_hash INTEGER;
-- What has happened to the person by then: indexes into the events of
-- persona_text (plan.h).
ALTER TABLE slots ADD COLUMN events TEXT NOT NULL DEFAULT '';
-- A session is told what was said in those before it.
CREATE INDEX slots_of_storyline ON slots(storyline, session);
)sql"},
    {6, R"sql(
-- The situations and axes that it was drawn from, as the hash of a text; and
-- two more axes.
ALTER TABLE slots ADD COLUMN situations TEXT NOT NULL DEFAULT '';
ALTER TABLE slots ADD COLUMN typing TEXT NOT NULL DEFAULT '';
ALTER TABLE slots ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
-- 0: as many as `sessions`, which are the most.
ALTER TABLE waves ADD COLUMN fewest_sessions INTEGER NOT NULL DEFAULT 0;
-- What was played (empty: the slot's situation), and what it was about; missed:
-- it did not take place.
ALTER TABLE conversations ADD COLUMN situation TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN missed INTEGER NOT NULL DEFAULT 0;
-- Rows of its transcript, results of calls among them; 0: not kept.
ALTER TABLE conversations ADD COLUMN messages INTEGER NOT NULL DEFAULT 0;
-- Why replies were not used, and how many rewritten thoughts.
ALTER TABLE conversations ADD COLUMN guards TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN thoughts_refused INTEGER NOT NULL
  DEFAULT 0;
-- How often each situation and each value of an axis has come out (shares.h).
CREATE TABLE shares(
  axis TEXT NOT NULL,
  value TEXT NOT NULL,
  open INTEGER NOT NULL,
  done INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  PRIMARY KEY (axis, value)
) WITHOUT ROWID;
)sql"},
    {7, R"sql(
-- The examples that the assistant was shown, and what was found in replies that
-- were kept in spite of it.
ALTER TABLE conversations ADD COLUMN examples TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN blemishes TEXT NOT NULL DEFAULT '';
-- Messages of the person; calls of models. 0: not kept.
ALTER TABLE conversations ADD COLUMN turns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN calls INTEGER NOT NULL DEFAULT 0;
-- Of the input tokens, those that stood at the beginning of the same role's
-- request before; and tokens to be trained on, estimated. 0: not kept.
ALTER TABLE conversations ADD COLUMN repeated_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN trained_tokens INTEGER NOT NULL DEFAULT 0;
-- What the guards found, over all attempts that ended.
CREATE TABLE findings(
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  role TEXT NOT NULL,
  guard TEXT NOT NULL,
  replies INTEGER NOT NULL,
  PRIMARY KEY (provider, model, role, guard)
) WITHOUT ROWID;
-- Goes up when conversations that were saved are taken out.
INSERT INTO counters(name, value) VALUES ('generation', 0);
-- What conversations have cost, of those that keep their calls.
INSERT INTO counters(name, value) VALUES ('measured', 0), ('turns', 0),
  ('calls', 0), ('input_tokens', 0), ('repeated_tokens', 0),
  ('output_tokens', 0), ('trained_tokens', 0);
)sql"},
    {8, R"sql(
-- What is made of many items beside the conversations: judging, writing
-- personas. The same kind with the same settings is the same job.
CREATE TABLE jobs(
  job INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  settings TEXT NOT NULL,
  since TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (kind, settings)
);
-- Its items, by name; result is JSON.
CREATE TABLE items(
  item INTEGER PRIMARY KEY,
  job INTEGER NOT NULL REFERENCES jobs(job),
  name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open'
    CHECK (status IN ('open', 'done', 'failed')),
  reason TEXT NOT NULL DEFAULT '',
  result TEXT NOT NULL DEFAULT '',
  row_hash INTEGER,
  UNIQUE (job, name)
);
-- Their replies, each written before it is used, keyed as those of attempts.
CREATE TABLE item_replies(
  reply INTEGER PRIMARY KEY,
  item INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  role TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  request TEXT NOT NULL,
  content TEXT NOT NULL,
  thinking TEXT NOT NULL,
  finish TEXT NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  corrects TEXT NOT NULL DEFAULT '',
  wire TEXT NOT NULL DEFAULT '',
  correction TEXT NOT NULL DEFAULT '',
  row_hash INTEGER
);
-- What a judge says of a saved conversation; answers are JSON by question.
CREATE TABLE verdicts(
  slot INTEGER NOT NULL REFERENCES slots(slot),
  attempt INTEGER NOT NULL,
  rubric TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  answers TEXT NOT NULL,
  good INTEGER NOT NULL,
  row_hash INTEGER,
  PRIMARY KEY (slot, attempt)
);
)sql"},
};

static_assert(std::rbegin(kSteps)->version == kLedgerVersion);

void step(SQLite::Database& database, int from, int to) {
  for (const Step& step : kSteps) {
    if (step.version > from && step.version <= to) database.exec(step.sql);
  }
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

void copy_common_columns(SQLite::Database& database, const std::string& table) {
  std::vector<std::string> common = common_columns(
      columns_of(database, table), columns_of(database, "old_" + table));
  if (common.empty()) return;  // a table that is no more
  std::string columns = joined(common, ", ");
  database.exec("INSERT OR REPLACE INTO " + table + "(" + columns +
                ") SELECT " + columns + " FROM old_" + table);
}

// Versions 1 and 2 had other tables: all are copied, column by column.
void copy_into_new_tables(SQLite::Database& database, int version) {
  for (const char* type : {"view", "index"}) {
    for (const std::string& name : names_of(database, type)) {
      database.exec("DROP " + std::string(type) + " " + name);
    }
  }
  std::vector<std::string> tables = names_of(database, "table");
  for (const std::string& table : tables) {
    database.exec("ALTER TABLE " + table + " RENAME TO old_" + table);
  }
  create_schema(database);
  for (const std::string& table : tables) {
    copy_common_columns(database, table);
    database.exec("DROP TABLE old_" + table);
  }
  // What later versions brought is told by the rows that were copied.
  if (version < 2) sum_usage_and_failures(database);
  recount_shares(database);
}

}  // namespace

void create_schema(SQLite::Database& database, int version) {
  database.exec(kTablesOfVersion3);
  step(database, kWholeVersion, version);
  create_views(database);
}

void migrate(SQLite::Database& database, int version) {
  if (version < kWholeVersion) {
    copy_into_new_tables(database, version);
    return;
  }
  step(database, version, kLedgerVersion);
  recount_shares(database);
  renew_views(database);
}

}  // namespace simulate
