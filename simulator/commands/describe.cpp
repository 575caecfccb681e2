#include "simulator/commands/describe.h"

#include <vector>

#include "simulator/base/text.h"
#include "simulator/models/provider.h"
#include "simulator/settings/setting.h"

namespace simulate {

namespace {

std::vector<const Setting*> settings_of(Command command) {
  std::vector<const Setting*> settings;
  for (const Setting& setting : all_settings()) {
    if (setting.is_of(command)) settings.push_back(&setting);
  }
  return settings;
}

std::vector<std::string> flags_of(Command command) {
  std::vector<std::string> flags = {"--help"};
  for (const Setting* setting : settings_of(command)) {
    if (setting->written != Written::positional) {
      flags.push_back("--" + setting->name);
    }
  }
  return flags;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandRow& row : all_commands()) {
    if (row.command != Command::simulate) names.emplace_back(row.name);
  }
  return names;
}

bool takes_a_file(const Setting& setting) {
  return setting.value == "FILE" || setting.value == "PATH" ||
         setting.value == "LEDGER";
}

bool takes_a_folder(const Setting& setting) {
  return setting.value == "FOLDER" || setting.value == "DIR";
}

// troff takes a dash for a hyphen and a leading dot for a request.
std::string troff(std::string text) {
  text = replaced(std::move(text), "\\", "\\e");
  text = replaced(std::move(text), "-", "\\-");
  return text.starts_with('.') ? "\\&" + text : text;
}

std::string manual_of(const Setting& setting) {
  std::string usual = setting.shown(Settings());
  bool positional = setting.written == Written::positional;
  std::string text = ".TP\n";
  text += positional ? ".I " + troff(setting.value)
                     : ".B " + troff("--" + setting.name);
  if (!positional && !setting.value.empty()) {
    text += " \\fI" + troff(setting.value) + "\\fR";
  }
  text += "\n" + troff(setting.help) + ".";
  if (!usual.empty()) text += " Default: " + troff(usual) + ".";
  return text + "\n";
}

std::string manual_of(const CommandRow& row) {
  std::string name =
      *row.name ? std::string("simulate ") + row.name : std::string("simulate");
  std::string text = ".SS " + troff(name) + "\n" + troff(row.help) + ".\n";
  for (const Setting* setting : settings_of(row.command)) {
    text += manual_of(*setting);
  }
  return text;
}

// In a single-quoted word of a shell.
std::string shell_word(const std::string& text) {
  return "'" + replaced(text, "'", "'\\''") + "'";
}

// zsh reads brackets and colons of a description.
std::string zsh_text(std::string text) {
  for (const char* special : {"\\", "[", "]", ":"}) {
    text = replaced(std::move(text), special, std::string("\\") + special);
  }
  return text;
}

std::string zsh_action(const Setting& setting) {
  if (takes_a_folder(setting)) return "_files -/";
  return takes_a_file(setting) ? "_files" : " ";
}

std::string zsh_argument(const Setting& setting) {
  std::string help = zsh_text(setting.help);
  std::string value = zsh_text(setting.value);
  switch (setting.written) {
    case Written::flag:
      return shell_word("--" + setting.name + "[" + help + "]");
    case Written::positional:
      return shell_word(":" + value + ":" + zsh_action(setting));
    default:
      return shell_word("--" + setting.name + "=[" + help + "]:" + value + ":" +
                        zsh_action(setting));
  }
}

std::string fish_line(const CommandRow& row, const Setting& setting) {
  std::string here =
      *row.name ? "__fish_seen_subcommand_from " + std::string(row.name)
                : "__fish_use_subcommand";
  std::string line = "complete -c simulate -n " + shell_word(here) + " -l " +
                     setting.name + " -d " + shell_word(setting.help);
  if (setting.written == Written::option) line += " -r";
  bool files = takes_a_file(setting) || takes_a_folder(setting);
  return line + (files ? " -F\n" : "\n");
}

// A bar would end the cell.
std::string cell(const std::string& text) { return replaced(text, "|", "\\|"); }

}  // namespace

std::string manual_page() {
  std::string text =
      ".TH SIMULATE 1\n"
      ".SH NAME\n"
      "simulate \\- make tool\\-using training conversations\n"
      ".SH SYNOPSIS\n"
      ".B simulate\n[\\fIoptions\\fR]\n.br\n"
      ".B simulate\n\\fIcommand\\fR [\\fIoptions\\fR]\n"
      ".SH DESCRIPTION\n"
      "A tester model plays a persona and writes the user's turns, the "
      "assistant model answers and really uses its tools, a rewriter cleans "
      "its thinking. Conversations run side by side over several providers, "
      "and every finished one is saved at once. Running the same command "
      "again continues where it stopped.\n"
      ".SH COMMANDS\n";
  for (const CommandRow& row : all_commands()) text += manual_of(row);
  text +=
      ".SH EXIT STATUS\n"
      "0 done; 1 ended with work left, it says why; 2 wrong usage, nothing was "
      "started; 3 a budget was reached; 75 another process has the run; "
      "130 or 143 interrupted.\n"
      ".SH FILES\n"
      "Personas, prompts and tools of the working folder are taken before "
      "those that are installed;\n.B simulate init\nlays out a folder with "
      "all of them.\n"
      ".SH ENVIRONMENT\n";
  return text + joined(key_variables(), ", ") +
         " hold keys; NO_COLOR turns colours off.\n";
}

std::string bash_completion() {
  std::string text =
      "# Completion of simulate(1) for bash.\n"
      "_simulate() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} "
      "before=${COMP_WORDS[COMP_CWORD-1]}"
      "\n  local command= flags= other\n"
      "  for other in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case $other in\n"
      "      " +
      joined(command_names(), "|") +
      ") command=$other; break ;;\n"
      "    esac\n"
      "  done\n"
      "  case $command in\n";
  for (const CommandRow& row : all_commands()) {
    text += std::string("    ") + (*row.name ? row.name : "''") +
            ") flags=" + shell_word(joined(flags_of(row.command), " ")) +
            " ;;\n";
  }
  std::vector<std::string> folders, files;
  for (const Setting& setting : all_settings()) {
    if (setting.written != Written::option) continue;
    if (takes_a_folder(setting)) folders.push_back("--" + setting.name);
    if (takes_a_file(setting)) files.push_back("--" + setting.name);
  }
  return text +
         "  esac\n"
         "  case $before in\n"
         "    " +
         joined(folders, "|") +
         ") COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n"
         "    " +
         joined(files, "|") +
         ") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n"
         "  esac\n"
         "  if [[ $word == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$flags\" -- \"$word\"))\n"
         "  elif [[ -z $command ]]; then\n"
         "    COMPREPLY=($(compgen -W " +
         shell_word(joined(command_names(), " ")) +
         " -- \"$word\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _simulate simulate\n";
}

std::string zsh_completion() {
  std::string text =
      "#compdef simulate\n"
      "# Completion of simulate(1) for zsh.\n"
      "local -a commands\n"
      "commands=(\n";
  for (const CommandRow& row : all_commands()) {
    if (!*row.name) continue;
    text += "  " +
            shell_word(std::string(row.name) + ":" + zsh_text(row.help)) + "\n";
  }
  text +=
      ")\nlocal word command=\n"
      "for word in ${words[2,CURRENT-1]}; do\n"
      "  case $word in\n    " +
      joined(command_names(), "|") +
      ") command=$word; break ;;\n  esac\ndone\ncase $command in\n";
  for (const CommandRow& row : all_commands()) {
    text += std::string("  ") + (*row.name ? row.name : "''") +
            ")\n    _arguments '--help[Say what there is]'";
    for (const Setting* setting : settings_of(row.command)) {
      text += " \\\n      " + zsh_argument(*setting);
    }
    if (*row.name)
      text += " \\\n      " + shell_word(":command: ");
    else
      text += " \\\n      '1:command:(( ${commands} ))'";
    text += "\n    ;;\n";
  }
  return text + "esac\n";
}

std::string fish_completion() {
  std::string text =
      "# Completion of simulate(1) for fish.\n"
      "complete -c simulate -f\n";
  for (const CommandRow& row : all_commands()) {
    if (*row.name) {
      text += "complete -c simulate -n __fish_use_subcommand -a " +
              std::string(row.name) + " -d " + shell_word(row.help) + "\n";
    }
    for (const Setting* setting : settings_of(row.command)) {
      if (setting->written != Written::positional) {
        text += fish_line(row, *setting);
      }
    }
  }
  return text;
}

std::string options_table() {
  std::string text =
      "| option | default | what it is | when it changes later |\n"
      "|---|---|---|---|\n";
  for (const Setting* setting : settings_of(Command::simulate)) {
    std::string usual = setting->shown(Settings());
    text += "| `--" + setting->name +
            (setting->value.empty() ? "" : " " + setting->value) + "` | " +
            cell(usual) + " | " + cell(setting->help) + " | " +
            consequence_text(setting->consequence()) + " |\n";
  }
  return text;
}

}  // namespace simulate
