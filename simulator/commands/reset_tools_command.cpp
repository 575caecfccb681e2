// Tested by tests/program/continue_test.cpp.

#include "simulator/commands/commands.h"

#include <cstdio>

#include "simulator/base/screen.h"
#include "simulator/run/fresh_storylines.h"
#include "simulator/store/ledger.h"
#include "simulator/store/run_lock.h"

namespace simulate {

ExitCode reset_tools_command(const Settings& settings) {
  LedgerReader reader(settings.ledger());
  RunLock lock(settings.ledger());
  Ledger ledger(settings.ledger(), reader.syntax());
  SlotsReplaced moves = fresh_storylines(reader);
  size_t moved = moves.replaced.size();
  Change deaths(Interrupted{});
  Change reset(std::move(moves));
  std::vector<Change*> changes = {&deaths, &reset};
  ledger.apply(changes, /*durable=*/true);
  say(stdout,
      std::to_string(moved) +
          " planned conversations moved to new storylines; all that is not "
          "begun yet starts with empty memories.");
  return ExitCode::done;
}

}  // namespace simulate
