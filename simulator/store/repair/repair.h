// A damaged ledger recovered into new files beside it. Nothing that exists is
// changed or overwritten: the damaged file is opened read only, without locks
// or a log of its own, or, where SQLite cannot open it, copied first.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace simulate {

struct Repair {
  std::filesystem::path output;  // the new training file; empty: nothing done
  bool lost_something = false;
  std::vector<std::string> report;  // sentences for a person
};

// `output` is the training file of the run; the process must have the run.
// run.json and its ledger become run.repaired.json and run.repaired.db, or
// run.repaired.2.json. `spare_texts` stand in for lost texts of the same hash.
// A ledger with nothing wrong is left alone. Throws BadUsage when nothing of a
// ledger can be recovered, Fatal when the new files cannot be written.
Repair repair(const std::filesystem::path& output,
              const std::vector<std::string>& spare_texts);

}  // namespace simulate
