#include "simulator/export/training_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "simulator/base/error.h"
#include "simulator/base/hash.h"

namespace simulate {

namespace {

constexpr Frame kJson = {"[\n", ",\n", "]\n", "\n]\n"};
constexpr Frame kJsonl = {"", "\n", "", "\n"};

// The writer syncs the file every 256 records, after a batch of at most as
// many again.
constexpr int64_t kMostUnsynced = 512;

size_t first_difference(std::string_view a, std::string_view b) {
  auto differs = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<size_t>(differs.first - a.begin());
}

int64_t size_of(const Descriptor& file) {
  struct stat status = {};
  if (::fstat(file.number(), &status) != 0) return 0;
  return status.st_size;
}

}  // namespace

FileFormat format_of(const std::filesystem::path& path) {
  return path.extension() == ".jsonl" ? FileFormat::jsonl : FileFormat::json;
}

const Frame& frame_of(FileFormat format) {
  return format == FileFormat::json ? kJson : kJsonl;
}

RecordStream::RecordStream(FileFormat format, Put put)
    : frame_(frame_of(format)), put_(std::move(put)) {
  put_(frame_.open);
}

void RecordStream::add(std::string_view record) {
  if (records_++ > 0) put_(frame_.separator);
  put_(record);
}

void RecordStream::end() {
  put_(records_ == 0 ? frame_.close_empty : frame_.close);
}

TrainingFile::TrainingFile(std::filesystem::path path)
    : path_(std::move(path)), format_(format_of(path_)) {}

std::string TrainingFile::reconcile(LedgerView& ledger) {
  int64_t wanted = ledger.records();
  std::error_code none;
  bool existed = std::filesystem::exists(path_, none);
  open();
  int64_t size = size_of(file_);

  find_last_good(ledger, size);
  int64_t number = records_;

  if (size > 0) refuse_unless_ours(ledger, size);
  write_head();
  std::string close = close_of(number);
  if (read_at(end_, 64) != close) {
    if (::ftruncate(file_.number(), end_) != 0) {
      throw Fatal("cannot repair " + path_.string() + ": " +
                  disk_trouble(errno) +
                  "; run the same command again afterwards");
    }
    write_at(end_, close);
  }
  for (int64_t next = number + 1; next <= wanted; ++next) {
    append({ledger.render(next)});
    if (next % kMostUnsynced == 0) sync();
  }
  // Starts that are killed early never come to a sync of their own.
  sync();
  if (number == wanted) return "";
  return path_.string() + (existed ? " lacked " : " was missing; wrote ") +
         std::to_string(wanted - number) +
         " saved conversations; they were written again from the ledger";
}

bool TrainingFile::open_to_look() {
  file_ = Descriptor(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (file_ || errno == ENOENT) return bool(file_);
  throw BadUsage("cannot read " + path_.string() + ": " + std::strerror(errno));
}

void TrainingFile::refuse_if_edited(LedgerView& ledger) {
  if (!open_to_look()) return;
  int64_t size = size_of(file_);
  find_last_good(ledger, size);
  if (size > 0) refuse_unless_ours(ledger, size);
}

std::string TrainingFile::examine(LedgerView& ledger) {
  int64_t wanted = ledger.records();
  try {
    refuse_if_edited(ledger);
    if (!file_ && wanted == 0) return "";
    if (!file_) {
      return path_.string() +
             " is missing; the next start writes it again from the ledger";
    }
  } catch (const BadUsage& refusal) {
    return refusal.what();
  }
  if (int64_t edited = first_edited(ledger); edited != 0) {
    return path_.string() + " is not as this run left it: its record " +
           std::to_string(edited) +
           " is not what was saved. Move it away and start the run again: "
           "the file is rebuilt from the ledger";
  }
  if (records_ == wanted && read_at(end_, 64) == close_of(wanted)) return "";
  return path_.string() +
         " does not end as the ledger says, as after a power cut; the next "
         "start of the run repairs it";
}

// Of the records up to the last good one, with what parts them; 0 when all are
// as they were saved.
int64_t TrainingFile::first_edited(LedgerView& ledger) const {
  const Frame& frame = frame_of(format_);
  auto stands = [this](std::string_view text, int64_t at) {
    return read_at(at, static_cast<int64_t>(text.size())) == text;
  };
  if (records_ > 0 && !stands(frame.open, 0)) return 1;
  auto end = static_cast<int64_t>(frame.open.size());
  for (int64_t number = 1; number <= records_; ++number) {
    if (number > 1 && !stands(frame.separator, end)) return number;
    if (number > 1) end += static_cast<int64_t>(frame.separator.size());
    KnownRecord record = ledger.known_record(number);
    end += record.bytes;
    if (!holds(record, end)) return number;
  }
  return 0;
}

std::string TrainingFile::close_of(int64_t records) const {
  const Frame& frame = frame_of(format_);
  return std::string(records == 0 ? frame.close_empty : frame.close);
}

// Looks at the records that may not have been synced, oldest first, and stops
// at the first bad one: a power cut can keep a later page and lose an earlier
// one. Only where the oldest of them is bad does it look further back.
void TrainingFile::find_last_good(LedgerView& ledger, int64_t size) {
  int64_t wanted = ledger.records();
  int64_t bytes = ledger.record_bytes();
  int64_t number = wanted;
  auto stands = [&](int64_t which, int64_t end_bytes) {
    int64_t end = end_of(which, end_bytes);
    return end <= size && holds(ledger.known_record(which), end);
  };
  while (number > std::max<int64_t>(0, wanted - kMostUnsynced)) {
    bytes -= ledger.known_record(number--).bytes;
  }
  while (number > 0 && !stands(number, bytes)) {
    bytes -= ledger.known_record(number--).bytes;
  }
  while (number < wanted) {
    int64_t next = bytes + ledger.known_record(number + 1).bytes;
    if (!stands(number + 1, next)) break;
    bytes = next;
    ++number;
  }
  records_ = number;
  end_ = end_of(number, bytes);
}

void TrainingFile::append(const std::vector<std::string>& records) {
  if (records.empty()) return;
  refuse_if_touched();
  const Frame& frame = frame_of(format_);
  std::string bytes;
  for (const std::string& record : records) {
    if (records_ > 0) bytes += frame.separator;
    bytes += record;
    ++records_;
  }
  int64_t end = end_ + static_cast<int64_t>(bytes.size());
  bytes += frame.close;
  write_at(end_, bytes);
  end_ = end;
}

// Bytes behind a hole, or in a file without a name, are no training file.
void TrainingFile::refuse_if_touched() const {
  std::string trouble = watched_->trouble();
  int64_t expected = end_ + static_cast<int64_t>(close_of(records_).size());
  if (trouble.empty() && size_of(file_) != expected) {
    trouble = "was changed by somebody else";
  }
  if (trouble.empty()) return;
  throw Fatal(path_.string() + " " + trouble +
              " while the run was going. Every saved conversation is in the "
              "ledger; move what is there away and run the same command again: "
              "the file is written anew");
}

void TrainingFile::sync() {
  if (file_ && ::fdatasync(file_.number()) != 0) {
    throw Fatal("cannot sync " + path_.string() + ": " + disk_trouble(errno) +
                ". Every saved conversation is in the ledger; run the same "
                "command again afterwards");
  }
}

int64_t TrainingFile::end_of(int64_t records, int64_t bytes) const {
  const Frame& frame = frame_of(format_);
  int64_t separators = std::max<int64_t>(0, records - 1);
  return static_cast<int64_t>(frame.open.size()) + bytes +
         separators * static_cast<int64_t>(frame.separator.size());
}

bool TrainingFile::holds(const KnownRecord& record, int64_t end) const {
  return content_hash(read_at(end - record.bytes, record.bytes)) == record.hash;
}

std::string TrainingFile::read_at(int64_t offset, int64_t bytes) const {
  std::string content(static_cast<size_t>(bytes), '\0');
  size_t got = 0;
  while (got < content.size()) {
    ssize_t count =
        ::pread(file_.number(), content.data() + got, content.size() - got,
                offset + static_cast<int64_t>(got));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    got += static_cast<size_t>(count);
  }
  content.resize(got);
  return content;
}

// After a power cut each sector that was not synced holds what it should, or
// an earlier state of it, or zeros. So behind the last good record every byte
// is the ledger's, or a closing bracket's that once stood there, or zero;
// anything else is somebody's work.
void TrainingFile::refuse_unless_ours(LedgerView& ledger, int64_t size) const {
  const Frame& frame = frame_of(format_);
  bool ours = may_become(0, frame.open, "");
  int64_t offset = end_;
  int64_t wanted = ledger.records();
  for (int64_t next = records_ + 1; ours && next <= wanted; ++next) {
    if (offset >= size) break;
    std::string part(next == 1 ? "" : frame.separator);
    part += ledger.render(next);
    ours =
        may_become(offset, part, next == 1 ? frame.close_empty : frame.close);
    offset += static_cast<int64_t>(part.size());
  }
  if (ours && offset < size) {
    std::string rest = read_at(offset, size - offset);
    std::string_view close = wanted == 0 ? frame.close_empty : frame.close;
    size_t differs = first_difference(rest, close);
    ours = rest.find_first_not_of('\0', differs) == rest.npos;
  }
  if (ours) return;
  if (wanted == 0) {
    throw BadUsage(path_.string() +
                   " holds records, but the ledger beside it is empty. "
                   "Nothing was touched; bring the ledger back, or choose "
                   "another --output");
  }
  throw BadUsage(path_.string() +
                 " is not as this run left it: it was edited, or another "
                 "program wrote it. It was not touched. Move it away and run "
                 "the same command again (the file is rebuilt from the "
                 "ledger), or choose another --output");
}

// Whether the bytes from `offset` on may be an unfinished `expected`, over
// which `earlier` stood at its beginning.
bool TrainingFile::may_become(int64_t offset, std::string_view expected,
                              std::string_view earlier) const {
  std::string found = read_at(offset, static_cast<int64_t>(expected.size()));
  for (size_t i = 0; i < found.size(); ++i) {
    bool was = i < earlier.size() && found[i] == earlier[i];
    if (found[i] != expected[i] && found[i] != '\0' && !was) return false;
  }
  return true;
}

void TrainingFile::write_head() {
  std::string head(frame_of(format_).open);
  if (read_at(0, static_cast<int64_t>(head.size())) != head) write_at(0, head);
}

void TrainingFile::write_at(int64_t offset, const std::string& bytes) {
  size_t written = 0;
  while (written < bytes.size()) {
    ssize_t count =
        ::pwrite(file_.number(), bytes.data() + written, bytes.size() - written,
                 offset + static_cast<int64_t>(written));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      throw Fatal("cannot write " + path_.string() + ": " +
                  disk_trouble(errno) +
                  ". Every saved conversation is in the ledger; run the same "
                  "command again afterwards");
    }
    written += static_cast<size_t>(count);
  }
}

void TrainingFile::open() {
  refuse_unless_file(path_);
  int flags = O_RDWR | O_CLOEXEC | O_CREAT;
  file_ = Descriptor(::open(path_.c_str(), flags, 0644));
  if (!file_) {
    throw BadUsage("cannot write " + path_.string() + ": " +
                   disk_trouble(errno) +
                   "; or choose an --output in a folder you may write to");
  }
  watched_.emplace(path_);
}

}  // namespace simulate
