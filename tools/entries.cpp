#include "tools/entries.h"

#include <array>
#include <optional>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tools/literal_scanner.h"

namespace simulate {

namespace {

constexpr std::array<const char*, 3> kKeys = {"memories", "diary", "reminders"};

[[noreturn]] void refuse(const std::string& what) {
  throw Fatal("the stored tool state of a storyline cannot be read (" + what +
              "); it was written by another version of simulate. Continue "
              "with that version, or clear it with `simulate reset-tools`");
}

// A row is [date, text], of a reminder [date, text, due or null, done].
bool is_row(const Json& row, EntryKind kind) {
  bool reminder = kind == EntryKind::reminder;
  if (!row.is_array() || row.size() != (reminder ? 4 : 2)) return false;
  if (!row[0].is_string() || !row[1].is_string()) return false;
  if (!reminder) return true;
  return (row[2].is_null() || row[2].is_string()) && row[3].is_boolean();
}

Entry entry_of(Json& row, EntryKind kind) {
  if (!is_row(row, kind)) {
    refuse("a row of \"" + std::string(kKeys[static_cast<size_t>(kind)]) +
           "\" is " + shortened(to_text(row), 80));
  }
  Entry entry;
  entry.kind = kind;
  entry.date = std::move(row[0].get_ref<std::string&>());
  entry.text = std::move(row[1].get_ref<std::string&>());
  if (kind != EntryKind::reminder) return entry;
  if (row[2].is_string()) entry.due = std::move(row[2].get_ref<std::string&>());
  entry.done = row[3].get<bool>();
  return entry;
}

Json row_of(const Entry& entry) {
  Json row = Json::array();
  row.push_back(entry.date);
  row.push_back(entry.text);
  if (entry.kind != EntryKind::reminder) return row;
  row.push_back(entry.due.empty() ? Json(nullptr) : Json(entry.due));
  row.push_back(entry.done);
  return row;
}

}  // namespace

std::vector<Entry> entries_of(const ToolState& state) {
  std::vector<Entry> entries;
  if (state.text.empty()) return entries;
  // Half the time that the JSON library takes, and each round pays it.
  LiteralScanner scanner(state.text);
  std::optional<Json> object = scanner.value();
  bool whole = object && object->is_object() && scanner.at_end();
  if (!whole) refuse("it is no JSON object");
  if (object->size() != kKeys.size()) refuse("it has other parts");
  for (size_t kind = 0; kind < kKeys.size(); ++kind) {
    auto rows = object->find(kKeys[kind]);
    if (rows == object->end() || !rows->is_array()) {
      refuse("\"" + std::string(kKeys[kind]) + "\" is no list");
    }
    for (Json& row : *rows) {
      entries.push_back(entry_of(row, static_cast<EntryKind>(kind)));
    }
  }
  return entries;
}

ToolState state_of(const std::vector<Entry>& entries) {
  if (entries.empty()) return {};
  Json object;
  for (const char* key : kKeys) object[key] = Json::array();
  for (const Entry& entry : entries) {
    object[kKeys[static_cast<size_t>(entry.kind)]].push_back(row_of(entry));
  }
  return {to_text(object)};
}

}  // namespace simulate
