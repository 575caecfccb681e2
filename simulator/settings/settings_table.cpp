// The table of settings, and nothing else. To add one: a member in settings.h
// and a row here; docs/extending.md tells the rest.
// Tested by tests/settings/settings_test.cpp.
#include "simulator/base/text.h"
#include "simulator/models/mix.h"
#include "simulator/models/provider.h"
#include "simulator/settings/setting_rows.h"

namespace simulate {

namespace {

using enum Command;

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

// Who plays one role; the run keeps the whole cast.
template <Role role>
Setting players(const char* name, std::string help,
                std::vector<Command> commands) {
  Setting row;
  row.name = name;
  row.value = "MIX";
  row.help = std::move(help);
  row.commands = std::move(commands);
  row.read = [](const Setting& self, const std::string& text, Settings& into) {
    into.mix[role] = mix_named("--" + self.name, text);
  };
  row.shown = [](const Settings& settings) {
    return mix_text(players_of(settings.mix, role));
  };
  return naming("cast", std::move(row));
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

Rows what_the_run_is() {
  using S = Settings;
  return {
      kept<&S::target>(
          typed<&S::target>("target", "N", "Conversations the run shall hold",
                            {simulate}, {1, kMostOfAnything}),
          Consequence::continues),
      kept<&S::providers>(
          typed<&S::providers>(
              "providers", "A,B",
              "Who answers, in turn: " + joined(provider_names(), ", ") +
                  " or a name in secrets.json; without it, all that have a "
                  "key",
              {simulate, try_one, check, judge, compare, Command::personas}),
          Consequence::continues),
      players<Role::assistant>(
          "assistant",
          "Who answers, as provider:model=weight,...: shares of what is kept; "
          "without weights, whoever is free",
          {simulate, try_one, check}),
      players<Role::tester>("tester", "Who asks; the same",
                            {simulate, try_one, check}),
      players<Role::tester>("user", "Same as --tester",
                            {simulate, try_one, check}),
      players<Role::rewriter>("rewriter", "Who cleans the thinking; the same",
                              {simulate, try_one, check}),
      players<Role::judge>("judge-model", "Who judges; the same",
                           {simulate, try_one, check, judge}),
      kept<&S::output>(
          typed<&S::output>(
              "output", "FILE", "Training file, .json or .jsonl; names the run",
              {simulate, check, export_file, status, plan, show, reset_tools,
               redo, drop, judge, report, dedup, Command::select}),
          Consequence::continues, "the name that is asked for"),
      kept<&S::seed>(
          typed<&S::seed>("seed", "N",
                          "Decides the plan; without it, the run's "
                          "own, or 1",
                          {simulate, try_one, compare}, {0, INT64_MAX}),
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

Rows what_conversations_are() {
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
      kept<conversation, &C::judging>(
          typed<conversation, &C::judging>(
              "judge", "HOW",
              "A judge reads each conversation: mark keeps its verdict, reject "
              "tries again when it is not good",
              {simulate, try_one}),
          Consequence::continues, "off"),
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
      kept<conversation, &C::tool_mode>(
          typed<conversation, &C::tool_mode>(
              "tool-mode", "HOW",
              "How models are sent tools: native (in fields of requests and "
              "replies), tags (in words), or auto: native where `simulate "
              "check` has seen the model call so",
              {simulate, try_one, check}),
          Consequence::stops),
  };
}

std::vector<Setting> where_its_inputs_are() {
  using S = Settings;
  return {
      naming("personas", typed<&S::personas>(
                             "personas", "PATH",
                             "A folder of personas, one file, or JSON lines; "
                             "without it, personas/",
                             {simulate, try_one, check, compare})),
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
                                {simulate, try_one, check, judge, dedup,
                                 compare, Command::personas})),
      typed<&S::prices>("prices", "FILE",
                        "What models cost, to tell what a run did; without it, "
                        "prices.json",
                        {simulate, status, report, compare}),
      naming("rubric",
             typed<&S::rubric>(
                 "rubric", "FILE",
                 "What a judge is asked; without it, rubrics/conversation.json",
                 {simulate, try_one, judge})),
  };
}

std::vector<Setting> how_a_start_goes_about_it() {
  using S = Settings;
  return {
      typed<&S::concurrency>("concurrency", "N",
                             "Conversations at once; without it, what limits "
                             "and latency can use",
                             {simulate, judge, dedup, Command::personas},
                             {1, 4096}),
      typed<&S::max_calls>("max-calls", "N", "Send at most this many calls",
                           {simulate, judge, dedup, Command::personas},
                           {1, kMostOfAnything}),
      typed<&S::chaos>("chaos", "SHARE",
                       "Share of the offline model's calls that go wrong, as "
                       "servers do: to try settings with",
                       {simulate, judge, Command::personas}),
      flag<&S::failover>(
          "failover",
          "A storyline whose provider rests for long or is out goes on with "
          "another one; without it, it waits, or is left for a later run",
          {simulate}),
      typed<&S::on_change>("on-change", "HOW",
                           "When prompts, models or sampling changed: "
                           "continue, redo what the old ones made, or new-run",
                           {simulate}),
      typed<&S::drain_timeout>(
          "drain-timeout", "SECONDS", "For what is under way after Ctrl-C",
          {simulate, judge, dedup, Command::personas}, {0, 86'400}),
      flag<&S::reset_tools>("reset-tools",
                            "Begin with empty memories when a run starts or "
                            "grows",
                            {simulate}),
      flag<&S::dry_run>("dry-run",
                        "Say what would be done and what it costs; call nobody",
                        {simulate}),
      flag<&S::quiet>("quiet", "Say nothing but errors",
                      {simulate, try_one, judge}),
      flag<&S::json>("json", "JSON lines on stdout",
                     {simulate, status, plan, judge, report, compare, dedup,
                      Command::select}),
      typed<&S::log_level>("log-level", "LEVEL",
                           "error, info or debug: every call", {simulate}),
  };
}

Rows what_is_found() {
  using S = Settings;
  return {
      mode(),
      found<&S::conversation, &ConversationSettings::assistant_name>(
          "assistant", "What the assistant is called, from world.json",
          Consequence::stops, "Ada"),
      found<&S::models>("models", "Each role's model and sampling",
                        Consequence::stops),
      found<&S::conversation, &ConversationSettings::cast>(
          "cast", "Who plays each role, from secrets.json or the command line",
          Consequence::stops),
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
      found<&S::rubric_text>("rubric", "What the judge is asked, by content",
                             Consequence::continues),
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
