// A storyline's ToolState as tables of rows, and how its text writes them:
// {"memories": [["2025-03-04", "..."]]}. Rows stand in the order of their ids,
// which they do not hold.
#pragma once

#include <string>
#include <vector>

#include "tools/tool.h"

namespace simulate {

struct TableState {
  std::string name;
  Json rows = Json::array();  // of lists of texts, numbers and nulls
};

// Throws Fatal when the text was not written by state_from.
std::vector<TableState> tables_of(const ToolState& state);

// The same rows always give the same bytes; none give the empty state.
ToolState state_from(std::vector<TableState> tables);

}  // namespace simulate
