// What a built-in tool is inside the tools room: what it is called and a
// function over the table. Arguments arrive checked against the spec.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/time.h"
#include "tools/entry_table.h"
#include "tools/tool.h"

namespace simulate {

// With `error` the body is a JSON string: what is wrong and what to do. The
// toolbox then undoes what the tool has done.
struct Outcome {
  Json body;
  bool error = false;
};

struct Builtin {
  ToolSpec spec;
  Outcome (*run)(EntryTable& table, const Json& arguments, SimulatedTime now);
};

std::vector<Builtin> memory_tools();
std::vector<Builtin> diary_tools();
std::vector<Builtin> reminder_tools();
std::vector<Builtin> watch_tools();

// The rest is what the groups share.

Outcome failed(const std::string& sentence);

// Stores one text; nothing or what forbids it. `label` names the argument.
std::string store(EntryTable& table, Entry entry, const std::string& label);

// The open entries at the positions in `arguments` at "indices", which count
// from 1 as the recall tools show them.
struct Picked {
  std::vector<Entry> entries;
  std::string problem;
};
Picked pick(EntryTable& table, EntryKind kind, const Json& arguments);
Outcome erase_picked(EntryTable& table, EntryKind kind, const Json& arguments);

// What the recall tools answer: the open entries under `key`, with their
// indices; when there are none, a note that says so.
Outcome listed(EntryTable& table, EntryKind kind, const char* key,
               const char* note);

Json text_list_schema(const std::string& name, const std::string& description);
Json indices_schema(const std::string& description);
Json no_arguments_schema();

}  // namespace simulate
