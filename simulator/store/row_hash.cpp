#include "simulator/store/row_hash.h"

#include <sqlite3.h>

#include <string_view>

#include "simulator/base/hash.h"
#include "simulator/store/job_rows.h"
#include "simulator/store/plan_columns.h"
#include "simulator/store/reply_columns.h"
#include "simulator/store/tool_states.h"
#include "simulator/store/transcripts.h"

namespace simulate {

namespace {

std::string_view text_of(sqlite3_value* value) {
  const void* text = sqlite3_value_type(value) == SQLITE_BLOB
                         ? sqlite3_value_blob(value)
                         : static_cast<const void*>(sqlite3_value_text(value));
  return {static_cast<const char*>(text),
          static_cast<size_t>(sqlite3_value_bytes(value))};
}

bool counts_for_nothing(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
      return true;
    case SQLITE_INTEGER:
      return sqlite3_value_int64(value) == 0;
    default:
      return sqlite3_value_bytes(value) == 0;
  }
}

// Names have no blanks, so that none can pass for a piece of a value.
void row_hash(sqlite3_context* context, int count, sqlite3_value** values) {
  uint64_t sum = 0;
  for (int i = 0; i + 1 < count; i += 2) {
    sqlite3_value* value = values[i + 1];
    if (counts_for_nothing(value)) continue;
    std::string bytes(text_of(values[i]));
    bytes += ' ' + std::to_string(sqlite3_value_type(value)) + ' ';
    sum += quick_hash(bytes.append(text_of(value)));
  }
  sqlite3_result_int64(context, static_cast<int64_t>(sum));
}

}  // namespace

void add_row_hash(SQLite::Database& database) {
  int code = sqlite3_create_function_v2(
      database.getHandle(), "row_hash", -1,
      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr, row_hash,
      nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    throw SQLite::Exception(database.getHandle(), code);
  }
}

const std::vector<HashedTable>& hashed_tables() {
  static const std::vector<HashedTable> tables = [] {
    std::vector<HashedTable> all = {
        {"slots", "planned conversations", slot_columns().intact(),
         slot_columns().hashed()},
        {"replies", "replies", reply_columns().intact(),
         reply_columns().hashed()},
        {"server_rounds", "answers of MCP servers", round_columns().intact(),
         round_columns().hashed()},
        {"tool_states", "states of tools", state_columns().intact(),
         state_columns().hashed()},
        {"items", "items of jobs", item_columns().intact(),
         item_columns().hashed()},
        {"item_replies", "replies to jobs", item_reply_columns().intact(),
         item_reply_columns().hashed()},
        {"verdicts", "verdicts", verdict_columns().intact(),
         verdict_columns().hashed()}};
    for (HashedTable& table : transcript_tables()) {
      all.push_back(std::move(table));
    }
    return all;
  }();
  return tables;
}

}  // namespace simulate
