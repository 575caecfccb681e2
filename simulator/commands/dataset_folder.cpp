#include "simulator/commands/dataset_folder.h"

#include <memory>
#include <optional>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/folder.h"
#include "simulator/export/training_file.h"
#include "simulator/samples/row_columns.h"
#include "simulator/tables/parquet_writer.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

void refuse_used(const fs::path& folder) {
  std::error_code none;
  if (!fs::exists(folder, none) || fs::is_empty(folder, none)) return;
  throw BadUsage(folder.string() +
                 " is not empty; --to does not write over files");
}

// One file of rows, made when its first one comes. Parquet files of a folder
// share their columns: all get their rows before one is finished.
class RowFile {
 public:
  RowFile(fs::path path, Container container, ColumnPlan& columns)
      : path_(std::move(path)), container_(container), columns_(columns) {}

  void add(const std::string& row) {
    if (!file_ && !table_) open();
    if (table_) return table_->add(row);
    rows_->add(row);
  }

  void finish() {
    if (table_) return table_->finish();
    if (!file_) return;
    rows_->end();
    file_->finish();
  }

 private:
  void open() {
    if (container_ == Container::parquet) {
      table_ = std::make_unique<ParquetWriter>(path_, columns_);
      return;
    }
    file_.emplace(path_, 0644);
    rows_.emplace(FileFormat::jsonl,
                  [this](std::string_view text) { file_->append(text); });
  }

  fs::path path_;
  Container container_;
  ColumnPlan& columns_;
  std::optional<WholeFile> file_;
  std::optional<RecordStream> rows_;
  std::unique_ptr<ParquetWriter> table_;
};

void refuse_table(const DatasetPlan& plan) {
  if (plan.container != Container::parquet || plan.trainer->files) return;
  throw BadUsage(std::string(plan.trainer->title) +
                 " takes JSON lines; leave out --container parquet");
}

}  // namespace

DatasetTally write_dataset_folder(const fs::path& folder,
                                  ConversationSource& source,
                                  const DatasetPlan& plan,
                                  TemplateEngine* engine,
                                  const std::string& command) {
  refuse_table(plan);
  refuse_used(folder);
  make_folder(folder);
  ColumnPlan columns = row_columns(plan.trainer);
  auto file = [&](const char* part) {
    return folder / data_file(part, plan.container);
  };
  RowFile train(file("train"), plan.container, columns);
  RowFile validation(file("validation"), plan.container, columns);
  DatasetTally tally =
      write_dataset(source, plan, engine,
                    [&](Part part, const Sample&, const std::string& row) {
                      (part == Part::train ? train : validation).add(row);
                    });
  train.finish();
  validation.finish();
  if (plan.trainer->files) {
    for (const auto& [name, content] :
         plan.trainer->files(facts_of(plan, tally))) {
      write_file(folder / name, content);
    }
  }
  write_file(folder / "README.md", dataset_card(plan, tally, command));
  return tally;
}

}  // namespace simulate
