// What no text of a server may show: keys, and where its folder really lies,
// which is another place for each process and so would make the same
// conversation read differently every time. A value.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "simulator/base/json.h"

namespace simulate {

// What models and records read instead of the folder's path.
constexpr const char* kFolderAlias = "/workspace";

class Redactor {
 public:
  Redactor(const std::vector<std::string>& secrets, std::string folder);

  void redact(std::string& text) const;
  void redact(Json& value) const;  // in its strings, not in keys or numbers

  // The folder's alias, in what a model writes, means the folder.
  void restore(Json& arguments) const;

 private:
  std::vector<std::pair<std::string, std::string>> replacements_;
  std::string folder_;
};

}  // namespace simulate
