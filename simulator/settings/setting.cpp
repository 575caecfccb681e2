#include "simulator/settings/setting.h"

#include <algorithm>

namespace simulate {

const std::vector<CommandRow>& all_commands() {
  static const std::vector<CommandRow> rows = {
      {Command::simulate, "", "Fill a run with conversations"},
      {Command::init, "init",
       "Lay out a world (personas, prompts, situations, tools) and a file for "
       "keys in a folder"},
      {Command::try_one, "try", "One conversation now, kept out of the run"},
      {Command::check, "check",
       "Look at the run's files, keys, prompts and personas; ask each provider "
       "once"},
      {Command::status, "status", "How far the run of --output is"},
      {Command::plan, "plan",
       "The next slots, the shares so far, and what is left to do"},
      {Command::show, "show", "A saved conversation, to read"},
      {Command::export_file, "export",
       "The saved conversations, from the ledger, on stdout"},
      {Command::replay, "replay",
       "Run every attempt of a ledger again from its recorded replies, no "
       "network, no keys; --output gets the records"},
      {Command::reset_tools, "reset-tools",
       "What is not begun yet starts new storylines, with empty memories"},
      {Command::redo, "redo",
       "Make saved conversations again that --where chooses, with the later "
       "sessions that remember them"},
      {Command::drop, "drop",
       "Give up saved conversations that --where chooses; others take their "
       "places"},
      {Command::judge, "judge",
       "Ask a judge about the saved conversations, or about those of a file, "
       "or plant defects to see what it finds"},
      {Command::parse_reply, "parse-reply",
       "Read tool calls in replies: JSON lines {\"id\", \"text\", "
       "\"tools\"?} in, what was understood out"},
  };
  return rows;
}

const CommandRow& row_of(Command command) {
  const auto& rows = all_commands();
  return *std::find_if(
      rows.begin(), rows.end(),
      [command](const CommandRow& row) { return row.command == command; });
}

const char* consequence_text(Consequence consequence) {
  switch (consequence) {
    case Consequence::for_this_start:
      return "for this start only";
    case Consequence::continues:
      return "continues";
    case Consequence::next_wave:
      return "reaches the next wave";
    case Consequence::next_drawn:
      return "reaches what is not drawn yet";
    case Consequence::stops:
      return "stops, until --on-change says how to go on";
    case Consequence::refused:
      return "refused";
  }
  return "";
}

Consequence Setting::consequence() const {
  for (const Setting& other : all_settings()) {
    bool is_content = other.written == Written::nowhere && !content.empty() &&
                      other.name == content;
    if (is_content) return other.kept.on_change;
  }
  return kept.on_change;
}

std::string Setting::key() const {
  std::string key = name;
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

bool Setting::is_of(Command command) const {
  return std::find(commands.begin(), commands.end(), command) != commands.end();
}

std::filesystem::path Settings::ledger() const {
  std::filesystem::path path = output;
  return path.replace_extension(".db");
}

}  // namespace simulate
