#include "simulator/tables/parquet_file.h"

#include <fstream>

#include "simulator/base/error.h"
#include "simulator/base/file.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;
using Kind = ColumnType::Kind;

// Of duckdb_type in duckdb.h.
constexpr int kList = 24;
constexpr int kStruct = 25;

// A logical type of DuckDB's.
class Type {
 public:
  Type(const DuckDbFunctions& duckdb, void* type)
      : duckdb_(duckdb), type_(type) {}
  Type(const Type&) = delete;
  ~Type() { duckdb_.destroy_logical_type(&type_); }

  // Lists and fields; what else there is makes no difference here.
  ColumnType column() const {
    int id = duckdb_.get_type_id(type_);
    ColumnType column;
    column.kind = id == kList     ? Kind::list
                  : id == kStruct ? Kind::fields
                                  : Kind::json;
    if (id == kList) {
      column.of.push_back(
          Type(duckdb_, duckdb_.list_type_child_type(type_)).column());
    }
    if (id == kStruct) add_fields(column);
    return column;
  }

 private:
  void add_fields(ColumnType& column) const {
    uint64_t count = duckdb_.struct_type_child_count(type_);
    for (uint64_t index = 0; index < count; ++index) {
      char* name = duckdb_.struct_type_child_name(type_, index);
      Type field(duckdb_, duckdb_.struct_type_child_type(type_, index));
      column.fields.emplace_back(name ? name : "", field.column());
      duckdb_.free(name);
    }
  }

  const DuckDbFunctions& duckdb_;
  void* type_;
};

// A folder that is called "year=2026" is no column.
std::string from(const fs::path& path) {
  return " FROM read_parquet(" + sql_path(path) +
         ", hive_partitioning = false)";
}

ColumnType row_type(DuckDb& database, const fs::path& path) {
  const DuckDbFunctions& duckdb = database.functions();
  DuckDbResult result;
  std::string sql = "SELECT *" + from(path) + " LIMIT 0";
  database.run(sql);  // which throws what is wrong
  duckdb.query(database.connection(), sql.c_str(), &result);
  ColumnType row;
  row.kind = Kind::fields;
  for (uint64_t at = 0; at < duckdb.column_count(&result); ++at) {
    Type type(duckdb, duckdb.column_logical_type(&result, at));
    row.fields.emplace_back(duckdb.column_name(&result, at), type.column());
  }
  duckdb.destroy_result(&result);
  return row;
}

}  // namespace

bool is_parquet(const fs::path& path) {
  std::error_code none;
  if (!fs::is_regular_file(path, none)) return false;
  std::ifstream file(path, std::ios::binary);
  char begin[4] = {};
  file.read(begin, sizeof begin);
  return std::string_view(begin, sizeof begin) == "PAR1";
}

ParquetFile::ParquetFile(fs::path path, const DuckDbPlaces& places)
    : path_(std::move(path)), database_(places) {
  opened_file(path_);
  try {
    type_ = row_type(database_, path_);
  } catch (const Error& error) {
    refuse(error.what());
  }
  begin_again();
}

// A row cannot be named in SQL as a whole where a column has the same name.
std::string ParquetFile::row_statement() const {
  std::string fields;
  for (const auto& [name, unused] : type_.fields) {
    fields +=
        (fields.empty() ? "" : ", ") + sql_text(name) + ": " + sql_name(name);
  }
  return "SELECT CAST(to_json({" + fields + "}) AS VARCHAR)" + from(path_);
}

std::optional<Json> ParquetFile::next() {
  std::optional<std::string_view> text;
  try {
    text = rows_->next();
  } catch (const Error& error) {
    refuse(error.what());
  }
  if (!text) return std::nullopt;
  ++row_;
  bytes_ = text->size();
  std::optional<Json> row = parse_json(*text);
  if (!row) refuse("row " + std::to_string(row_) + " is no JSON");
  drop_absent(*row, type_);
  return row;
}

void ParquetFile::begin_again() {
  rows_.reset();
  row_ = 0;
  try {
    rows_ = std::make_unique<DuckDbTexts>(database_, row_statement());
  } catch (const Error& error) {
    refuse(error.what());
  }
}

void ParquetFile::refuse(const std::string& what) const {
  throw BadUsage("cannot read " + path_.string() + " as Parquet: " + what);
}

}  // namespace simulate
