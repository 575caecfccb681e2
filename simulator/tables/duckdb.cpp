#include "simulator/tables/duckdb.h"

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

// It would get an extension by itself, and spill into the current folder. Each
// of its threads holds a group of rows, and what it reads ahead is counted
// without long texts: by default it takes three times the memory, and is not
// faster, since what we do with a row takes longer.
constexpr const char* kSettings[] = {
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET temp_directory = ''",
    "SET threads = 1",
    "SET streaming_buffer_size = '1KB'",
};

[[noreturn]] void fail(const char* what) {
  std::string_view text = what ? what : "it does not say why";
  throw Error("DuckDB: " + std::string(text.substr(0, text.find('\n'))));
}

}  // namespace

DuckDb::DuckDb(const DuckDbPlaces& places)
    : functions_(duckdb_functions(places)) {
  bool opened = functions_.open(nullptr, &database_) == 0 &&
                functions_.connect(database_, &connection_) == 0;
  if (!opened) throw Fatal("DuckDB does not start; is memory short?");
  for (const char* setting : kSettings) run(setting);
}

DuckDb::~DuckDb() {
  if (connection_) functions_.disconnect(&connection_);
  if (database_) functions_.close(&database_);
}

void DuckDb::run(const std::string& sql) {
  DuckDbResult result;
  int state = functions_.query(connection_, sql.c_str(), &result);
  const char* said = state == 0 ? nullptr : functions_.result_error(&result);
  std::string error = said ? said : "";
  functions_.destroy_result(&result);
  if (state != 0) fail(said ? error.c_str() : nullptr);
}

// duckdb_query would hold the whole answer.
DuckDbTexts::DuckDbTexts(DuckDb& database, const std::string& sql)
    : duckdb_(database.functions()) {
  int state = duckdb_.prepare(database.connection(), sql.c_str(), &prepared_);
  const char* said = state == 0 ? "" : duckdb_.prepare_error(prepared_);
  if (state == 0) {
    state = duckdb_.execute_prepared_streaming(prepared_, &result_);
    if (state != 0) said = duckdb_.result_error(&result_);
  }
  if (state == 0) return;
  std::string error = said ? said : "";
  duckdb_.destroy_result(&result_);
  duckdb_.destroy_prepare(&prepared_);
  fail(error.c_str());
}

DuckDbTexts::~DuckDbTexts() {
  if (chunk_) duckdb_.destroy_data_chunk(&chunk_);
  duckdb_.destroy_result(&result_);
  duckdb_.destroy_prepare(&prepared_);
}

std::optional<std::string_view> DuckDbTexts::next() {
  while (taken_ == size_) {
    if (!next_chunk()) return std::nullopt;
  }
  uint64_t row = taken_++;
  void* column = duckdb_.data_chunk_get_vector(chunk_, 0);
  const uint64_t* present = duckdb_.vector_get_validity(column);
  if (present && !(present[row / 64] >> (row % 64) & 1)) return "";
  return static_cast<DuckDbText*>(duckdb_.vector_get_data(column))[row].view();
}

// It is an error to ask a query that is over.
bool DuckDbTexts::next_chunk() {
  if (over_) return false;
  if (chunk_) duckdb_.destroy_data_chunk(&chunk_);
  chunk_ = duckdb_.fetch_chunk(result_);
  taken_ = 0;
  size_ = chunk_ ? duckdb_.data_chunk_get_size(chunk_) : 0;
  if (chunk_) return true;
  over_ = true;
  if (const char* said = duckdb_.result_error(&result_)) {
    if (*said) fail(said);
  }
  return false;
}

std::string sql_text(std::string_view text) {
  return "'" + replaced(std::string(text), "'", "''") + "'";
}

std::string sql_name(std::string_view name) {
  return "\"" + replaced(std::string(name), "\"", "\"\"") + "\"";
}

// Absolute, since "s3:x" would be elsewhere.
std::string sql_path(const std::filesystem::path& path) {
  std::string literal;
  for (char letter : std::filesystem::absolute(path).string()) {
    bool special = letter == '*' || letter == '?' || letter == '[';
    literal += special ? std::string{'[', letter, ']'} : std::string{letter};
  }
  return sql_text(literal);
}

}  // namespace simulate
