// Where exported rows go: a stream of JSON to stdout or a file, or a table of
// Parquet. A file appears when it is whole.
// Tested by tests/program/export_test.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "simulator/base/file.h"
#include "simulator/export/training_file.h"
#include "simulator/samples/row_columns.h"
#include "simulator/settings/settings.h"
#include "simulator/tables/parquet_writer.h"

namespace simulate {

class RowOutput {
 public:
  // As --to and --container say; the rows are the trainer's, or records.
  // Throws BadUsage.
  RowOutput(const Settings& settings, const Trainer* trainer);

  void add(const std::string& row);
  void finish();

 private:
  void put(std::string_view text);

  std::optional<WholeFile> file_;  // none: stdout
  std::optional<RecordStream> stream_;
  ColumnPlan columns_;
  std::unique_ptr<ParquetWriter> table_;  // instead of a stream
};

// Throws BadUsage where --to names what is there already, or lies in a folder
// that is not: for who has long work to do before the first row.
void refuse_bad_target(const std::filesystem::path& to);

}  // namespace simulate
