// The columns of the tables slots and waves, for the ledger, its reader and
// repair. Columns that change while a run goes on are not among them.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include "simulator/conversation/plan.h"
#include "simulator/store/columns.h"

namespace simulate {

const Columns<Slot>& slot_columns();

// The other column is `personas`, the hash of a list of hashes.
const Columns<Wave>& wave_columns();

}  // namespace simulate
