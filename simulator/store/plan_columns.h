// The columns of the tables slots and waves, for the ledger, its reader and
// repair. Columns that change while a run goes on are not among them.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include "simulator/conversation/plan.h"
#include "simulator/store/columns.h"
#include "simulator/store/statements.h"

namespace simulate {

const Columns<Slot>& slot_columns();
// Within the caller's transaction. Throws SQLite::Exception.
void insert_slot(Statements& statements, const Slot& slot);
// The same; where there is one of its number, it takes that one's place.
void replace_slot(Statements& statements, const Slot& slot);

// The other column is `personas`, the hash of a list of hashes.
const Columns<Wave>& wave_columns();

}  // namespace simulate
