#include "simulator/store/row_hash.h"

#include <sqlite3.h>

#include "simulator/base/hash.h"
#include "simulator/store/plan_columns.h"
#include "simulator/store/reply_columns.h"
#include "simulator/store/tool_states.h"
#include "simulator/store/transcripts.h"

namespace simulate {

namespace {

// Values are told apart by their kind and length, so that none can pass for a
// piece of its neighbour.
void append(std::string& bytes, sqlite3_value* value) {
  int type = sqlite3_value_type(value);
  const void* text = type == SQLITE_BLOB
                         ? sqlite3_value_blob(value)
                         : static_cast<const void*>(sqlite3_value_text(value));
  int size = sqlite3_value_bytes(value);
  bytes += std::to_string(type) + ' ' + std::to_string(size) + '\n';
  if (size > 0) bytes.append(static_cast<const char*>(text), size);
}

void row_hash(sqlite3_context* context, int count, sqlite3_value** values) {
  std::string bytes;
  for (int i = 0; i < count; ++i) append(bytes, values[i]);
  sqlite3_result_int64(context, static_cast<int64_t>(quick_hash(bytes)));
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
         state_columns().hashed()}};
    for (HashedTable& table : transcript_tables()) {
      all.push_back(std::move(table));
    }
    return all;
  }();
  return tables;
}

}  // namespace simulate
