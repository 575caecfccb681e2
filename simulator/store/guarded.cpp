#include "simulator/store/guarded.h"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/store/migration.h"
#include "simulator/store/row_hash.h"

namespace simulate {

namespace {

constexpr int kLongestValue = 256 << 20;    // bytes
constexpr int kLongestStatement = 1 << 20;  // bytes; our schema is 10 KB

// `view` is the view or trigger in whose name something is done: we ask for
// tables, so it is never one of ours.
int authorize(void*, int action, const char*, const char* second, const char*,
              const char* view) {
  if (view) return SQLITE_DENY;
  switch (action) {
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
    case SQLITE_RECURSIVE:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_CREATE_TEMP_TRIGGER:
    case SQLITE_CREATE_VTABLE:
    case SQLITE_DROP_VTABLE:
      return SQLITE_DENY;
    case SQLITE_FUNCTION:
      return std::string_view(second) == "load_extension" ? SQLITE_DENY
                                                          : SQLITE_OK;
    default:
      return SQLITE_OK;
  }
}

struct Part {
  std::string type;
  std::string sql;
};
using Parts = std::map<std::string, Part>;

// But for what SQLite makes by itself, which has no text, and what ANALYZE
// leaves.
Parts parts_of(SQLite::Database& database) {
  SQLite::Statement row(database,
                        "SELECT name, type, coalesce(sql, '') FROM "
                        "sqlite_master WHERE NOT (type = 'index' AND sql IS "
                        "NULL) AND NOT (type = 'table' AND name IN "
                        "('sqlite_stat1', 'sqlite_stat4'))");
  Parts parts;
  while (row.executeStep()) {
    parts[row.getColumn(0).getString()] = {row.getColumn(1).getString(),
                                           row.getColumn(2).getString()};
  }
  return parts;
}

Parts parts_of_version(int version) {
  SQLite::Database fresh(":memory:",
                         SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  create_schema(fresh, version);
  return parts_of(fresh);
}

// Of versions 1 and 2 nobody knows the words any more.
const Parts& our_parts(int version) {
  static const auto all = [] {
    std::map<int, Parts> parts;
    for (int v = kWholeVersion; v <= kLedgerVersion; ++v) {
      parts[v] = parts_of_version(v);
    }
    return parts;
  }();
  return all.at(std::max(version, kWholeVersion));
}

// A column that is worked out would run what stands in the file.
bool has_plain_columns(SQLite::Database& database, const std::string& table) {
  SQLite::Statement row(database,
                        "SELECT count(*) FROM pragma_table_xinfo(?1) WHERE "
                        "hidden <> 0");
  row.bind(1, table);
  return row.executeStep() && row.getColumn(0).getInt() == 0;
}

// Versions 1 and 2 wrote their tables in other words, which are gone; what was
// no table then is made anew anyway.
bool is_of_first_versions(SQLite::Database& database, const std::string& name,
                          const Part& part, int version) {
  static const std::set<std::string> views = {"usage", "failures"};
  if (version == 1 && part.type == "view") return views.count(name) > 0;
  const Parts& known = our_parts(version);
  auto ours = known.find(name);
  if (ours == known.end() || ours->second.type != part.type) return false;
  return part.type != "table" || (part.sql.starts_with("CREATE TABLE ") &&
                                  has_plain_columns(database, name));
}

bool is_ours(SQLite::Database& database, const std::string& name,
             const Part& part, int version) {
  if (version < kWholeVersion &&
      is_of_first_versions(database, name, part, version)) {
    return true;
  }
  const Parts& known = our_parts(version);
  auto ours = known.find(name);
  if (ours == known.end() || ours->second.type != part.type) return false;
  // A view of ours may have been another one then; it is never asked.
  if (part.type == "view") return true;
  return version >= kWholeVersion && part.sql == ours->second.sql;
}

std::string with_article(const Part& part, const std::string& name) {
  std::string article = part.type == "index" ? "an " : "a ";
  return article + quotable(part.type) + " named " + quotable(name);
}

// Of the first versions some tables are not there yet; without one of these
// there is nothing to bring up to date.
std::string missing_table(const Parts& found, int version) {
  static const std::set<std::string> younger = {"lanes", "usage", "failures",
                                                "server_rounds"};
  for (const auto& [name, part] : our_parts(version)) {
    if (part.type != "table" || found.count(name)) continue;
    if (version < kWholeVersion && younger.count(name)) continue;
    return "no table named " + name;
  }
  return "";
}

}  // namespace

void guard(SQLite::Database& database) {
  sqlite3* handle = database.getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestValue);
  sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, kLongestStatement);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100);
  sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 20);
  sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, 100);
  sqlite3_set_authorizer(handle, authorize, nullptr);
  add_row_hash(database);
}

void allow_broken_schema(SQLite::Database& database) {
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 0,
                    nullptr);
}

std::string foreign_part(SQLite::Database& database, int version) {
  Parts found = parts_of(database);
  for (const auto& [name, part] : found) {
    if (!is_ours(database, name, part, version)) {
      return with_article(part, name);
    }
  }
  return missing_table(found, version);
}

}  // namespace simulate
