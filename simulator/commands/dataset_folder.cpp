#include "simulator/commands/dataset_folder.h"

#include <optional>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/export/training_file.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

void refuse_used(const fs::path& folder) {
  std::error_code none;
  if (!fs::exists(folder, none) || fs::is_empty(folder, none)) return;
  throw BadUsage(folder.string() +
                 " is not empty; --to does not write over files");
}

void make_folder(const fs::path& folder) {
  std::error_code trouble;
  fs::create_directories(folder, trouble);
  if (!fs::is_directory(folder, trouble)) {
    throw BadUsage("cannot make the folder " + folder.string());
  }
}

// One file of rows, made when its first one comes.
class RowFile {
 public:
  explicit RowFile(fs::path path) : path_(std::move(path)) {}

  void add(const std::string& row) {
    if (!file_) {
      file_.emplace(path_, 0644);
      rows_.emplace(FileFormat::jsonl,
                    [this](std::string_view text) { file_->append(text); });
    }
    rows_->add(row);
  }

  void finish() {
    if (!file_) return;
    rows_->end();
    file_->finish();
  }

 private:
  fs::path path_;
  std::optional<WholeFile> file_;
  std::optional<RecordStream> rows_;
};

}  // namespace

DatasetTally write_dataset_folder(const fs::path& folder,
                                  ConversationSource& source,
                                  const DatasetPlan& plan,
                                  TemplateEngine* engine,
                                  const std::string& command) {
  refuse_used(folder);
  make_folder(folder);
  RowFile train(folder / "train.jsonl");
  RowFile validation(folder / "validation.jsonl");
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
