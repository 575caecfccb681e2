#include "simulator/mcp/redactor.h"

#include "simulator/base/text.h"

namespace simulate {

namespace {

template <class Change>
void for_each_text(Json& value, Change change) {
  if (value.is_string()) {
    change(value.get_ref<std::string&>());
  } else if (value.is_structured()) {
    for (Json& part : value) for_each_text(part, change);
  }
}

}  // namespace

Redactor::Redactor(const std::vector<std::string>& secrets, std::string folder)
    : folder_(std::move(folder)) {
  for (const std::string& secret : secrets) {
    replacements_.emplace_back(secret, "(hidden)");
  }
  if (!folder_.empty()) replacements_.emplace_back(folder_, kFolderAlias);
}

void Redactor::redact(std::string& text) const {
  for (const auto& [what, instead] : replacements_) {
    if (contains(text, what)) text = replaced(text, what, instead);
  }
}

void Redactor::redact(Json& value) const {
  for_each_text(value, [this](std::string& text) { redact(text); });
}

// "/workspace" and what lies in it, not "/workspaces".
void Redactor::restore(Json& arguments) const {
  std::string alias = kFolderAlias;
  for_each_text(arguments, [&](std::string& text) {
    if (text == alias) text = folder_;
    text = replaced(text, alias + "/", folder_ + "/");
  });
}

}  // namespace simulate
