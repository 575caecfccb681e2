// Conversations from a file: JSON lines, or an array with an element a line, as
// training files are; any other array is read as a whole; or Parquet.
// Tested by tests/samples/imported_test.cpp and row_columns_test.cpp.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>

#include "simulator/samples/source.h"
#include "simulator/tables/parquet_file.h"

namespace simulate {

class ImportedFile : public ConversationSource {
 public:
  // Throws BadUsage when it cannot be read, Parquet without DuckDB among it.
  explicit ImportedFile(std::filesystem::path path);

  // The message names file and line, or row.
  std::optional<FinishedConversation> next() override;
  void begin_again() override;

 private:
  std::optional<Json> next_row();
  std::optional<Json> next_of_table();
  void read_whole();
  [[noreturn]] void refuse(const std::string& what) const;

  std::filesystem::path path_;
  std::ifstream lines_;
  std::unique_ptr<ParquetFile> table_;  // null: it has lines
  int64_t line_ = 0;
  std::optional<Json> whole_;  // of an array that is not an element a line
  size_t taken_ = 0;
};

}  // namespace simulate
