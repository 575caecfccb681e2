#include "tests/durability/disk_model.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace simulate {

namespace {

constexpr size_t kSector = 512;

size_t below(std::mt19937_64& random, size_t limit) {
  return static_cast<size_t>(random() % limit);
}

bool by_chance(std::mt19937_64& random, double probability) {
  return std::uniform_real_distribution<>()(random) < probability;
}

void apply_to(std::string& content, const DiskOperation& operation) {
  auto offset = static_cast<size_t>(operation.offset);
  if (operation.op == DiskOp::truncate) return content.resize(offset);
  size_t end = offset + operation.data.size();
  if (content.size() < end) content.resize(end);
  operation.data.copy(content.data() + offset, operation.data.size());
}

// How much of the operations on one file since its last sync is on the disk.
class Losses {
 public:
  Losses(std::mt19937_64& random, size_t operations) : random_(random) {
    constexpr double kShares[] = {0, 0.1, 0.5, 0.9, 1};
    kept_ = kShares[below(random, 5)];
    torn_ = kShares[below(random, 5)];
    in_order_ = by_chance(random, 0.3);
    first_lost_ = below(random, operations + 1);
  }

  // Brings `disk` to what it may be after `operation` made `cached` of a
  // file, the next one of those since the sync.
  void write_back(const DiskOperation& operation, const std::string& cached,
                  std::string& disk) {
    size_t number = next_++;
    bool kept = in_order_ ? number < first_lost_ : by_chance(random_, kept_);
    bool torn = in_order_ ? number == first_lost_ : by_chance(random_, torn_);
    if (operation.op == DiskOp::truncate) {
      if (kept) disk.resize(static_cast<size_t>(operation.offset));
    } else if (torn) {
      tear(operation, cached, disk);
    } else if (kept) {
      copy_sectors(operation, cached, disk, [](size_t) { return true; });
    } else if (by_chance(random_, 0.1)) {
      grow(disk, cached.size());
    }
  }

 private:
  void tear(const DiskOperation& operation, const std::string& cached,
            std::string& disk) {
    size_t sectors = operation.data.size() / kSector + 2;
    size_t part = below(random_, sectors);
    switch (below(random_, 3)) {
      case 0:  // its beginning
        copy_sectors(operation, cached, disk,
                     [&](size_t sector) { return sector < part; });
        break;
      case 1:  // its end
        copy_sectors(operation, cached, disk,
                     [&](size_t sector) { return sector >= part; });
        break;
      default:
        copy_sectors(operation, cached, disk,
                     [&](size_t) { return by_chance(random_, 0.5); });
    }
    // The file's length may be there without what is in it.
    if (by_chance(random_, 0.5)) grow(disk, cached.size());
  }

  // A sector goes to the disk whole, with what earlier operations left in it.
  template <class Chosen>
  static void copy_sectors(const DiskOperation& operation,
                           const std::string& cached, std::string& disk,
                           Chosen chosen) {
    size_t begin = static_cast<size_t>(operation.offset);
    size_t end = begin + operation.data.size();
    size_t first = begin / kSector;
    for (size_t sector = first; sector * kSector < end; ++sector) {
      if (!chosen(sector - first)) continue;
      size_t from = sector * kSector;
      size_t to = std::min(from + kSector, cached.size());
      grow(disk, to);
      std::memcpy(disk.data() + from, cached.data() + from, to - from);
    }
  }

  static void grow(std::string& disk, size_t size) {
    if (disk.size() < size) disk.resize(size);
  }

  std::mt19937_64& random_;
  double kept_ = 0;
  double torn_ = 0;
  bool in_order_ = false;
  size_t first_lost_ = 0;
  size_t next_ = 0;
};

}  // namespace

std::vector<DiskOperation> operations_in(std::string_view log) {
  std::vector<DiskOperation> operations;
  while (log.size() >= sizeof(DiskLogHeader)) {
    DiskLogHeader header;
    std::memcpy(&header, log.data(), sizeof header);
    log.remove_prefix(sizeof header);
    DiskOperation operation = {header.op, log.substr(0, header.path_bytes),
                               static_cast<int64_t>(header.offset),
                               log.substr(header.path_bytes)};
    operation.data = operation.data.substr(0, header.data_bytes);
    operations.push_back(operation);
    log.remove_prefix(header.path_bytes + header.data_bytes);
  }
  return operations;
}

void DiskModel::perform(const DiskOperation& operation) {
  switch (operation.op) {
    case DiskOp::create:
    case DiskOp::rename:
    case DiskOp::unlink:
      return change_names(operation);
    case DiskOp::write:
    case DiskOp::truncate:
      files_[file_named(operation.path)].since.push_back(&operation);
      return;
    case DiskOp::sync:
      if (heeds(operation)) sync(operation.path);
      return;
    case DiskOp::sync_folder:
      if (heeds(operation)) sync_names(unsynced_names_.size());
      return;
    case DiskOp::announce:
      return;
  }
}

size_t DiskModel::file_named(std::string_view name) const {
  auto found = names_.find(name);
  if (found != names_.end()) return found->second;
  throw std::runtime_error("the log has no beginning of " + std::string(name));
}

bool DiskModel::heeds(const DiskOperation& sync) const {
  if (syncs_ == Syncs::skip_the_log) return !sync.path.ends_with("-wal");
  return syncs_ == Syncs::work;
}

void DiskModel::change_names(const DiskOperation& operation) {
  NameChange change = {&operation, files_.size()};
  if (operation.op == DiskOp::create) {
    files_.emplace_back();
  } else {
    change.file = file_named(operation.path);
  }
  apply(change, names_);
  unsynced_names_.push_back(change);
}

void DiskModel::apply(const NameChange& change, Names& names) {
  const DiskOperation& operation = *change.operation;
  if (operation.op == DiskOp::create) {
    names[std::string(operation.path)] = change.file;
    return;
  }
  names.erase(std::string(operation.path));
  if (operation.op == DiskOp::rename) {
    names[std::string(operation.data)] = change.file;
  }
}

void DiskModel::sync_names(size_t changes) {
  auto end = unsynced_names_.begin() + static_cast<std::ptrdiff_t>(changes);
  for (auto it = unsynced_names_.begin(); it != end; ++it) {
    apply(*it, synced_names_);
  }
  unsynced_names_.erase(unsynced_names_.begin(), end);
}

// Names change in order, so a file that is now there for good has brought
// along whatever happened to names before it came.
void DiskModel::sync(std::string_view path) {
  size_t number = file_named(path);
  File& file = files_[number];
  for (const DiskOperation* operation : file.since) {
    apply_to(file.synced, *operation);
  }
  file.since.clear();
  for (size_t i = unsynced_names_.size(); i > 0; --i) {
    const NameChange& change = unsynced_names_[i - 1];
    if (change.file != number || change.operation->op != DiskOp::create) {
      continue;
    }
    return sync_names(i);
  }
}

FileContents DiskModel::cut(std::mt19937_64& random) const {
  Names names = synced_names_;
  size_t changes = below(random, unsynced_names_.size() + 1);
  for (size_t i = 0; i < changes; ++i) apply(unsynced_names_[i], names);
  FileContents contents;
  for (const auto& [name, number] : names) {
    const File& file = files_[number];
    std::string& disk = contents[name] = file.synced;
    if (file.since.empty()) continue;
    std::string cached = file.synced;
    Losses losses(random, file.since.size());
    for (const DiskOperation* operation : file.since) {
      apply_to(cached, *operation);
      losses.write_back(*operation, cached, disk);
    }
  }
  return contents;
}

FileContents DiskModel::intact() const {
  FileContents contents;
  for (const auto& [name, number] : names_) {
    std::string& content = contents[name] = files_[number].synced;
    for (const DiskOperation* operation : files_[number].since) {
      apply_to(content, *operation);
    }
  }
  return contents;
}

}  // namespace simulate
