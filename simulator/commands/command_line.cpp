#include "simulator/commands/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <sstream>

#include "simulator/base/error.h"
#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/world.h"
#include "simulator/settings/words.h"

namespace simulate {

namespace {

constexpr const char* kVersion = "simulate 0.1";

constexpr const char* kDescription =
    "Makes multi-turn, tool-using training conversations: a tester model "
    "plays a persona,\nthe assistant answers and really uses its tools, "
    "every conversation is saved at once.";

constexpr const char* kExamples = R"(
Examples:
  simulate --providers offline --target 20        a first look, no key needed
  simulate --target 5000 --providers mistral,together
  simulate try --persona agnes --topic "my cat"   one conversation, right now
  simulate check                                  keys, prompts, personas
  simulate status                                 how far it is
  simulate export --for trl --family qwen3 --to train/   a dataset
  simulate replay data/conversations.db           the same bytes, no network
  simulate parse-reply < replies.jsonl            why did a call not run?

Running the same command again continues where it stopped.
Exit codes: 0 done, 1 work left, 2 bad usage, 3 budget reached, 75 the run is
in use, 130/143 interrupted.)";

// One setting as it may stand behind one command. The value is kept as it was
// typed: it is read afterwards, so that a wrong one is answered in our words.
struct Word {
  const Setting* setting;
  Command command;
  CLI::Option* option = nullptr;
  std::string text = {};
  bool flag = false;

  bool given() const { return option->count() > 0; }
};

std::string flag_of(const Setting& setting) { return "--" + setting.name; }

// "Conversations the run shall hold (5000)".
std::string help_of(const Setting& setting) {
  std::string usual = setting.shown(Settings());
  return setting.help + (usual.empty() ? "" : " (" + usual + ")");
}

class Parser {
 public:
  Parser() : app_(kDescription, "simulate") {
    app_.footer(kExamples);
    app_.allow_extras();
    app_.require_subcommand(0, 1);
    app_.set_version_flag("--version", kVersion);
    for (const CommandRow& row : all_commands()) add(row);
  }

  // False when help or the version was printed.
  bool parse(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::Success& help) {
      std::ostringstream text;
      app_.exit(help, text, text);
      show(stdout, Shown(text.str()));
      return false;
    } catch (const CLI::ParseError& error) {
      throw BadUsage(std::string(error.what()) + "; see simulate --help");
    }
    for (const std::string& word : app_.remaining(true)) refuse_extra(word);
    return true;
  }

  CommandLine command_line() const {
    CommandLine line;
    line.command = command();
    if (makes_conversations(line.command)) apply_world(line.settings);
    for (const Word& word : words_) {
      if (!word.given()) continue;
      const Setting& setting = meant_by(word, line.command);
      setting.read(setting, word.text, line.settings);
    }
    return line;
  }

 private:
  void add(const CommandRow& row) {
    CLI::App* app = &app_;
    if (row.command != Command::simulate) {
      app = app_.add_subcommand(row.name, row.help)->allow_extras();
      commands_[app] = row.command;
    }
    for (const Setting& setting : all_settings()) {
      if (setting.is_of(row.command)) add(*app, row.command, setting);
    }
  }

  void add(CLI::App& app, Command command, const Setting& setting) {
    Word& word = words_.emplace_back(Word{&setting, command});
    switch (setting.written) {
      case Written::option:
        word.option =
            app.add_option(flag_of(setting), word.text, help_of(setting))
                ->type_name(setting.value);
        break;
      case Written::flag:
        word.option =
            app.add_flag(flag_of(setting), word.flag, help_of(setting));
        break;
      case Written::positional:
        word.option = app.add_option(setting.name, word.text, help_of(setting))
                          ->type_name("");
        word.option->required(command == Command::replay);
        break;
      case Written::nowhere:
        break;
    }
  }

  static bool makes_conversations(Command command) {
    return command == Command::simulate || command == Command::try_one ||
           command == Command::check;
  }

  Command command() const {
    auto chosen = app_.get_subcommands();
    return chosen.empty() ? Command::simulate : commands_.at(chosen.front());
  }

  // An option before the command's name belongs to the command all the same.
  const Setting& meant_by(const Word& word, Command command) const {
    if (word.command == command) return *word.setting;
    for (const Word& other : words_) {
      bool same = other.setting->name == word.setting->name;
      if (same && other.command == command) return *other.setting;
    }
    refuse_unknown_to(command, flag_of(*word.setting));
  }

  // The commands that know a flag, in the order of their table.
  std::vector<Command> owners_of(const std::string& flag) const {
    std::vector<Command> owners;
    for (const Word& word : words_) {
      bool typed = word.setting->written != Written::positional;
      if (typed && flag_of(*word.setting) == flag) {
        owners.push_back(word.command);
      }
    }
    return owners;
  }

  static std::string name_of(Command command) {
    if (command == Command::simulate) return "a run";
    return std::string("`simulate ") + row_of(command).name + "`";
  }

  [[noreturn]] void refuse_unknown_to(Command command,
                                      const std::string& flag) const {
    std::vector<Command> owners = owners_of(flag);
    if (owners.size() == 1 && owners[0] != Command::simulate) {
      throw BadUsage(flag + " belongs to " + name_of(owners[0]));
    }
    std::vector<std::string> names;
    for (Command owner : owners) names.push_back(name_of(owner));
    std::string last = names.back();
    names.pop_back();
    throw BadUsage(flag + " is for " + joined(names, ", ") +
                   (names.empty() ? "" : " and ") + last + "; " +
                   name_of(command) + " does not know it");
  }

  bool is_command(const std::string& word) const {
    return std::any_of(
        all_commands().begin(), all_commands().end(),
        [&word](const CommandRow& row) { return word == row.name; });
  }

  [[noreturn]] void refuse_extra(const std::string& typed) const {
    std::string word = typed.substr(0, typed.find('='));
    if (!owners_of(word).empty()) refuse_unknown_to(command(), word);
    auto chosen = app_.get_subcommands();
    if (!chosen.empty() && is_command(word)) {
      throw BadUsage("one command at a time: `simulate " +
                     chosen.front()->get_name() + "` or `simulate " + word +
                     "`");
    }
    refuse_nonsense(word);
  }

  // A word that nobody knows is answered with the nearest one that somebody
  // does.
  [[noreturn]] void refuse_nonsense(const std::string& word) const {
    bool flag = word.starts_with("-");
    std::vector<std::string> known;
    for (const Word& other : words_) {
      if (other.setting->written != Written::positional) {
        known.push_back(flag_of(*other.setting));
      }
    }
    for (const CommandRow& row : all_commands()) known.push_back(row.name);
    std::string guess = nearest(word, known);
    std::vector<Command> owners = owners_of(guess);
    bool elsewhere = owners.size() == 1 && owners[0] != command();
    throw BadUsage(std::string("there is no ") +
                   (flag ? "option " : "command ") + quotable(word) +
                   (guess.empty() ? "; see simulate --help"
                                  : "; did you mean " + guess + "?") +
                   (elsewhere ? " It belongs to " + name_of(owners[0]) : ""));
  }

  CLI::App app_;
  std::map<const CLI::App*, Command> commands_;
  std::deque<Word> words_;  // CLI11 writes into them, so they stay in place
};

// By the file's name; nothing for one that says nothing.
std::optional<Container> container_of(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (const auto& [word, container] : words_of(Container())) {
    if (extension == '.' + word) return container;
  }
  return std::nullopt;
}

// --to decides how its file is written, as --output does.
void choose_container(Settings& settings) {
  std::optional<Container>& container = settings.exporting.container;
  std::optional<Container> named = container_of(settings.to);
  if (named && container && *named != *container) {
    throw BadUsage("--container " + word_for(*container) +
                   " does not go with --to " + settings.to.string() +
                   "; leave out --container or give the file another name");
  }
  if (named) container = named;
  if (container) return;
  bool of_trainer = !settings.exporting.trainer.empty();
  container = of_trainer
                  ? Container::jsonl
                  : container_of(settings.output).value_or(Container::json);
}

}  // namespace

std::optional<CommandLine> parse_command_line(int argc, char** argv) {
  Parser parser;
  if (!parser.parse(argc, argv)) return std::nullopt;
  CommandLine line = parser.command_line();
  choose_container(line.settings);
  return line;
}

}  // namespace simulate
