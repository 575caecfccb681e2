// What the built-in tools remember, as values, and how a ToolState writes it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/tool.h"

namespace simulate {

enum class EntryKind { memory = 0, diary = 1, reminder = 2 };

struct Entry {
  int64_t id = 0;  // only while it is in a table
  EntryKind kind = EntryKind::memory;
  std::string date;  // the simulated day on which it was written
  std::string text;
  std::string due;    // of a reminder; empty when it has none
  bool done = false;  // of a reminder
};

// Throws Fatal when the text was not written by state_of.
std::vector<Entry> entries_of(const ToolState& state);

// The same entries always give the same bytes; none give the empty state.
ToolState state_of(const std::vector<Entry>& entries);

}  // namespace simulate
