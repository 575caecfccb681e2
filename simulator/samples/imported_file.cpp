#include "simulator/samples/imported_file.h"

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/samples/imported.h"

namespace simulate {

namespace {

// An array of this size is no longer read as a whole.
constexpr size_t kMostWhole = size_t{1} << 30;

// A line of an array, or of JSON lines, without what parts it from the next.
std::string_view element_of(std::string_view line) {
  std::string_view text = trimmed(line);
  if (text.ends_with(',')) text.remove_suffix(1);
  return text;
}

}  // namespace

ImportedFile::ImportedFile(std::filesystem::path path)
    : path_(std::move(path)), lines_(path_) {
  opened_file(path_);
  if (is_parquet(path_)) table_ = std::make_unique<ParquetFile>(path_);
}

std::optional<FinishedConversation> ImportedFile::next() {
  std::optional<Json> row = next_row();
  if (!row) return std::nullopt;
  try {
    FinishedConversation talk = imported(*row);
    if (talk.id.empty()) {
      talk.id = "line_" + std::to_string(line_);
    }
    return talk;
  } catch (const BadUsage& wrong) {
    refuse(wrong.what());
  }
}

void ImportedFile::begin_again() {
  if (table_) table_->begin_again();
  lines_.clear();
  lines_.seekg(0);
  line_ = 0;
  taken_ = 0;
}

std::optional<Json> ImportedFile::next_of_table() {
  std::optional<Json> row = table_->next();
  line_ = table_->row();
  return row;
}

std::optional<Json> ImportedFile::next_row() {
  if (table_) return next_of_table();
  std::string line;
  while (!whole_ && std::getline(lines_, line)) {
    ++line_;
    std::string_view text = element_of(line);
    if (text.empty() || text == "[" || text == "]") continue;
    std::optional<Json> row = parse_json(text);
    if (row && row->is_object()) return row;
    if (line_ > 2) refuse("it is no JSON object");
    read_whole();
  }
  if (!whole_ || taken_ >= whole_->size()) return std::nullopt;
  line_ = static_cast<int64_t>(taken_) + 1;
  return (*whole_)[taken_++];
}

void ImportedFile::read_whole() {
  whole_ = parse_json(read_file(path_, kMostWhole));
  if (!whole_ || !whole_->is_array()) refuse("it is no JSON object");
}

void ImportedFile::refuse(const std::string& what) const {
  const char* one = table_ ? "row " : whole_ ? "element " : "line ";
  throw BadUsage(path_.string() + ", " + one + std::to_string(line_) + ": " +
                 what);
}

}  // namespace simulate
