// The training file: a view of the ledger in commit order that is valid JSON
// after every append. A .json file is an array, a record a line; a .jsonl file
// is a record a line. Appending writes over the closing bracket, once, so the
// work per conversation does not grow with the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "simulator/base/file.h"
#include "simulator/base/watched_file.h"

namespace simulate {

enum class FileFormat { json, jsonl };

// By the path's extension; anything but .jsonl is JSON.
FileFormat format_of(const std::filesystem::path& path);

// What opens, parts and closes a file of this format.
struct Frame {
  std::string_view open;
  std::string_view separator;
  std::string_view close_empty;
  std::string_view close;
};
const Frame& frame_of(FileFormat format);

// What the ledger knows of the file: enough to tell a torn tail from a file
// that somebody has edited.
struct KnownRecord {
  int64_t bytes = 0;
  std::string hash;  // content hash
};

class LedgerView {
 public:
  virtual ~LedgerView() = default;
  virtual int64_t records() = 0;
  virtual int64_t record_bytes() = 0;                    // of all together
  virtual KnownRecord known_record(int64_t number) = 0;  // from 1
  virtual std::string render(int64_t number) = 0;
};

// The bytes of a training file, record by record, to wherever they go.
class RecordStream {
 public:
  using Put = std::function<void(std::string_view)>;

  RecordStream(FileFormat format, Put put);

  void add(std::string_view record);
  void end();

 private:
  const Frame& frame_;
  Put put_;
  int64_t records_ = 0;
};

class TrainingFile {
 public:
  explicit TrainingFile(std::filesystem::path path);

  // Brings the file in line with the ledger: creates it, repairs a torn tail,
  // appends what is missing. A sentence for the user when it did more than
  // look. Throws BadUsage, and touches nothing, when the file is not ours or
  // was edited.
  std::string reconcile(LedgerView& ledger);

  // Throws what reconcile() would refuse, and changes nothing.
  void refuse_if_edited(LedgerView& ledger);

  // Looks at every byte and changes none: a sentence on what is wrong and what
  // to do, or nothing. reconcile() looks only at what a power cut can harm.
  std::string examine(LedgerView& ledger);

  // One write for all of them. Throws Fatal; the ledger has them all the same.
  void append(const std::vector<std::string>& records);
  void sync();

  const std::filesystem::path& path() const { return path_; }

 private:
  bool open_to_look();
  void find_last_good(LedgerView& ledger, int64_t size);
  int64_t first_edited(LedgerView& ledger) const;
  std::string close_of(int64_t records) const;
  int64_t end_of(int64_t records, int64_t bytes) const;
  bool holds(const KnownRecord& record, int64_t end) const;
  std::string read_at(int64_t offset, int64_t bytes) const;
  void refuse_unless_ours(LedgerView& ledger, int64_t size) const;
  bool may_become(int64_t offset, std::string_view expected,
                  std::string_view earlier) const;
  void refuse_if_touched() const;
  void write_head();
  void write_at(int64_t offset, const std::string& bytes);
  void open();

  std::filesystem::path path_;
  FileFormat format_;
  Descriptor file_;
  std::optional<WatchedFile> watched_;  // since open()
  int64_t records_ = 0;
  int64_t end_ = 0;  // where the last record ends
};

}  // namespace simulate
