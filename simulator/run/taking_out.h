// Which saved conversations an expression of the user's chooses, to be made
// again or dropped.
// Tested by tests/program/redo_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/store/ledger_reader.h"
#include "tools/tool_file.h"

namespace simulate {

// The slots of the conversations for which `where` holds: an SQL expression
// over what Evidence shows of each, their metadata as bare names. Throws
// BadUsage when SQLite does not understand it.
std::vector<int64_t> slots_where(LedgerReader& reader, const std::string& where,
                                 const std::vector<ToolGroup>& tools);

// What drops these slots: for each another one of the same persona.
TakenOut dropping(LedgerReader& reader, std::vector<int64_t> slots);

}  // namespace simulate
