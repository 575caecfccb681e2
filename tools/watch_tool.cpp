// The watch: the simulated clock of the storyline, never the machine's.
#include "tools/builtin.h"

namespace simulate {

namespace {

Outcome check_watch(EntryTable&, const Json&, SimulatedTime now) {
  return {{{"date", date_text(now)},
           {"weekday", weekday_text(now)},
           {"time", clock_text(now)}}};
}

}  // namespace

std::vector<Builtin> watch_tools() {
  return {{{"check_watch", "Tells the current date, weekday and time.", "{}",
            no_arguments_schema()},
           check_watch}};
}

}  // namespace simulate
