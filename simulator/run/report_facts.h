// What a report knows of a run beyond its kept conversations, from its ledger.
// Tested by tests/program/report_test.cpp.
#pragma once

#include "simulator/report/run_facts.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

RunFacts report_facts(LedgerReader& reader);

// All that players answered: in attempts that ended, whatever became of them,
// and beside the conversations, to judges and the like.
std::vector<Spent> spent_on_conversations(LedgerReader& reader);
std::vector<Spent> spent_on_jobs(LedgerReader& reader);

}  // namespace simulate
