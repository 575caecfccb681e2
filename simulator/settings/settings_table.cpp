// The table of settings, and nothing else. To add one: a member in settings.h
// and a row here; docs/extending.md tells the rest.
// Tested by tests/settings/settings_test.cpp.
#include "simulator/base/text.h"
#include "simulator/models/provider.h"
#include "simulator/settings/compare_values.h"
#include "simulator/settings/setting.h"
#include "simulator/settings/stored_value.h"
#include "simulator/settings/typed_value.h"

namespace simulate {

namespace {

using enum Command;

constexpr int64_t kMost = 1'000'000'000;

// The member at the end of a path: at<&Settings::conversation,
// &ConversationSettings::rewrite>(settings).
template <auto... Path>
auto& at(auto& settings) {
  return (settings.*....*Path);
}

// A setting that the user types.
template <auto... Path>
Setting typed(const char* name, const char* value, std::string help,
              std::vector<Command> commands, Range range = {}) {
  Setting row;
  row.name = name;
  row.value = value;
  row.help = std::move(help);
  row.commands = std::move(commands);
  row.range = range;
  row.read = [](const Setting& self, const std::string& text, Settings& into) {
    read_value("--" + self.name, text, self.range, at<Path...>(into));
  };
  row.shown = [](const Settings& settings) {
    return value_text(at<Path...>(settings));
  };
  return row;
}

template <auto... Path>
Setting flag(const char* name, const char* help,
             std::vector<Command> commands) {
  Setting row = typed<Path...>(name, "", help, std::move(commands));
  row.written = Written::flag;
  return row;
}

template <auto... Path>
Setting positional(const char* name, const char* value, const char* help,
                   std::vector<Command> commands) {
  Setting row = typed<Path...>(name, value, help, std::move(commands));
  row.written = Written::positional;
  return row;
}

// What the ledger keeps of a row; `absent` says what a run was made with that
// did not know it yet.
template <auto... Path>
Setting kept(Setting row, Consequence on_change, const char* absent = "") {
  row.kept = {on_change, absent};
  row.stored = [](const Settings& settings) {
    return stored_value(at<Path...>(settings));
  };
  row.restore = [](const Json& value, Settings& into) {
    return restore_value(value, at<Path...>(into));
  };
  row.compare = [](const std::string& key, const Settings& before,
                   const Settings& now, Differences& differences) {
    compare_values(key, at<Path...>(before), at<Path...>(now), differences);
  };
  return row;
}

// The found setting `content` keeps what this one names.
Setting naming(const char* content, Setting row) {
  row.content = content;
  return row;
}

// A setting that is found in the user's files.
template <auto... Path>
Setting found(const char* name, const char* help, Consequence on_change,
              const char* absent = "") {
  Setting row;
  row.name = name;
  row.help = help;
  row.written = Written::nowhere;
  return kept<Path...>(std::move(row), on_change, absent);
}

// --no-rewrite has no value of its own.
Setting no_rewrite() {
  Setting row;
  row.name = "no-rewrite";
  row.help = "Same as --rewrite off";
  row.commands = {simulate, try_one};
  row.written = Written::flag;
  row.read = [](const Setting&, const std::string&, Settings& into) {
    into.conversation.rewrite = Rewrite::off;
  };
  row.shown = [](const Settings&) { return std::string(); };
  return row;
}

// Offline and real conversations never share a run.
Setting mode() {
  Setting row;
  row.name = "mode";
  row.help = "Whether the offline model plays, or real ones";
  row.written = Written::nowhere;
  row.kept = {Consequence::refused, ""};
  row.stored = [](const Settings& settings) {
    return Json(settings.conversation.scripted ? "offline" : "real");
  };
  row.restore = [](const Json& value, Settings& into) {
    into.conversation.scripted = value == "offline";
    return value == "offline" || value == "real";
  };
  row.compare = [](const std::string& key, const Settings& before,
                   const Settings& now, Differences& differences) {
    auto word = [](const Settings& settings) {
      return std::string(settings.conversation.scripted ? "offline" : "real");
    };
    compare_values(key, word(before), word(now), differences);
  };
  return row;
}

// A task is a conversation by itself; --sessions stands behind it in the table,
// and may say otherwise.
Setting tasks() {
  using S = Settings;
  Setting row =
      naming("situations",
             typed<&S::tasks>("tasks", "FILE",
                              "JSON lines of your own tasks, played instead of "
                              "the situations, in storylines of one session",
                              {simulate, try_one, check}));
  row.read = [](const Setting& self, const std::string& text, Settings& into) {
    read_value("--" + self.name, text, self.range, into.tasks);
    into.sessions = {1, 1};
  };
  return row;
}

std::vector<Setting> what_the_run_is() {
  using S = Settings;
  return {
      kept<&S::target>(
          typed<&S::target>("target", "N", "Conversations the run shall hold",
                            {simulate}, {1, kMost}),
          Consequence::continues),
      kept<&S::providers>(
          typed<&S::providers>(
              "providers", "A,B",
              "Who answers, in turn: " + joined(provider_names(), ", ") +
                  " or a name in secrets.json; without it, all that have a "
                  "key",
              {simulate, try_one, check}),
          Consequence::continues),
      kept<&S::output>(
          typed<&S::output>("output", "FILE",
                            "Training file, .json or .jsonl; names the run",
                            {simulate, check, export_file, status, plan, show,
                             reset_tools, redo, drop}),
          Consequence::continues, "the name that is asked for"),
      kept<&S::seed>(typed<&S::seed>("seed", "N",
                                     "Decides the plan; without it, the run's "
                                     "own, or 1",
                                     {simulate, try_one}, {0, INT64_MAX}),
                     Consequence::refused, "1"),
      kept<&S::turns>(
          typed<&S::turns>("turns", "N-M", "Turns of a conversation",
                           {simulate, try_one}, {1, kMostTurns}),
          Consequence::next_wave),
      tasks(),
      kept<&S::sessions>(
          typed<&S::sessions>("sessions", "N-M", "Conversations of a storyline",
                              {simulate}, {1, kMostSessions}),
          Consequence::next_wave),
  };
}

std::vector<Setting> what_conversations_are() {
  using S = Settings;
  using C = ConversationSettings;
  constexpr auto conversation = &S::conversation;
  return {
      kept<conversation, &C::rewrite>(
          typed<conversation, &C::rewrite>(
              "rewrite", "HOW",
              "Clean the thinking per conversation, per turn, or off",
              {simulate, try_one}),
          Consequence::stops),
      no_rewrite(),
      naming("tools",
             typed<&S::tools>(
                 "tools", "A,B?",
                 "Groups of tools, each a file tools/NAME.json; NAME? is "
                 "offered to every other storyline",
                 {simulate, try_one, check})),
      naming("tools", typed<&S::mcp>(
                          "mcp", "FILE",
                          "A file of MCP servers whose tools are offered, too",
                          {simulate, try_one, check})),
      kept<conversation, &C::tool_failures>(
          typed<conversation, &C::tool_failures>(
              "tool-failures", "SHARE",
              "Share of tool calls that fail by plan, to be recovered from: "
              "0.05 or 5%",
              {simulate, try_one}),
          Consequence::stops),
      kept<conversation, &C::tool_syntax>(
          typed<conversation, &C::tool_syntax>(
              "tool-syntax", "HOW", "How calls are written: python or json",
              {simulate, try_one}),
          Consequence::refused),
  };
}

std::vector<Setting> where_its_inputs_are() {
  using S = Settings;
  return {
      naming("personas", typed<&S::personas>(
                             "personas", "PATH",
                             "A folder of personas, one file, or JSON lines; "
                             "without it, personas/",
                             {simulate, try_one, check})),
      naming("prompts",
             typed<&S::systemprompts>("systemprompts", "FOLDER",
                                      "The prompts; without it, systemprompts/",
                                      {simulate, try_one, check})),
      naming("situations",
             typed<&S::situations>("situations", "FOLDER",
                                   "What kinds of moments conversations are; "
                                   "without it, situations/",
                                   {simulate, try_one, check})),
      naming("models",
             typed<&S::secrets>("secrets", "FILE", "Keys and provider settings",
                                {simulate, try_one, check})),
  };
}

std::vector<Setting> how_a_start_goes_about_it() {
  using S = Settings;
  return {
      typed<&S::concurrency>("concurrency", "N",
                             "Conversations at once; without it, what limits "
                             "and latency can use",
                             {simulate}, {1, 4096}),
      typed<&S::max_calls>("max-calls", "N", "Send at most this many calls",
                           {simulate}, {1, kMost}),
      typed<&S::on_change>("on-change", "HOW",
                           "When prompts, models or sampling changed: "
                           "continue, redo what the old ones made, or new-run",
                           {simulate}),
      typed<&S::drain_timeout>("drain-timeout", "SECONDS",
                               "For what is under way after Ctrl-C", {simulate},
                               {0, 86'400}),
      flag<&S::reset_tools>("reset-tools",
                            "Begin with empty memories when a run starts or "
                            "grows",
                            {simulate}),
      flag<&S::dry_run>("dry-run",
                        "Say what would be done and what it costs; call nobody",
                        {simulate}),
      flag<&S::quiet>("quiet", "Say nothing but errors", {simulate, try_one}),
      flag<&S::json>("json", "JSON lines on stdout", {simulate, status, plan}),
      typed<&S::log_level>("log-level", "LEVEL",
                           "error, info or debug: every call", {simulate}),
  };
}

std::vector<Setting> what_export_asks_for() {
  using S = Settings;
  using E = ExportSettings;
  return {
      typed<&S::exporting, &E::trainer>(
          "for", "TRAINER",
          "Who trains: trl, axolotl, llamafactory, openai, together, unsloth "
          "or ms-swift",
          {export_file}),
      typed<&S::exporting, &E::input>(
          "input", "FILE",
          "A dataset instead of the run: JSON lines, or an array, of "
          "conversations as these trainers take them",
          {export_file}),
      typed<&S::exporting, &E::family>(
          "family", "FAMILY",
          "Whose chat template they go through: qwen3, hermes, llama3, "
          "mistral, deepseek-r1 or gpt-oss",
          {export_file}),
      typed<&S::to>("to", "PATH",
                    "A file instead of stdout; with --for a folder",
                    {export_file}),
      typed<&S::exporting, &E::format>(
          "format", "FORMAT",
          "record, messages, sharegpt, hermes, rendered or preference; without "
          "it, what "
          "--for takes, or record",
          {export_file}),
      typed<&S::exporting, &E::container>(
          "container", "FORMAT",
          "json or jsonl; without it, as the file's name says", {export_file}),
      typed<&S::exporting, &E::unit>(
          "samples", "UNIT",
          "A sample for each conversation, for each message that is to be "
          "learnt, or auto: conversations where the family's template loses "
          "nothing",
          {export_file}),
      typed<&S::exporting, &E::thoughts>(
          "thinking", "WHICH", "Thoughts to train on: all, last-turn or none",
          {export_file}),
      typed<&S::exporting, &E::errors>(
          "errors", "HOW",
          "Messages not worth imitating: mask keeps them as history, drop ends "
          "the conversation before them",
          {export_file}),
      typed<&S::exporting, &E::val_size>(
          "val-size", "SHARE",
          "Share of the conversations to validate with, 0-1; whole people, of "
          "each language and situation",
          {export_file}),
      typed<&S::exporting, &E::chat_template>(
          "template", "FILE",
          "The model's chat_template.jinja or tokenizer_config.json",
          {export_file}),
      flag<&S::exporting, &E::check>(
          "check",
          "Only say whether the trainer can read the samples and, with "
          "--template, what the model will see of them",
          {export_file}),
      typed<&S::exporting, &E::show>(
          "show", "N",
          "Only print the first N samples, what is learnt in green",
          {export_file}, {1, kMost})};
}

std::vector<Setting> what_one_command_asks_for() {
  using S = Settings;
  return {
      typed<&S::persona>("persona", "NAME", "Name or file of the persona",
                         {try_one}),
      typed<&S::topic>("topic", "TEXT", "What is on their mind", {try_one}),
      typed<&S::situation>("situation", "NAME",
                           "What kind of moment it is: a file of situations/",
                           {try_one}),
      flag<&S::show_requests>(
          "show-requests", "Print exactly what each model is sent", {try_one}),
      flag<&S::watch>(
          "watch",
          "Again whenever a prompt, persona, situation or tool is saved",
          {try_one}),
      positional<&S::which>("which", "WHICH",
                            "conv_000001, last or random; without it, last",
                            {show}),
      flag<&S::diff>("diff", "Thoughts as they were before rewriting, too",
                     {show}),
      typed<&S::where>("where", "EXPR",
                       "Which conversations: SQL over their metadata, as in "
                       "\"mood = 'calm' AND tool_errors > 1\"",
                       {redo, drop, export_file}),
      flag<&S::yes>("yes", "Do it without asking", {redo, drop}),
      positional<&S::replayed>("ledger", "LEDGER", "A run's .db file",
                               {replay}),
      typed<&S::records>("output", "FILE", "Where the records go", {replay}),
      flag<&S::repair>("repair",
                       "Only recover what can be of a damaged ledger, into new "
                       "files beside it",
                       {check}),
      typed<&S::example>("example", "WORLD",
                         "Which world to lay out: companion or support",
                         {init}),
      positional<&S::folder>("folder", "DIR", "Where to lay it out", {init}),
      positional<&S::replies>("file", "FILE", "JSON lines; without it, stdin",
                              {parse_reply}),
  };
}

std::vector<Setting> what_is_found() {
  using S = Settings;
  return {
      mode(),
      found<&S::conversation, &ConversationSettings::assistant_name>(
          "assistant", "What the assistant is called, from world.json",
          Consequence::stops, "Ada"),
      found<&S::models>("models", "Each role's model and sampling",
                        Consequence::stops),
      found<&S::conversation, &ConversationSettings::cast>(
          "cast", "Who plays each role, from secrets.json", Consequence::stops),
      found<&S::prompts>("prompts", "The prompts, by content",
                         Consequence::stops),
      found<&S::tool_texts>("tools", "The tools, by content",
                            Consequence::stops, "the tools that ship"),
      found<&S::optional_tools>("optional-tools",
                                "Groups that a storyline may lack",
                                Consequence::next_wave, "none"),
      found<&S::persona_texts>("personas", "The personas, by content",
                               Consequence::next_wave),
      found<&S::situation_texts>("situations", "The situations, by content",
                                 Consequence::next_drawn, "none"),
      found<&S::conduct>("conduct", "What the program does, as a number",
                         Consequence::continues, "1"),
  };
}

std::vector<Setting> the_table() {
  std::vector<Setting> rows;
  for (auto part :
       {what_the_run_is, what_conversations_are, where_its_inputs_are,
        how_a_start_goes_about_it, what_one_command_asks_for,
        what_export_asks_for, what_is_found}) {
    for (Setting& row : part()) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

const std::vector<Setting>& all_settings() {
  static const std::vector<Setting> rows = the_table();
  return rows;
}

}  // namespace simulate
