// Which saved conversations --where chooses.
// Tested by tests/program/export_test.cpp.
#pragma once

#include "simulator/run/ledger_source.h"
#include "simulator/settings/settings.h"

namespace simulate {

// Nothing when all are meant. Throws BadUsage.
ChosenSlots chosen_slots(LedgerReader& reader, const Settings& settings);

// Throws BadUsage where --where has chosen none.
void refuse_empty_choice(const ChosenSlots& chosen, const Settings& settings);

// Throws BadUsage where there is none to choose from.
void refuse_empty_run(LedgerReader& reader, const Settings& settings);

}  // namespace simulate
