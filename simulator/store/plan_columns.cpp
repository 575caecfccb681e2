#include "simulator/store/plan_columns.h"

namespace simulate {

const Columns<Slot>& slot_columns() {
  static const Columns<Slot> columns(
      "slots",
      {column<Slot, &Slot::number>("slot"),
       column<Slot, &Slot::place>("place"),
       column<Slot, &Slot::wave>("wave"),
       column<Slot, &Slot::storyline>("storyline"),
       column<Slot, &Slot::session>("session"),
       column<Slot, &Slot::persona>("persona"),
       column<Slot, &Slot::persona_text>("persona_text"),
       column<Slot, &Slot::situation>("situation"),
       column<Slot, &Slot::situations>("situations"),
       column<Slot, &Slot::topic>("topic"),
       column<Slot, &Slot::mood>("mood"),
       column<Slot, &Slot::style>("style"),
       column<Slot, &Slot::typing>("typing"),
       column<Slot, &Slot::opening>("opening"),
       column<Slot, &Slot::purpose>("purpose"),
       column<Slot, &Slot::turns>("turns"),
       column<Slot, &Slot::tester_variant>("tester_variant"),
       column<Slot, &Slot::assistant_variant>("assistant_variant"),
       column<Slot, &Slot::seed>("seed"),
       column<Slot, &Slot::starts_at, &SimulatedTime::minutes>("starts_at"),
       column<Slot, &Slot::withheld_tools>("withheld"),
       column<Slot, &Slot::events>("events")},
      {.hashed = {"appetite"}, .has_hash = true});
  return columns;
}

namespace {

void put_slot(SQLite::Statement& row, const Slot& slot) {
  slot_columns().bind(row, slot);
  // How readily tools were to be used, in plans before there were situations.
  row.bind(":appetite", "");
  row.exec();
}

}  // namespace

void insert_slot(Statements& statements, const Slot& slot) {
  put_slot(statements.fresh(slot_columns().insert()), slot);
}

void replace_slot(Statements& statements, const Slot& slot) {
  static const std::string sql =
      slot_columns().insert() + slot_columns().or_replace();
  put_slot(statements.fresh(sql), slot);
}

const Columns<Wave>& wave_columns() {
  static const Columns<Wave> columns(
      "waves",
      {column<Wave, &Wave::wave>("wave"),
       column<Wave, &Wave::first_place>("first_place"),
       column<Wave, &Wave::first_storyline>("first_storyline"),
       column<Wave, &Wave::sessions, &CountRange::most>("sessions"),
       column<Wave, &Wave::sessions, &CountRange::fewest>("fewest_sessions"),
       column<Wave, &Wave::turns, &CountRange::fewest>("fewest_turns"),
       column<Wave, &Wave::turns, &CountRange::most>("most_turns"),
       column<Wave, &Wave::tester_variants>("tester_variants"),
       column<Wave, &Wave::assistant_variants>("assistant_variants"),
       column<Wave, &Wave::seed>("seed"), column<Wave, &Wave::closed>("closed"),
       column<Wave, &Wave::optional_tools>("optional_tools")},
      {.others = {"personas"}});
  return columns;
}

}  // namespace simulate
