#include "tools/builtin.h"

#include <set>
#include <utility>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kMostBytes = 2000;
constexpr size_t kMostEntries = 1000;

std::string one_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::memory:
      return "memory";
    case EntryKind::diary:
      return "diary entry";
    case EntryKind::reminder:
      return "open reminder";
  }
  return "entry";
}

std::string many_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::memory:
      return "memories";
    case EntryKind::diary:
      return "diary entries";
    case EntryKind::reminder:
      return "open reminders";
  }
  return "entries";
}

std::string valid_range(EntryKind kind, size_t count) {
  if (count == 0) return "there are no " + many_of(kind);
  if (count == 1) return "the only valid index is 1";
  return "valid indices are 1 to " + std::to_string(count);
}

// Completed reminders are only history: the oldest makes room.
bool make_room(EntryTable& table, EntryKind kind) {
  size_t open = table.count(kind, false);
  if (open >= kMostEntries) return false;
  if (open + table.count(kind, true) >= kMostEntries) table.erase_oldest_done();
  return true;
}

// Built by key, because an initializer list copies everything that it holds.
Json listed_entry(const Entry& entry, size_t index) {
  bool reminder = entry.kind == EntryKind::reminder;
  Json item;
  item["index"] = index;
  if (!reminder) item["date"] = entry.date;
  item["text"] = entry.text;
  if (!entry.due.empty()) item["due"] = entry.due;
  return item;
}

Json object_schema(Json properties, Json required) {
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

Json list_schema(const std::string& name, const std::string& type,
                 const std::string& description) {
  Json list = {{"type", "array"},
               {"items", {{"type", type}}},
               {"minItems", 1},
               {"description", description}};
  return object_schema({{name, std::move(list)}}, Json::array({name}));
}

}  // namespace

Outcome failed(const std::string& sentence) { return {sentence, true}; }

std::string store(EntryTable& table, Entry entry, const std::string& label) {
  entry.text = std::string(trimmed(entry.text));
  if (entry.text.empty()) return label + " is empty; write what to keep.";
  if (entry.text.size() > kMostBytes) {
    return label + " has " + std::to_string(entry.text.size()) +
           " bytes; at most " + std::to_string(kMostBytes) +
           " are allowed. Make it shorter.";
  }
  if (!make_room(table, entry.kind)) {
    return "there are already " + std::to_string(kMostEntries) + " " +
           many_of(entry.kind) + ", which is the limit. Delete some first.";
  }
  table.add(entry);
  return {};
}

Picked pick(EntryTable& table, EntryKind kind, const Json& arguments) {
  std::vector<Entry> open = table.open(kind);
  Picked picked;
  std::set<size_t> taken;
  for (const Json& index : arguments.at("indices")) {
    // A negative index becomes a huge one, which is out of range as well.
    size_t position = index.get<size_t>();
    if (position < 1 || position > open.size()) {
      return {{},
              "there is no " + one_of(kind) + " " + to_text(index) + "; " +
                  valid_range(kind, open.size()) + "."};
    }
    if (!taken.insert(position).second) {
      return {{},
              "index " + to_text(index) + " is given twice; " +
                  valid_range(kind, open.size()) + "."};
    }
    picked.entries.push_back(open[position - 1]);
  }
  return picked;
}

Outcome erase_picked(EntryTable& table, EntryKind kind, const Json& arguments) {
  Picked picked = pick(table, kind, arguments);
  if (!picked.problem.empty()) return failed(picked.problem);
  Json deleted = Json::array();
  for (const Entry& entry : picked.entries) {
    table.erase(entry);
    deleted.push_back(entry.text);
  }
  return {
      {{"deleted", std::move(deleted)}, {"total", table.count(kind, false)}}};
}

Outcome listed(EntryTable& table, EntryKind kind, const char* key,
               const char* note) {
  Json list = Json::array();
  for (const Entry& entry : table.open(kind)) {
    list.push_back(listed_entry(entry, list.size() + 1));
  }
  bool empty = list.empty();
  Outcome outcome;
  outcome.body[key] = std::move(list);
  if (empty) outcome.body["note"] = note;
  return outcome;
}

Json text_list_schema(const std::string& name, const std::string& description) {
  return list_schema(name, "string", description);
}

Json indices_schema(const std::string& description) {
  return list_schema("indices", "integer", description);
}

Json no_arguments_schema() {
  return object_schema(Json::object(), Json::array());
}

}  // namespace simulate
