// Everything that a user can set, and what was found out from the user's files:
// one typed value. The command line fills it, the commands read it, the ledger
// keeps the part of it that decides the content of a run. What each member is
// called, means and defaults to stands in settings_table.cpp, a row each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/conversation/conversation_settings.h"
#include "simulator/conversation/count_range.h"
#include "simulator/samples/export_settings.h"
#include "simulator/settings/text_hashes.h"
#include "tools/tool_file.h"

namespace simulate {

// What to do when prompts, models or sampling have changed since last time.
enum class OnChange { ask, go_on, redo, new_run };

enum class LogLevel { error, info, debug };

// The groups of tools of --tools.
struct ToolChoice {
  std::vector<std::string> groups = default_tool_groups();
  std::vector<std::string> optional;  // of these, those that end in "?"
  bool operator==(const ToolChoice&) const = default;
};

// A role's model at one provider, and how it is sampled there.
struct RoleSettings {
  std::string model;
  double temperature = 0;
  int max_tokens = 0;
  bool operator==(const RoleSettings&) const = default;
};
using ModelSettings = std::map<std::string, std::map<Role, RoleSettings>>;

struct Settings {
  // What the run is.
  int64_t target = 5000;
  std::filesystem::path output = "data/conversations.json";
  std::optional<uint64_t> seed;        // none: the run's own, or 1
  std::vector<std::string> providers;  // empty: what secrets.json enables
  CountRange sessions{1, 8};
  CountRange turns{1, 12};
  ConversationSettings conversation;
  Cast mix;  // of the command line, beside what secrets.json says
  ToolChoice tools;

  // Where its inputs are; an empty path means the ones that ship.
  std::filesystem::path personas;
  std::filesystem::path systemprompts;
  std::filesystem::path situations;
  std::filesystem::path tasks;   // lines that are played instead; empty: none
  std::filesystem::path rubric;  // what a judge is asked
  std::filesystem::path prices;  // what models cost
  std::filesystem::path secrets = "secrets.json";
  std::filesystem::path mcp;  // which MCP servers; empty: none
  // Of the world: the file of scenes that the offline model plays, "companion"
  // for its own scripts; empty: it cannot play.
  std::filesystem::path offline = "companion";

  // How this start goes about it.
  std::optional<int64_t> concurrency;  // none: as limits and latency ask
  std::optional<int64_t> max_calls;
  double chaos = 0;  // of the offline model's calls
  OnChange on_change = OnChange::ask;
  int drain_timeout = 20;  // seconds for what is under way, after Ctrl-C
  bool failover = false;
  bool reset_tools = false;
  bool dry_run = false;
  bool quiet = false;
  bool json = false;
  LogLevel log_level = LogLevel::info;

  // What only one command asks for.
  std::string persona;                 // try
  std::string topic;                   // try
  std::string situation;               // try
  std::string which = "last";          // show
  bool diff = false;                   // show
  bool show_requests = false;          // try
  bool watch = false;                  // try
  std::string where;                   // redo, drop: an SQL expression
  std::optional<int64_t> calibrate;    // judge: with so many conversations
  std::filesystem::path html;          // report, compare; empty: none
  std::string first, second;           // compare: runs, files or folders
  double likeness = 0;                 // dedup; 0: what is usual
  std::string embeddings;              // dedup: a provider's model
  std::optional<int64_t> top;          // select
  std::filesystem::path one_liners;    // personas
  std::filesystem::path people;        // personas: the folder for them
  std::optional<int64_t> count;        // personas; compare: conversations
  bool yes = false;                    // redo, drop: nobody is asked
  ExportSettings exporting;            // export
  std::filesystem::path to;            // export; empty: stdout
  std::filesystem::path replayed;      // replay: the ledger
  std::filesystem::path records;       // replay; empty: compare only
  bool repair = false;                 // check
  std::filesystem::path replies;       // parse-reply; empty: stdin
  std::filesystem::path folder = ".";  // init
  std::string example = "companion";   // init

  // What the user's files hold, found out when they are read.
  ModelSettings models;  // by provider
  TextHashes prompts;    // by file
  // By group. None: an old ledger that did not yet keep them, which were the
  // ones that ship.
  std::optional<TextHashes> tool_texts;
  std::vector<std::string> optional_tools;  // MCP servers included
  std::string persona_texts;                // a hash of all together
  std::string situation_texts;              // the same, a text in the ledger
  std::string rubric_text;                  // the same; empty: nobody judges
  // The number of what the program does: see conduct.h.
  int conduct = 0;

  // The run's ledger, beside its training file.
  std::filesystem::path ledger() const;
};

}  // namespace simulate
