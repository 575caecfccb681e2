// Where a server's folder really lies is another place for each process, which
// would make the same conversation read differently every time: models and
// records read a name instead. A value.
#pragma once

#include <string>

#include "simulator/base/json.h"

namespace simulate {

constexpr const char* kFolderAlias = "/workspace";

class FolderAlias {
 public:
  explicit FolderAlias(std::string folder) : folder_(std::move(folder)) {}

  void hide(std::string& text) const;
  void hide(Json& value) const;  // in its strings and names

  // The alias, in what a model writes, means the folder.
  void restore(Json& arguments) const;

 private:
  std::string folder_;
};

}  // namespace simulate
