// Tested by tests/program/judge_test.cpp.

#include <cstdio>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/chosen_dataset.h"
#include "simulator/commands/chosen_slots.h"
#include "simulator/commands/commands.h"
#include "simulator/commands/job_session.h"
#include "simulator/commands/run_inputs.h"
#include "simulator/run/calibration.h"

namespace simulate {

namespace {

constexpr size_t kNameColumn = 24;
constexpr size_t kFigureColumn = 16;

std::string percent_text(int64_t part, int64_t whole) {
  if (whole == 0) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%",
                100.0 * static_cast<double>(part) / static_cast<double>(whole));
  return text;
}

std::string of_text(int64_t part, int64_t whole) {
  return whole == 0
             ? "-"
             : percent_text(part, whole) + " of " + std::to_string(whole);
}

std::string in_words(const std::string& name) {
  return replaced(name, "_", " ");
}

std::string row_text(const std::string& name,
                     const std::vector<std::string>& figures) {
  std::string row = in_words(name);
  row.resize(std::max(row.size(), kNameColumn), ' ');
  for (const std::string& figure : figures) {
    size_t blanks = kFigureColumn - std::min(kFigureColumn, figure.size());
    row += std::string(blanks, ' ') + figure;
  }
  return row + '\n';
}

Judges judges_of(const JobSession& session, const Rubric& rubric) {
  return {&rubric, session.players(Role::judge), session.scripted()};
}

std::string names_of(const Judges& judges) {
  return joined({judges.players.begin(), judges.players.end()}, ", ");
}

// What was found of the judge stands beside what it says, so that nobody
// believes the one without the other.
std::string verdicts_text(const VerdictTally& tally, const Judges& judges,
                          const std::optional<CalibrationTally>& known) {
  std::string text = counted(tally.judged, "conversation") + " judged by " +
                     names_of(judges) + ", " + std::to_string(tally.good) +
                     " good (" + percent_text(tally.good, tally.judged) + ")";
  if (tally.unusable > 0) {
    text += ", of " + std::to_string(tally.unusable) + " no usable verdict";
  }
  text += "\n" + row_text("", {"holds", "finds planted", "false alarms"});
  for (const RubricQuestion& question : judges.rubric->questions) {
    auto broken = tally.broken.find(question.name);
    int64_t fails = broken == tally.broken.end() ? 0 : broken->second;
    AlarmCount count;
    if (known) count = known->by_statement.at(question.name);
    text += row_text(question.name,
                     {percent_text(tally.judged - fails, tally.judged),
                      percent_text(count.caught, count.planted),
                      percent_text(count.alarms, count.unharmed)});
  }
  if (known) return text;
  return text +
         "Nobody has judged this judge yet: judge --calibrate 100, of a run, "
         "plants defects of\nknown kinds and says how many it finds.\n";
}

std::string calibration_text(const CalibrationTally& tally,
                             const Judges& judges) {
  std::string text = "Defects planted for " + names_of(judges);
  if (tally.unusable > 0) {
    text += " (" + std::to_string(tally.unusable) + " without an answer)";
  }
  text += "\n" + row_text("", {"found", "at its place"});
  for (const auto& [defect, count] : tally.by_defect) {
    text += row_text(defect, {of_text(count.caught, count.planted),
                              percent_text(count.located, count.planted)});
  }
  text += "\n" + row_text("", {"finds planted", "false alarms"});
  for (const RubricQuestion& question : judges.rubric->questions) {
    auto found = tally.by_statement.find(question.name);
    if (found == tally.by_statement.end()) continue;
    const AlarmCount& count = found->second;
    text += row_text(question.name, {of_text(count.caught, count.planted),
                                     of_text(count.alarms, count.unharmed)});
  }
  return text;
}

void refuse_script_on_real_run(LedgerReader& reader,
                               const JobSession& session) {
  auto latest = reader.latest_settings();
  if (!session.scripted() || !latest) return;
  if (latest->settings.conversation.scripted) return;
  throw BadUsage(
      "the offline model judges samples of its own only; name a provider "
      "with --providers");
}

// A line for each verdict, in the order of the conversations.
void hand_out_verdicts(LedgerReader& reader, const Rubric& rubric,
                       const ChosenSlots& chosen) {
  int64_t records = reader.records();
  for (int64_t number = 1; number <= records; ++number) {
    AttemptKey key = reader.attempt_of(number);
    std::optional<JudgeVerdict> verdict = reader.verdict(key);
    if (!verdict || verdict->rubric != rubric.hash) continue;
    if (chosen && !chosen->contains(key.slot)) continue;
    Json row = {{"id", conversation_id(key.slot)}};
    row.update(verdict_json(*verdict));
    hand_out(stdout, to_text(row) + '\n');
  }
}

// The same of a file: of its rows as they are now, and not of what stood there
// when it was judged before.
void hand_out_items(LedgerReader& reader, const Judges& judges,
                    ImportedFile& source) {
  int64_t job = reader.job_of(JudgedRun::kKind, to_text(judges.settings()));
  source.begin_again();
  JudgedSource rows(source, judges);
  while (std::unique_ptr<JobItem> now = rows.next()) {
    std::optional<ItemRow> item = reader.item(job, now->name());
    if (!item || !verdict_from(item->result)) continue;
    Json row = {{"row", std::stoll(item->name)}};
    row.update(item->result);
    hand_out(stdout, to_text(row) + '\n');
  }
}

ExitCode judge_file(const Settings& settings, const Rubric& rubric) {
  if (!settings.where.empty()) {
    throw BadUsage("--where asks a ledger; with --input there is none");
  }
  if (settings.calibrate) {
    throw BadUsage(
        "--calibrate plants into the conversations of a run; leave out "
        "--input");
  }
  const std::filesystem::path& file = settings.exporting.input;
  std::unique_ptr<ImportedFile> source = conversations_in(file);
  JobSession session = JobSession::of_file(settings, Role::judge, file);
  Judges judges = judges_of(session, rubric);
  JudgedSource items(*source, judges);
  ExitCode code =
      session.run(JudgedRun::kKind, judges.settings(), items, "Judged");
  if (settings.json) {
    hand_out_items(session.reader(), judges, *source);
  } else {
    show(stdout, Shown(verdicts_text(items.tally(), judges, std::nullopt)));
  }
  return code;
}

ExitCode calibrate(JobSession& session, const Judges& judges,
                   int64_t conversations) {
  Calibration items(session.reader(), judges, conversations);
  ExitCode code = session.run(Calibration::kKind, judges.settings(), items,
                              "Judged for calibration");
  show(stdout, Shown(calibration_text(items.tally(), judges)));
  return code;
}

}  // namespace

ExitCode judge_command(const Settings& settings) {
  Rubric rubric = chosen_rubric(settings);
  if (!settings.exporting.input.empty()) return judge_file(settings, rubric);
  JobSession session = JobSession::of_run(settings, Role::judge);
  LedgerReader& reader = session.reader();
  refuse_script_on_real_run(reader, session);
  refuse_empty_run(reader, settings);
  ChosenSlots chosen = chosen_slots(reader, settings);
  refuse_empty_choice(chosen, settings);
  Judges judges = judges_of(session, rubric);
  if (settings.calibrate) {
    if (!settings.where.empty() || settings.json) {
      throw BadUsage(
          "--calibrate takes its conversations evenly from all, and prints a "
          "table; leave out --where and --json");
    }
    return calibrate(session, judges, *settings.calibrate);
  }
  JudgedRun items(reader, judges, chosen);
  ExitCode code =
      session.run(JudgedRun::kKind, judges.settings(), items, "Judged");
  if (settings.json) {
    hand_out_verdicts(reader, rubric, chosen);
  } else {
    show(stdout, Shown(verdicts_text(items.tally(), judges,
                                     known_calibration(reader, judges))));
  }
  return code;
}

}  // namespace simulate
