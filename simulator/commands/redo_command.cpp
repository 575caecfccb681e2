// `redo` and `drop`: saved conversations are made again, or others take their
// places.
// Tested by tests/program/redo_test.cpp.

#include "simulator/commands/commands.h"

#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "simulator/base/file.h"
#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/resume.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/run/taking_out.h"
#include "simulator/store/ledger.h"
#include "simulator/store/rebuild.h"
#include "simulator/store/run_lock.h"
#include "simulator/store/supersede.h"

namespace simulate {

namespace {

std::string plan_text(size_t chosen, const TakenBack& all, bool drops) {
  auto count = static_cast<int64_t>(chosen);
  std::string text = counted(count, "conversation") +
                     (drops ? " dropped; another one each takes its place"
                            : " to be made again");
  int64_t later = all.conversations - count;
  if (later > 0) {
    text += "; " + counted(later, "later session") + " that remember" +
            (later == 1 ? "s" : "") + " them " + (later == 1 ? "is" : "are") +
            " made again";
  }
  if (all.begun > 0) {
    text += "; " + std::to_string(all.begun) + " begun start anew";
  }
  return text + ".";
}

// Nothing is taken out that nobody has agreed to.
bool agrees(const Settings& settings) {
  if (settings.yes) return true;
  if (::isatty(STDIN_FILENO) == 0) {
    throw BadUsage("nothing was changed; add --yes to do it");
  }
  show(stderr, Shown("Go on? [y/N] "));
  std::string answer;
  std::getline(std::cin, answer);
  return lowered(trimmed(answer)).starts_with("y");
}

void rebuild(Ledger& ledger, LedgerReader& reader, const Settings& settings) {
  rebuild_training_file(ledger, reader, settings.output);
  TrainingFile(settings.output).reconcile(reader);
}

ExitCode take_out(const Settings& settings, bool drops) {
  if (trimmed(settings.where).empty()) {
    throw BadUsage(
        "which conversations? Say it with --where, as in --where "
        "\"mood LIKE 'hostile%'\"");
  }
  refuse_bad_output(settings);
  LedgerReader reader(settings.ledger());
  refuse_another_name(settings, reader);
  RunLock lock(settings.ledger());
  Ledger ledger(settings.ledger(), reader.syntax());
  Settings of_run =
      reader.latest_settings().value_or(SettingsVersion()).settings;
  std::vector<int64_t> slots = slots_where(
      reader, settings.where, reader.tools_of(of_run, shipped_tools()));
  if (slots.empty()) {
    say(stdout, "No conversation is such.");
    return ExitCode::done;
  }
  say(stdout, plan_text(slots.size(), reader.would_take_out(slots), drops));
  if (!agrees(settings)) return ExitCode::done;
  TrainingFile(settings.output).refuse_if_edited(reader);
  Change deaths(Interrupted{});
  Change change(drops ? dropping(reader, std::move(slots))
                      : TakenOut{std::move(slots), {}});
  std::vector<Change*> changes = {&deaths, &change};
  // First, as by a redo at a start: whoever dies behind it leaves a run whose
  // file is missing, and is rebuilt.
  remove_file(settings.output);
  ledger.apply(changes, /*durable=*/true);
  rebuild(ledger, reader, settings);
  say(stdout, "Done; the run holds " +
                  counted(reader.records(), "conversation") +
                  ", and its next start goes on.");
  return ExitCode::done;
}

}  // namespace

ExitCode redo_command(const Settings& settings) {
  return take_out(settings, /*drops=*/false);
}

ExitCode drop_command(const Settings& settings) {
  return take_out(settings, /*drops=*/true);
}

}  // namespace simulate
