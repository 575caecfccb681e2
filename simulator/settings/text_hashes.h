// The content hashes of texts by name, of the prompts by file or of the tools
// by group, in the order in which these are used: tools are offered in it. A
// value.
// Tested by tests/settings/settings_test.cpp.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace simulate {

class TextHashes {
 public:
  using Entry = std::pair<std::string, std::string>;  // name, hash

  // At the end, or in its place when the name is there.
  void set(const std::string& name, const std::string& hash) {
    auto found = place_of(name);
    if (found == entries_.end()) {
      entries_.emplace_back(name, hash);
    } else {
      found->second = hash;
    }
  }

  void remove(const std::string& name) {
    auto found = place_of(name);
    if (found != entries_.end()) entries_.erase(found);
  }

  // Null when there is no such text.
  const std::string* find(const std::string& name) const {
    auto found = std::find_if(
        entries_.begin(), entries_.end(),
        [&name](const Entry& entry) { return entry.first == name; });
    return found == entries_.end() ? nullptr : &found->second;
  }

  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  bool operator==(const TextHashes&) const = default;

 private:
  std::vector<Entry>::iterator place_of(const std::string& name) {
    return std::find_if(
        entries_.begin(), entries_.end(),
        [&name](const Entry& entry) { return entry.first == name; });
  }

  std::vector<Entry> entries_;
};

}  // namespace simulate
