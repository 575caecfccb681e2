// What a report knows of a run beyond its kept conversations, from its ledger.
// Tested by tests/program/report_test.cpp.
#pragma once

#include "simulator/report/run_facts.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

RunFacts report_facts(LedgerReader& reader);

}  // namespace simulate
