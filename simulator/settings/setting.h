// A row of the table of settings: one for each member of Settings that has a
// name. Whoever has something to do with all settings (the command line, the
// ledger, the comparison at a restart, the README's table) goes through
// all_settings() and knows none of them by name.
// Tested by tests/settings/settings_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/settings/settings.h"

namespace simulate {

enum class Command {
  simulate,
  try_one,
  check,
  export_file,
  replay,
  status,
  plan,
  show,
  reset_tools,
  redo,
  drop,
  judge,
  parse_reply,
  init
};

struct CommandRow {
  Command command;
  const char* name;  // of simulate itself: ""
  const char* help;
};
const std::vector<CommandRow>& all_commands();
const CommandRow& row_of(Command command);

// What a change of a setting means for a run that exists.
enum class Consequence {
  for_this_start,  // the run does not know it
  continues,       // another provider, a larger target
  next_wave,       // personas, sessions, turns
  next_drawn,      // situations: what is not drawn yet
  stops,           // prompts, models, sampling: the user must choose
  refused,         // seed, tool syntax, offline or real
};
const char* consequence_text(Consequence consequence);

// Where a value stands among the words of a command line.
enum class Written {
  option,      // --target N
  flag,        // --quiet
  positional,  // simulate replay LEDGER
  nowhere,     // nobody types it: it is found in the user's files
};

// Which numbers a setting takes; for those that are numbers.
struct Range {
  int64_t low = 0;
  int64_t high = 0;
};

// What it means for a run, and what a run that did not know it yet was made
// with.
struct KeptAs {
  Consequence on_change = Consequence::for_this_start;
  const char* absent = "";  // in words; empty: the default
};

struct Setting {
  std::string name;   // "tool-syntax"; in the ledger "tool_syntax"
  std::string value;  // what --help calls the value: "N"
  std::string help;   // one sentence, without its default
  std::vector<Command> commands;
  Written written = Written::option;
  Range range;
  KeptAs kept;
  // The found setting that keeps what this one names: the prompts by content
  // for the folder that they are in. Empty when there is none.
  std::string content = {};

  // From a command line; throws BadUsage, with the nearest right word. Null
  // when nobody types it.
  void (*read)(const Setting&, const std::string& text,
               Settings& into) = nullptr;
  // As --help and the README write it; empty when there is none.
  std::string (*shown)(const Settings&) = nullptr;
  // As the ledger keeps it; null: absent. The three below are null when the
  // ledger does not keep it.
  Json (*stored)(const Settings&) = nullptr;
  // False when `value` is of another type.
  bool (*restore)(const Json& value, Settings& into) = nullptr;
  // Appends "rewrite: conversation -> off" for each difference.
  void (*compare)(const std::string& key, const Settings& before,
                  const Settings& now,
                  std::vector<std::string>& differences) = nullptr;

  // What a change means for a run that exists, by its content if it has any.
  Consequence consequence() const;

  std::string key() const;  // in the ledger
  bool is_kept() const { return kept.on_change != Consequence::for_this_start; }
  bool is_of(Command command) const;
};

// In the order in which they are told.
const std::vector<Setting>& all_settings();

}  // namespace simulate
