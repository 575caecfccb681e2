#include "simulator/commands/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr const char* kVersion = "simulate 0.1";

constexpr const char* kExamples = R"(
Examples:
  simulate --providers offline --target 20        a first look, no key needed
  simulate --target 5000 --providers mistral,together
  simulate try --persona agnes --topic "my cat"   one conversation, right now
  simulate check                                  keys, prompts, personas
  simulate status                                 how far it is
  simulate export --format jsonl > talks.jsonl
  simulate replay data/conversations.db           the same bytes, no network
  simulate parse-reply < replies.jsonl            why did a call not run?

Running the same command again continues where it stopped.
Exit codes: 0 done, 1 work left, 2 bad usage, 3 budget reached, 75 the run is
in use, 130/143 interrupted.)";

// Values as they were typed: they are read afterwards, so that a wrong one is
// answered in our words.
struct Raw {
  std::string target, turns, seed, sessions, concurrency, max_calls;
  std::string rewrite = "conversation", syntax = "python", format, drain;
  std::string log_level = "info", on_change, providers, tools, failures;
  bool no_rewrite = false;
};

int64_t whole_number(const std::string& flag, const std::string& text,
                     int64_t lowest, int64_t highest) {
  int64_t value = 0;
  const char* end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || value < lowest ||
      value > highest) {
    throw BadUsage(flag + " must be a whole number from " +
                   std::to_string(lowest) + " to " + std::to_string(highest) +
                   ", got \"" + printable(text) + "\"");
  }
  return value;
}

void read_turns(const std::string& text, Options& options) {
  std::vector<std::string> ends = split(text, '-');
  if (ends.size() == 1) ends.push_back(ends[0]);
  if (ends.size() != 2) {
    throw BadUsage("--turns must look like 2-5, got \"" + printable(text) +
                   "\"");
  }
  auto low = whole_number("--turns", ends[0], 1, 50);
  auto high = whole_number("--turns", ends[1], 1, 50);
  if (low > high) {
    throw BadUsage("--turns " + printable(text) +
                   " is the wrong way round; did you mean " + ends[1] + "-" +
                   ends[0] + "?");
  }
  options.fewest_turns = static_cast<int>(low);
  options.most_turns = static_cast<int>(high);
}

template <class Value>
Value one_of(const std::string& flag, const std::string& word,
             const std::vector<std::pair<std::string, Value>>& choices) {
  std::vector<std::string> words;
  for (const auto& [name, value] : choices) {
    if (name == word) return value;
    words.push_back(name);
  }
  std::string guess = nearest(word, words);
  throw BadUsage(flag + " must be one of " + joined(words, ", ") + ", got \"" +
                 printable(word) + "\"" +
                 (guess.empty() ? "" : "; did you mean " + guess + "?"));
}

// "0.05" or "5%".
double share(const std::string& flag, const std::string& text) {
  bool percent = text.ends_with('%');
  std::string number = percent ? text.substr(0, text.size() - 1) : text;
  double value = -1;
  const char* end = number.data() + number.size();
  auto read = std::from_chars(number.data(), end, value);
  if (percent) value /= 100;
  if (read.ec != std::errc() || read.ptr != end || !(value >= 0) || value > 1) {
    throw BadUsage(flag + " must be a share such as 0.05 or 5%, got \"" +
                   printable(text) + "\"");
  }
  return value;
}

void read_numbers(const Raw& raw, Options& options) {
  constexpr int64_t kMost = 1'000'000'000;
  auto number = [](const char* flag, const std::string& text, int64_t low,
                   int64_t high, auto& into) {
    if (text.empty()) return;
    using Value = std::remove_reference_t<decltype(into)>;
    into = static_cast<Value>(whole_number(flag, text, low, high));
  };
  number("--target", raw.target, 1, kMost, options.target);
  number("--sessions", raw.sessions, 1, 1000, options.sessions);
  number("--drain-timeout", raw.drain, 0, 86'400, options.drain_seconds);
  number("--concurrency", raw.concurrency, 1, 4096, options.concurrency);
  if (!raw.turns.empty()) read_turns(raw.turns, options);
  if (!raw.failures.empty()) {
    options.tool_failures = share("--tool-failures", raw.failures);
  }
  if (!raw.seed.empty()) {
    options.seed =
        static_cast<uint64_t>(whole_number("--seed", raw.seed, 0, INT64_MAX));
  }
  if (!raw.max_calls.empty()) {
    options.max_calls = whole_number("--max-calls", raw.max_calls, 1, kMost);
  }
}

// Each once.
std::vector<std::string> words_in(const std::string& list) {
  std::vector<std::string> words;
  for (const std::string& part : split(list, ',')) {
    std::string word(trimmed(part));
    bool known = std::find(words.begin(), words.end(), word) != words.end();
    if (!word.empty() && !known) words.push_back(std::move(word));
  }
  return words;
}

// "shopping?" is offered to one storyline and not to another.
void read_tools(const std::vector<std::string>& words, Options& options) {
  options.tools.clear();
  for (std::string name : words) {
    bool optional = name.ends_with('?');
    if (optional) name.pop_back();
    if (std::count(options.tools.begin(), options.tools.end(), name)) {
      throw BadUsage("--tools names \"" + printable(name) + "\" twice");
    }
    if (optional) options.optional_tools.push_back(name);
    options.tools.push_back(std::move(name));
  }
  if (options.tools.size() > options.optional_tools.size()) return;
  throw BadUsage(
      "--tools must name tools that every conversation has; write for example "
      "--tools memory,diary,shopping?");
}

void read_words(const Raw& raw, Options& options) {
  options.rewrite = one_of<Rewrite>("--rewrite", raw.rewrite,
                                    {{"conversation", Rewrite::conversation},
                                     {"turn", Rewrite::turn},
                                     {"off", Rewrite::off}});
  if (raw.no_rewrite) options.rewrite = Rewrite::off;
  options.tool_syntax = one_of<ToolSyntax>(
      "--tool-syntax", raw.syntax,
      {{"python", ToolSyntax::python}, {"json", ToolSyntax::json}});
  options.format = format_of(options.output);
  if (!raw.format.empty()) {
    options.format = one_of<FileFormat>(
        "--format", raw.format,
        {{"json", FileFormat::json}, {"jsonl", FileFormat::jsonl}});
  }
  options.log_level = one_of<LogLevel>("--log-level", raw.log_level,
                                       {{"error", LogLevel::error},
                                        {"info", LogLevel::info},
                                        {"debug", LogLevel::debug}});
  if (!raw.on_change.empty()) {
    options.on_change = one_of<OnChange>("--on-change", raw.on_change,
                                         {{"continue", OnChange::go_on},
                                          {"redo", OnChange::redo},
                                          {"new-run", OnChange::new_run}});
  }
  options.providers = words_in(raw.providers);
  if (!raw.tools.empty()) {
    read_tools(words_in(raw.tools), options);
  }
  // A set flag that names nothing must not fall back to another choice.
  if (!raw.providers.empty() && options.providers.empty()) {
    throw BadUsage(
        "--providers names no provider; write for example "
        "--providers mistral,together");
  }
}

void add_run_options(CLI::App& app, Raw& raw, Options& options) {
  app.add_option("--target", raw.target,
                 "Conversations the run shall hold (5000)");
  app.add_option("--providers", raw.providers,
                 "Who answers, in turn: mistral,together,huggingface,openai,"
                 "ollama,vllm,llamacpp,sglang,offline or a name in "
                 "secrets.json");
  app.add_option("--output", options.output,
                 "Training file, .json or .jsonl; names the run "
                 "(data/conversations.json)");
  app.add_option("--personas", options.personas,
                 "A folder of personas, one file, or JSON lines (personas/)");
  app.add_option("--systemprompts", options.systemprompts,
                 "Folder of the prompts (systemprompts/)");
  app.add_option("--secrets", options.secrets,
                 "Keys and provider settings (secrets.json)");
  app.add_option("--seed", raw.seed, "Decides the plan (1)");
  app.add_option("--turns", raw.turns, "Turns of a conversation (2-5)");
  app.add_option("--sessions", raw.sessions,
                 "Conversations of a storyline (3)");
  app.add_option("--concurrency", raw.concurrency,
                 "Conversations at once (what limits and latency can use)");
}

void add_manner_options(CLI::App& app, Raw& raw, Options& options) {
  app.add_option("--rewrite", raw.rewrite,
                 "Clean the thinking per conversation, per turn, or off "
                 "(conversation)");
  app.add_flag("--no-rewrite", raw.no_rewrite, "Same as --rewrite off");
  app.add_option("--tools", raw.tools,
                 "Groups of tools, each a file tools/NAME.json; NAME? is "
                 "offered to every other storyline "
                 "(memory,diary,reminders,watch)");
  app.add_option("--mcp", options.mcp,
                 "A file of MCP servers whose tools are offered, too");
  app.add_option("--tool-failures", raw.failures,
                 "Share of tool calls that fail by plan, to be recovered "
                 "from: 0.05 or 5% (0)");
  app.add_option("--tool-syntax", raw.syntax,
                 "How calls are written: python or json (python)");
  app.add_option("--max-calls", raw.max_calls, "Send at most this many calls");
  app.add_option("--on-change", raw.on_change,
                 "When prompts, models or sampling changed: continue, redo "
                 "what the old ones made, or new-run");
  app.add_option("--drain-timeout", raw.drain,
                 "Seconds for what is under way after Ctrl-C (20)");
  app.add_flag("--reset-tools", options.reset_tools,
               "Begin with empty memories when a run starts or grows");
  app.add_flag("--dry-run", options.dry_run,
               "Say what would be done and what it costs; call nobody");
  app.add_flag("--quiet", options.quiet, "Say nothing but errors");
  app.add_flag("--json", options.json, "JSON lines on stdout");
  app.add_option("--log-level", raw.log_level,
                 "error, info or debug: every call (info)");
}

void add_commands(CLI::App& app, Raw& raw, Options& options) {
  auto add = [&](Command command, const char* name, const char* what) {
    CLI::App* added = app.add_subcommand(name, what);
    added->parse_complete_callback(
        [&options, command] { options.command = command; });
    return added;
  };
  CLI::App* try_one =
      add(Command::try_one, "try", "One conversation now, kept out of the run");
  try_one->add_option("--persona", options.persona,
                      "Name or file of the persona");
  try_one->add_option("--topic", options.topic, "What is on their mind");
  CLI::App* check = add(Command::check, "check",
                        "Look at the run's files, keys, prompts and personas; "
                        "ask each provider once");
  check->add_flag("--repair", options.repair,
                  "Only recover what can be of a damaged ledger, into new "
                  "files beside it");
  add(Command::status, "status", "How far the run of --output is");
  CLI::App* export_file =
      add(Command::export_file, "export",
          "The saved conversations, from the ledger, on stdout");
  export_file->add_option("--format", raw.format,
                          "json or jsonl (as the training file)");
  export_file->add_option("--to", options.to, "A file instead of stdout");
  CLI::App* replay =
      add(Command::replay, "replay",
          "Run every attempt of a ledger again from its recorded replies, no "
          "network, no keys; --output gets the records");
  replay->add_option("ledger", options.replayed, "The ledger, a .db file")
      ->required();
  add(Command::reset_tools, "reset-tools",
      "What is not begun yet starts new storylines, with empty memories");
  CLI::App* parse_reply =
      add(Command::parse_reply, "parse-reply",
          "Read tool calls in replies: JSON lines {\"id\", \"text\", "
          "\"tools\"?} in, what was understood out");
  parse_reply->add_option("file", options.replies,
                          "JSON lines; stdin without it");
}

// The flags of one command; the names of its other arguments are not typed.
std::vector<std::string> flags_of(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    std::string name = option->get_name();
    if (name.starts_with("-")) flags.push_back(name);
  }
  return flags;
}

// What may stand on a command line, and which command it belongs to.
std::map<std::string, std::string> words_known_to(const CLI::App& app) {
  std::map<std::string, std::string> words;
  for (const CLI::App* command : app.get_subcommands({})) {
    words[command->get_name()];
    for (const std::string& flag : flags_of(*command)) {
      words[flag] = command->get_name();
    }
  }
  for (const std::string& flag : flags_of(app)) words[flag].clear();
  return words;
}

[[noreturn]] void refuse_known(const CLI::App& app, const std::string& word,
                               const std::string& owner) {
  if (!owner.empty()) {
    throw BadUsage(word + " belongs to `simulate " + owner + "`");
  }
  std::string first = app.get_subcommands().front()->get_name();
  throw BadUsage("one command at a time: `simulate " + first +
                 "` or `simulate " + word + "`");
}

[[noreturn]] void refuse_extra(const CLI::App& app, const std::string& word) {
  std::string name = word.substr(0, word.find('='));
  std::map<std::string, std::string> known = words_known_to(app);
  auto found = known.find(name);
  bool flag = name.starts_with("-");
  if (found != known.end() && flag == !found->second.empty()) {
    refuse_known(app, name, found->second);
  }
  std::vector<std::string> words;
  for (const auto& [known_word, owner] : known) words.push_back(known_word);
  std::string guess = nearest(name, words);
  std::string owner = guess.empty() ? "" : known[guess];
  throw BadUsage(
      "there is no " +
      std::string(name.starts_with("-") ? "option " : "command ") +
      printable(name) +
      (guess.empty() ? "; see simulate --help"
                     : "; did you mean " + guess + "?") +
      (owner.empty() ? "" : " It belongs to `simulate " + owner + "`"));
}

// Flags that would be ignored, by a command that calls somebody perhaps.
void refuse_idle_flags(const CLI::App& app, const Options& options) {
  if (options.command == Command::simulate) return;
  std::string command = app.get_subcommands().front()->get_name();
  if (options.dry_run) {
    throw BadUsage("--dry-run is for a run; `simulate " + command +
                   "` does not know it");
  }
  bool json_lines = options.command == Command::status ||
                    options.command == Command::parse_reply;
  if (!options.json || json_lines) return;
  throw BadUsage(
      "--json is for a run, --dry-run and `simulate status`; "
      "`simulate " +
      command + "` does not know it");
}

// --to decides how its file is written, as --output does.
void read_export_format(const Raw& raw, Options& options) {
  std::string extension = options.to.extension().string();
  if (extension != ".json" && extension != ".jsonl") return;
  FileFormat format = format_of(options.to);
  if (!raw.format.empty() && format != options.format) {
    throw BadUsage("--format " + raw.format + " does not go with --to " +
                   options.to.string() +
                   "; leave out --format or give the file another name");
  }
  options.format = format;
}

}  // namespace

std::filesystem::path Options::ledger() const {
  std::filesystem::path path = output;
  return path.replace_extension(".db");
}

std::optional<Options> parse_options(int argc, char** argv) {
  Options options;
  Raw raw;
  CLI::App app(
      "Makes multi-turn, tool-using training conversations: a tester model "
      "plays a persona,\nthe assistant answers and really uses its tools, "
      "every conversation is saved at once.",
      "simulate");
  app.footer(kExamples);
  app.fallthrough();
  app.allow_extras();
  app.require_subcommand(0, 1);
  app.set_version_flag("--version", kVersion);
  add_run_options(app, raw, options);
  add_manner_options(app, raw, options);
  add_commands(app, raw, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    app.exit(help);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw BadUsage(std::string(error.what()) + "; see simulate --help");
  }
  for (const std::string& word : app.remaining(true)) refuse_extra(app, word);
  read_numbers(raw, options);
  read_words(raw, options);
  read_export_format(raw, options);
  refuse_idle_flags(app, options);
  // To a replay, --output is where the records go; it has no default there.
  bool output_given = app.get_option("--output")->count() > 0;
  if (output_given) options.replay_file = options.output;
  return options;
}

}  // namespace simulate
