#include "simulator/tables/parquet_writer.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/put_in_place.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

// DuckDB keeps a group of rows in memory, on each thread, until it is written;
// who reads the file takes a group at a time, too.
constexpr size_t kBytesOfGroup = 32 << 20;
constexpr size_t kMostRowsOfGroup = 122'880;
constexpr size_t kRowsAtATime = 2048;  // DuckDB's vectors have as many

// It reads lines into two buffers of this on each thread.
constexpr size_t kLeastBuffer = 1 << 20;

std::string columns_of(const ColumnType& row) {
  std::string columns;
  for (const auto& [name, type] : row.fields) {
    columns += (columns.empty() ? "" : ", ") + sql_text(name) + ": " +
               sql_text(sql_type(type));
  }
  return "{" + columns + "}";
}

}  // namespace

ParquetWriter::ParquetWriter(fs::path path, ColumnPlan& plan,
                             const DuckDbPlaces& places)
    : path_(std::move(path)),
      beside_(path_),
      plan_(plan),
      database_(places),
      spool_(path_.parent_path()) {
  beside_ += ".new";
}

ParquetWriter::~ParquetWriter() {
  std::error_code none;
  fs::remove(beside_, none);
}

void ParquetWriter::add(const std::string& row) {
  ++rows_;
  std::optional<Json> value = parse_json(row);
  try {
    if (!value) throw BadUsage("it is no JSON, or nests too deeply");
    plan_.take(*value);
  } catch (const BadUsage& wrong) {
    throw BadUsage(path_.string() + ", row " + std::to_string(rows_) + ": " +
                   wrong.what());
  }
  bool one_line = row.find('\n') == row.npos;
  std::string line = one_line ? row : to_text(*value);
  longest_ = std::max(longest_, line.size());
  spool_.append(line += '\n');
}

void ParquetWriter::finish() {
  if (plan_.row().fields.empty()) {
    throw BadUsage("there is nothing to write into " + path_.string());
  }
  std::error_code none;
  fs::remove(beside_, none);  // of a process that died
  try {
    database_.run(copy_statement());
  } catch (const Error& error) {
    throw Fatal("cannot write " + path_.string() + ": " + error.what());
  }
  put_in_place(beside_, path_);
}

std::string ParquetWriter::copy_statement() {
  size_t buffer = std::max(kLeastBuffer, longest_ + 1024);
  return "COPY (SELECT * FROM read_json(" + sql_text(spool_.path().string()) +
         ", format = 'newline_delimited', columns = " +
         columns_of(plan_.row()) +
         ", maximum_object_size = " + std::to_string(buffer) + ")) TO " +
         sql_text(fs::absolute(beside_).string()) +
         " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, "
         "ROW_GROUP_SIZE " +
         std::to_string(rows_of_group()) + metadata() + ")";
}

// `datasets` sees by itself what is JSON. Older ones than 4.7 would take it for
// mere text, and train on that; with this they say that they do not know it.
std::string ParquetWriter::metadata() const {
  if (!has_json(plan_.row())) return "";
  Json told = {{"info", {{"features", datasets_feature(plan_.row())}}}};
  return ", KV_METADATA {huggingface: " + sql_text(to_text(told)) + "}";
}

size_t ParquetWriter::rows_of_group() const {
  size_t rows_so_far = std::max(static_cast<size_t>(rows_), size_t{1});
  size_t bytes_of_row = spool_.bytes() / rows_so_far + 1;
  size_t rows = kBytesOfGroup / bytes_of_row;
  return std::clamp(rows / kRowsAtATime * kRowsAtATime, kRowsAtATime,
                    kMostRowsOfGroup);
}

}  // namespace simulate
