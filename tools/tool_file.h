// Tools as data: a JSON file per group of tools, with the tables in which they
// keep what they remember and the SQL that each call runs (docs/tools.md). The
// built-in tools are such files too. A value; nothing of it has been run.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/calls/tool.h"

namespace simulate {

// One SQL statement of a tool.
struct ToolStep {
  enum class Kind {
    refuse,  // a text in its first row refuses the call: what is wrong
    run,     // changes something, says nothing
    value,   // the first column of the first row, when there is one
    column,  // the first column of all rows, as a list
    rows     // all rows, as a list of objects without their NULLs
  };
  Kind kind = Kind::run;
  std::string sql;
  std::string as;             // the key of the result; of the last three kinds
  bool unless_empty = false;  // an empty list is left out
};

// A full-text index that is made before a tool runs.
struct ToolIndex {
  std::string name;
  std::string table;
  std::string column;
};

struct ToolDefinition {
  ToolSpec spec;
  std::vector<ToolStep> steps;
  std::vector<ToolIndex> indexes;
};

struct ToolTable {
  std::string name;
  std::vector<std::string> columns;  // their names, without the id
  std::vector<std::string> written;  // as SQL defines them
};

struct ToolGroup {
  std::string name;     // of its file: "memory"; of a server: "mcp:weather"
  std::string text;     // the whole file, as it was read
  bool served = false;  // its tools are run by a server: they have no steps
  std::vector<ToolTable> tables;
  std::vector<ToolDefinition> tools;
  std::string bulletin;  // SQL: lines for the system message; may be empty
};

// Throws BadUsage: the file, the field, the remedy.
ToolGroup tool_group_from(const std::string& name, const std::string& text);

// The tools of a server, as a group; tool_group_from reads its text again.
ToolGroup served_group(const std::string& name,
                       const std::vector<ToolSpec>& tools);

// The groups of those names, in that order: each from the first of `folders`
// that has its NAME.json. Throws BadUsage, with the nearest right name.
std::vector<ToolGroup> load_tool_groups(
    const std::vector<std::filesystem::path>& folders,
    const std::vector<std::string>& names);

// What --tools offers when it is not given.
std::vector<std::string> default_tool_groups();

}  // namespace simulate
