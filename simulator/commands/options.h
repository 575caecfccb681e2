// What the user asked for on the command line. The one place that knows CLI11.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "simulator/conversation/dialogue.h"
#include "simulator/export/training_file.h"
#include "tools/tool_file.h"

namespace simulate {

enum class Command {
  simulate,
  try_one,
  check,
  export_file,
  replay,
  status,
  reset_tools,
  parse_reply
};

// What to do when prompts, models or sampling have changed since last time.
enum class OnChange { ask, go_on, redo, new_run };

enum class LogLevel { error, info, debug };

struct Options {
  Command command = Command::simulate;

  int64_t target = 5000;
  std::vector<std::string> providers;  // empty: what secrets.json enables
  std::filesystem::path output = "data/conversations.json";
  std::filesystem::path personas;       // empty: the ones that ship
  std::filesystem::path systemprompts;  // empty: the ones that ship
  std::filesystem::path secrets = "secrets.json";
  std::optional<uint64_t> seed;  // none: the run's own, or 1
  int fewest_turns = 2;
  int most_turns = 5;
  int sessions = 3;
  int concurrency = 0;  // 0: as the limits and the latency ask
  std::optional<int64_t> max_calls;
  Rewrite rewrite = Rewrite::conversation;
  ToolSyntax tool_syntax = ToolSyntax::python;
  std::vector<std::string> tools = default_tool_groups();
  std::vector<std::string> optional_tools;  // those that end in "?"
  std::filesystem::path mcp;                // which MCP servers; empty: none
  double tool_failures = 0;  // the share of calls that fail by plan
  LogLevel log_level = LogLevel::info;
  bool reset_tools = false;
  OnChange on_change = OnChange::ask;
  int drain_seconds = 20;  // for what is under way, after Ctrl-C
  bool dry_run = false;
  bool quiet = false;
  bool json = false;

  std::string persona;  // try
  std::string topic;    // try

  FileFormat format = FileFormat::json;  // export
  std::filesystem::path to;              // export; empty: stdout

  std::filesystem::path replayed;     // replay: the ledger
  std::filesystem::path replay_file;  // replay; empty: compare only

  bool repair = false;  // check

  std::filesystem::path replies;  // parse-reply; empty: stdin

  std::filesystem::path ledger() const;
};

// Nothing when help or the version was asked for and has been printed. Throws
// BadUsage, with the nearest right word.
std::optional<Options> parse_options(int argc, char** argv);

}  // namespace simulate
