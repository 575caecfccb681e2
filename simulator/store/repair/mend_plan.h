// Makes what was salvaged of a run's plan whole again: every place has a slot
// that a run can start from.
// Tested by tests/store/repair_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

// `ledger` holds rows as salvage() left them; rows that cannot be right are
// taken out. `spare_texts`, personas and prompts as they lie in their folders,
// stand in for lost texts of the same hash. Returns
// sentences about what could not be restored as it was.
std::vector<std::string> mend_plan(Ledger& ledger, LedgerReader& reader,
                                   const std::vector<std::string>& spare_texts);

// Slots of which nobody knows any more who plays them are replaced by slots of
// another persona. Afterwards, since only slots that are open need one.
std::vector<std::string> recast_open_slots(Ledger& ledger,
                                           LedgerReader& reader);

// Writes the row of a slot anew; status, attempt and failures stay.
void put_slot_back(SQLite::Database& database, const Slot& slot);

}  // namespace simulate
