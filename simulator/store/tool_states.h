// What a storyline's tools remember after each of its sessions, as the ledger
// keeps it.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include "simulator/store/columns.h"
#include "tools/toolbox.h"

namespace simulate {

struct KeptState {
  int64_t storyline = 0;
  int session = 0;
  ToolState state;
};

const Columns<KeptState>& state_columns();

}  // namespace simulate
