// A folder of its own for one test, gone when the test ends.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace simulate {

class Scratch {
 public:
  explicit Scratch(const std::filesystem::path& parent =
                       std::filesystem::temp_directory_path()) {
    std::string name = (parent / "simulate-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  Scratch(const Scratch&) = delete;
  ~Scratch() {
    std::error_code none;
    std::filesystem::remove_all(folder_, none);
  }

  std::filesystem::path operator/(const std::string& name) const {
    return folder_ / name;
  }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace simulate
