// Short texts about one reply: each once, in the order in which they came, and
// not more of them than anybody would read. A value.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace simulate {

class RemarkList {
 public:
  void add(const std::string& note);
  void add_all(const RemarkList& others);
  bool empty() const { return notes_.empty(); }
  std::vector<std::string> take() { return std::move(notes_); }

 private:
  std::vector<std::string> notes_;
};

}  // namespace simulate
