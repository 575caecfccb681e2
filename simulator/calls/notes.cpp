#include "simulator/calls/notes.h"

#include <algorithm>

namespace simulate {

namespace {

constexpr size_t kMost = 12;

}  // namespace

void Notes::add(const std::string& note) {
  bool known = std::find(notes_.begin(), notes_.end(), note) != notes_.end();
  if (!known && notes_.size() < kMost) notes_.push_back(note);
}

void Notes::add_all(const Notes& others) {
  for (const std::string& note : others.notes_) add(note);
}

}  // namespace simulate
