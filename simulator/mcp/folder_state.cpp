#include "simulator/mcp/folder_state.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <fstream>
#include <map>

#include "simulator/base/base64.h"
#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr size_t kMostEntries = 10'000;

Json value_of(std::string bytes, const Redactor& redactor) {
  if (is_utf8(bytes)) {
    redactor.redact(bytes);
    return bytes;
  }
  redactor.blank(bytes);
  return {{"base64", base64_of(bytes)}};
}

std::string bytes_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  auto bytes = from_base64(string_at(value, "base64"));
  if (!bytes) throw Error("a tool state holds base64 that is none");
  return std::move(*bytes);
}

class Reading {
 public:
  Reading(const fs::path& folder, size_t most, const Redactor& redactor)
      : folder_(folder), redactor_(redactor), left_(most) {}

  std::optional<Json> read() {
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (++entries_ > kMostEntries) return std::nullopt;
      if (entry.symlink_status().type() != fs::file_type::regular) continue;
      if (!add(entry.path())) return std::nullopt;
    }
    // A look-up by name in what keeps its order goes through all names.
    Json::object_t state;
    for (auto& [path, value] : files_) {
      state.push_back({path, std::move(value)});
    }
    return state;
  }

 private:
  // False when it would be too much.
  bool add(const fs::path& path) {
    std::error_code gone;
    uintmax_t size = fs::file_size(path, gone);
    if (gone) return true;
    std::string name = fs::relative(path, folder_).generic_string();
    if (!is_utf8(name)) throw Error("a file's name is not UTF-8; rename it");
    if (size + name.size() > left_) return false;
    std::string bytes = read_file(path);
    if (bytes.size() + name.size() > left_) return false;
    left_ -= bytes.size() + name.size();
    redactor_.redact(name);
    files_[name] = value_of(std::move(bytes), redactor_);
    return true;
  }

  const fs::path& folder_;
  const Redactor& redactor_;
  size_t left_;
  size_t entries_ = 0;
  std::map<std::string, Json> files_;
};

// A state comes out of a ledger; it may not write anywhere else.
void refuse_path_outside(const fs::path& name) {
  bool outside = name.empty() || name.is_absolute();
  for (const fs::path& part : name) outside = outside || part == "..";
  if (outside) {
    throw Error("a tool state has a file outside of its folder: " +
                quotable(name.string()));
  }
}

// Nobody needs it synced: it is a copy of what the ledger holds.
void write_plainly(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw Error("cannot write " + path.string() + "; free some space");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace

std::optional<Json> read_folder_state(const fs::path& folder, size_t most_bytes,
                                      const Redactor& redactor) {
  // The program may be at work there, and take away what was just seen.
  constexpr int kTries = 3;
  for (int tries = 1;; ++tries) {
    try {
      return Reading(folder, most_bytes, redactor).read();
    } catch (const std::exception& wrong) {
      if (tries < kTries) continue;
      throw Error("cannot keep what is in the folder " + folder.string() +
                  ": " + wrong.what());
    }
  }
}

std::error_code remove_folder(const fs::path& folder) {
  std::error_code failed;
  fs::remove_all(folder, failed);
  if (!failed) return failed;
  for (fs::recursive_directory_iterator at(folder, failed), end;
       !failed && at != end; at.increment(failed)) {
    if (at->symlink_status().type() != fs::file_type::directory) continue;
    fs::permissions(at->path(), fs::perms::owner_all, failed);
  }
  fs::remove_all(folder, failed);
  return failed;
}

void write_folder_state(const fs::path& folder, const Json& state) {
  try {
    remove_folder(folder);
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    for (const auto& [name, value] : state.items()) {
      refuse_path_outside(name);
      write_plainly(folder / name, bytes_of(value));
    }
  } catch (const fs::filesystem_error& wrong) {
    throw Error("cannot make the folder " + folder.string() + ": " +
                wrong.code().message());
  }
}

}  // namespace simulate
