#include "simulator/calls/remark_list.h"

#include <algorithm>

namespace simulate {

namespace {

constexpr size_t kMost = 12;

}  // namespace

void RemarkList::add(const std::string& note) {
  bool known = std::find(notes_.begin(), notes_.end(), note) != notes_.end();
  if (!known && notes_.size() < kMost) notes_.push_back(note);
}

void RemarkList::add_all(const RemarkList& others) {
  for (const std::string& note : others.notes_) add(note);
}

}  // namespace simulate
