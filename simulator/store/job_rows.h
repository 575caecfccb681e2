// The rows of jobs, their items and what judges say, as values, with their
// columns: for the ledger and its reader.
// Tested by tests/store/job_rows_test.cpp.
#pragma once

#include "simulator/conversation/judge.h"
#include "simulator/models/recorded.h"
#include "simulator/store/columns.h"

namespace simulate {

// The same kind with the same settings is the same job.
struct JobRow {
  int64_t job = 0;
  std::string kind;      // "judge"
  std::string settings;  // JSON: what decides what its items are asked
};

struct ItemRow {
  int64_t item = 0;
  int64_t job = 0;
  std::string name;             // within the job
  std::string status = "open";  // done, failed
  std::string reason = {};      // why it failed
  Json result = {};             // of one that is done
};

struct VerdictRow {
  AttemptKey key;
  JudgeVerdict verdict;
};

// What a later pass thinks of saved conversations: those that bear the mark
// from now on, and why.
struct MarksGiven {
  std::string mark;  // "duplicate"
  // Of whom it thinks; nobody else's mark changes. None: of all.
  std::optional<std::vector<AttemptKey>> among;
  std::vector<std::pair<AttemptKey, std::string>> notes;
};

const Columns<ItemRow>& item_columns();
const Columns<VerdictRow>& verdict_columns();

}  // namespace simulate
