#include "simulator/base/saved_files.h"

#include <system_error>

namespace simulate {

namespace {

namespace fs = std::filesystem;

bool is_an_editors_own(const fs::path& path) {
  std::string name = path.filename().string();
  return name.starts_with(".") || name.ends_with("~");
}

}  // namespace

SavedFiles::SavedFiles(std::vector<fs::path> roots)
    : roots_(std::move(roots)), seen_(stamps()) {}

SavedFiles::Stamps SavedFiles::stamps() const {
  Stamps stamps;
  std::error_code none;
  auto note = [&](const fs::path& path) {
    if (is_an_editors_own(path) || !fs::is_regular_file(path, none)) return;
    auto written = fs::last_write_time(path, none).time_since_epoch().count();
    stamps[path] = {static_cast<int64_t>(written), fs::file_size(path, none)};
  };
  for (const fs::path& root : roots_) {
    note(root);
    // One that vanishes under way is seen to have done so by the next look.
    fs::recursive_directory_iterator entries(root, none);
    while (!none && entries != fs::recursive_directory_iterator()) {
      note(entries->path());
      entries.increment(none);
    }
    none.clear();
  }
  return stamps;
}

std::vector<fs::path> SavedFiles::changed() {
  Stamps before = std::exchange(seen_, stamps());
  std::vector<fs::path> changed;
  for (const auto& [path, stamp] : seen_) {
    auto was = before.find(path);
    if (was == before.end() || was->second != stamp) changed.push_back(path);
  }
  for (const auto& [path, stamp] : before) {
    if (!seen_.contains(path)) changed.push_back(path);
  }
  return changed;
}

}  // namespace simulate
