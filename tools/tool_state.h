// What a storyline's tools remember between two conversations: a value; and
// the same as tables of rows, and how its text writes them:
// {"memories": [["2025-03-04", "..."]]}. Rows stand in the order of their ids,
// which they do not hold. A row that a person wrote names its columns instead,
// {"memories": [{"text": "..."}]}, until a tool has changed something.
// Tested by tests/tools/toolbox_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/json.h"

namespace simulate {

// What the servers of a storyline remember, as JSON text: {"server": {"path":
// content}}; see simulator/mcp/folder_state.h. Empty when there is nothing.
struct ServerState {
  std::string text;
};

// Everything that a storyline's tools remember: a value. `text` holds the rows
// of ours, as JSON. Empty texts are the state of a new storyline.
struct ToolState {
  std::string text;
  ServerState servers = {};
};

struct TableState {
  std::string name;
  // Of lists of texts, numbers and nulls, or of objects of these.
  Json rows = Json::array();
};

// Throws Fatal when the text was not written by state_from.
std::vector<TableState> tables_of(const ToolState& state);

// The same rows always give the same bytes; none give the empty state.
ToolState state_from(std::vector<TableState> tables);

}  // namespace simulate
