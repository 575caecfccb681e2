#include "simulator/commands/row_output.h"

#include "simulator/base/error.h"
#include "simulator/base/screen.h"

namespace simulate {

void refuse_bad_target(const std::filesystem::path& to) {
  std::error_code none;
  if (std::filesystem::exists(to, none)) {
    throw BadUsage(to.string() +
                   " exists already; --to does not write over files");
  }
  std::filesystem::path folder = to.parent_path();
  if (folder.empty() || std::filesystem::is_directory(folder, none)) return;
  throw BadUsage("there is no folder " + folder.string() + " for " +
                 to.filename().string() + "; make it, or choose another --to");
}

RowOutput::RowOutput(const Settings& settings, const Trainer* trainer)
    : columns_(row_columns(trainer)) {
  const std::filesystem::path& to = settings.to;
  Container container = *settings.exporting.container;
  if (!to.empty()) refuse_bad_target(to);
  if (container == Container::parquet) {
    if (to.empty()) {
      throw BadUsage(
          "Parquet is no text for a terminal; name a file with --to");
    }
    table_ = std::make_unique<ParquetWriter>(to, columns_);
    return;
  }
  if (!to.empty()) file_.emplace(to, 0644);
  stream_.emplace(
      container == Container::jsonl ? FileFormat::jsonl : FileFormat::json,
      [this](std::string_view text) { put(text); });
}

void RowOutput::add(const std::string& row) {
  if (table_) return table_->add(row);
  stream_->add(row);
}

void RowOutput::finish() {
  if (table_) return table_->finish();
  stream_->end();
  if (file_) file_->finish();
}

void RowOutput::put(std::string_view text) {
  if (file_) return file_->append(text);
  if (hand_out(stdout, text)) return;
  throw Fatal(
      "cannot write the export: the disk may be full, or the reader went "
      "away");
}

}  // namespace simulate
