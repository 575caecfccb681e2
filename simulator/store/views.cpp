#include "simulator/store/views.h"

#include <map>
#include <string>

#include "simulator/base/text.h"
#include "simulator/store/keys.h"

namespace simulate {

namespace {

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
         (SELECT count(*) FROM replies WHERE reply {of a}) AS replies
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

}  // namespace

void create_views(SQLite::Database& database) {
  database.exec(replaced(kViews, "{of a}", replies_of_sql("a")));
}

void renew_views(SQLite::Database& database) {
  SQLite::Database fresh(":memory:",
                         SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  create_views(fresh);
  std::map<std::string, std::string> found = views_of(database);
  for (const auto& [name, sql] : views_of(fresh)) {
    if (found[name] == sql) continue;
    database.exec("DROP VIEW IF EXISTS " + name);
    database.exec(sql);
  }
}

}  // namespace simulate
