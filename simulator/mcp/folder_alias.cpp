#include "simulator/mcp/folder_alias.h"

#include "simulator/base/text.h"

namespace simulate {

void FolderAlias::hide(std::string& text) const {
  if (contains(text, folder_)) text = replaced(text, folder_, kFolderAlias);
}

void FolderAlias::hide(Json& value) const {
  change_strings(value, [this](std::string& text) { hide(text); });
}

// "/workspace" and what lies in it, not "/workspaces".
void FolderAlias::restore(Json& arguments) const {
  std::string alias = kFolderAlias;
  change_strings(arguments, [&](std::string& text) {
    if (text == alias) text = folder_;
    text = replaced(text, alias + "/", folder_ + "/");
  });
}

}  // namespace simulate
