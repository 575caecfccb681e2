#include "simulator/store/repair/salvage.h"

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "simulator/base/text.h"
#include "simulator/store/keys.h"
#include "simulator/store/ledger_totals.h"

namespace simulate {

namespace {

// A table whose rows have a number to search by. Keys that are lost are
// skipped `stride` at a time: the rows of a slot, or one row.
struct Table {
  std::string name;
  std::string key;
  int64_t stride = 1;
  std::string made_of = "";  // what the key is made from, where it is
};

std::vector<Table> numbered_tables() {
  int64_t slot_of_replies = reply_key({1, 0}, 0);
  return {
      {"versions", "version"},
      {"waves", "wave"},
      {"storylines", "storyline"},
      {"slots", "slot"},
      {"attempts", "slot"},
      {"replies", "reply", slot_of_replies, reply_key_sql()},
      {"server_rounds", "round", slot_of_replies, reply_key_sql()},
      {"conversations", "commit_no"},
      {"messages", "message", message_key(1, 0), message_key_sql()},
      {"tool_calls", "rowid"},
      {"tool_states", "rowid"},
      {"marks", "slot"},
      {"jobs", "job"},
      {"items", "item"},
      {"item_replies", "reply", slot_of_replies,
       replaced(reply_key_sql(), "slot", "item")},
      {"verdicts", "slot"},
  };
}

// These have a text as their key; all but the first are a page or two.
constexpr const char* kNamed[][2] = {
    {"texts", "hash"},
    {"counters", "name"},
    {"usage", "provider, model, role"},
    {"failures", "reason"},
    {"lanes", "provider"},
    {"findings", "provider, model, role, guard"}};

// More keys in a row than are lost with one page of an inner node.
constexpr int64_t kMostProbes = 100'000;
constexpr int64_t kHighestKey = int64_t{1} << 60;

void bind_value(SQLite::Statement& to, int at, const SQLite::Column& value) {
  if (value.isNull()) return to.bind(at);
  if (value.isInteger()) return to.bind(at, value.getInt64());
  if (value.isFloat()) return to.bind(at, value.getDouble());
  to.bind(at, value.getString());
}

// Puts rows into one table, as far as the ledger that they come from has its
// columns; a row that the table refuses is left out.
class Target {
 public:
  Target(SQLite::Database& from, SQLite::Database& to, const std::string& table)
      : columns_(
            common_columns(columns_of(to, table), columns_of(from, table))),
        insert_(to, sql(table)) {}

  std::string columns() const { return joined(columns_, ", "); }

  // The values begin at column `first` of the row.
  void put(SQLite::Statement& row, int first) {
    insert_.reset();
    for (int i = 0; i < static_cast<int>(columns_.size()); ++i) {
      bind_value(insert_, i + 1, row.getColumn(first + i));
    }
    int code = insert_.tryExecuteStep();
    bool refused = code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH;
    if (code != SQLITE_DONE && !refused) {
      throw SQLite::Exception("cannot write what was recovered", code);
    }
    insert_.tryReset();
  }

 private:
  std::string sql(const std::string& table) const {
    // A new ledger has counters already.
    std::string verb = table == "counters" ? "REPLACE" : "IGNORE";
    std::vector<std::string> marks(columns_.size(), "?");
    return "INSERT OR " + verb + " INTO " + table + "(" +
           joined(columns_, ", ") + ") VALUES (" + joined(marks, ", ") + ")";
  }

  std::vector<std::string> columns_;
  SQLite::Statement insert_;
};

class TableCopy {
 public:
  TableCopy(SQLite::Database& from, SQLite::Database& to, const Table& table)
      : target_(from, to, table.name),
        up_(from, sql(table, ">=", "ASC")),
        down_(from, sql(table, "<", "DESC")),
        stride_(table.stride) {}

  void run() {
    int64_t from = 0;
    int64_t failed = 0;
    while (failed < kMostProbes && from < kHighestKey) {
      Reach reach = copy_up(from);
      // What lies between here and the damage below.
      if (from > 0 && (reach.at_end || reach.rows > 0)) copy_down(from);
      if (reach.at_end) return;
      failed = reach.rows > 0 ? 0 : failed + 1;
      int64_t behind = (std::max(from, reach.last) / stride_ + 1) * stride_;
      from = reach.lower > from ? reach.lower : behind;
    }
    copy_down(std::numeric_limits<int64_t>::max());
  }

 private:
  struct Reach {
    int64_t rows = 0;
    int64_t last = -1;
    int64_t lower = -1;   // the key that came after a higher one
    bool at_end = false;  // of the table; otherwise the next row is damaged
  };

  std::string sql(const Table& table, const char* compares,
                  const char* order) const {
    const std::string& key = table.key;
    std::string sound =
        table.made_of.empty() ? "1" : key + " = " + table.made_of;
    return "SELECT " + key + ", " + sound + ", " + target_.columns() +
           " FROM " + table.name + " WHERE " + key + " " + compares +
           " ?1 ORDER BY " + key + " " + order;
  }

  // A key out of order is damage that SQLite does not see, and could lead in
  // circles. It is the higher one of two that is taken to be wrong.
  Reach copy_up(int64_t from) {
    Reach reach;
    up_.tryReset();
    up_.bind(1, from);
    int code = up_.tryExecuteStep();
    for (; code == SQLITE_ROW; code = up_.tryExecuteStep()) {
      int64_t key = up_.getColumn(0).getInt64();
      if (key < from || key > kHighestKey || !is_sound(up_)) break;
      if (key < reach.last) {
        reach.lower = key;
        break;
      }
      target_.put(up_, 2);
      ++reach.rows;
      reach.last = key;
    }
    reach.at_end = code == SQLITE_DONE;
    up_.tryReset();
    return reach;
  }

  static bool is_sound(SQLite::Statement& row) {
    return row.getColumn(1).getInt() == 1;
  }

  void copy_down(int64_t below) {
    down_.tryReset();
    down_.bind(1, below);
    int64_t last = below;
    while (down_.tryExecuteStep() == SQLITE_ROW) {
      int64_t key = down_.getColumn(0).getInt64();
      if (key > last || key < 0 || !is_sound(down_)) break;
      target_.put(down_, 2);
      last = key;
    }
    down_.tryReset();
  }

  Target target_;
  SQLite::Statement up_;
  SQLite::Statement down_;
  int64_t stride_;
};

void copy_named(SQLite::Database& from, SQLite::Database& to,
                const std::string& table, const std::string& key) {
  Target target(from, to, table);
  for (const char* order : {" ASC", " DESC"}) {
    SQLite::Statement row(
        from, "SELECT " + target.columns() + " FROM " + table + " ORDER BY " +
                  replaced(key, ",", std::string(order) + ",") + order);
    int code = row.tryExecuteStep();
    for (; code == SQLITE_ROW; code = row.tryExecuteStep()) target.put(row, 0);
    if (code == SQLITE_DONE) return;
  }
}

// Texts between two damaged pages are found by the hashes that others know.
void copy_texts_by_hash(SQLite::Database& from, SQLite::Database& to) {
  Target target(from, to, "texts");
  SQLite::Statement wanted(
      to,
      "SELECT persona_text FROM slots UNION SELECT personas FROM waves UNION "
      "SELECT settings FROM versions UNION SELECT offered FROM conversations "
      "WHERE offered IS NOT NULL UNION SELECT value FROM (SELECT body FROM "
      "texts WHERE hash IN (SELECT personas FROM waves) AND json_valid(body)), "
      "json_each(body) UNION SELECT value FROM (SELECT body FROM texts WHERE "
      "hash IN (SELECT settings FROM versions) AND json_valid(body)), "
      "json_each(body, '$.prompts') EXCEPT SELECT hash FROM texts");
  SQLite::Statement row(
      from, "SELECT " + target.columns() + " FROM texts WHERE hash = ?1");
  while (wanted.executeStep()) {
    row.tryReset();
    row.bind(1, wanted.getColumn(0).getString());
    if (row.tryExecuteStep() == SQLITE_ROW) target.put(row, 0);
  }
}

// A table that this ledger does not have cannot be prepared.
template <class Copy>
void if_readable(SQLite::Database& to, Copy copy) {
  try {
    copy();
  } catch (const SQLite::Exception& error) {
    int code = to.getErrorCode();
    if (code == SQLITE_FULL || code == SQLITE_IOERR) throw;
  }
}

}  // namespace

void salvage(SQLite::Database& from, SQLite::Database& to) {
  SQLite::Transaction reading(from);  // else each probe locks the file anew
  SQLite::Transaction transaction(to, SQLite::TransactionBehavior::IMMEDIATE);
  for (const Table& table : numbered_tables()) {
    if_readable(to, [&] { TableCopy(from, to, table).run(); });
  }
  for (const auto& [table, key] : kNamed) {
    if_readable(
        to, [&, name = table, by = key] { copy_named(from, to, name, by); });
  }
  // Twice, since one text can name another.
  for (int i = 0; i < 2; ++i) {
    if_readable(to, [&] { copy_texts_by_hash(from, to); });
  }
  transaction.commit();
}

}  // namespace simulate
