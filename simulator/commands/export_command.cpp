// Tested by tests/program/export_test.cpp and run_test.cpp.

#include "simulator/commands/commands.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "simulator/base/file.h"
#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/chosen_slots.h"
#include "simulator/commands/dataset_folder.h"
#include "simulator/commands/row_output.h"
#include "simulator/run/ledger_source.h"
#include "simulator/samples/imported_file.h"
#include "simulator/samples/sample_check.h"
#include "simulator/samples/show_sample.h"
#include "simulator/settings/setting.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

namespace {

// The same bytes as the training file's, one record in memory at a time.
void write_records(LedgerReader& reader, const ChosenSlots& chosen,
                   const Settings& settings) {
  RowOutput output(settings, nullptr);
  int64_t records = reader.records();
  for (int64_t number = 1; number <= records; ++number) {
    bool meant = !chosen || chosen->contains(reader.attempt_of(number).slot);
    if (meant) output.add(reader.render(number));
  }
  output.finish();
}

void tell_what_was_left_out(const DatasetTally& tally) {
  if (tally.left_out == 0) return;
  say(stderr, "simulate: the template refused " +
                  counted(tally.left_out, "sample") + ": " +
                  one_line(tally.complaint));
}

void write_rows(ConversationSource& source, const DatasetPlan& plan,
                TemplateEngine* engine, const Settings& settings) {
  if (plan.val_size > 0) {
    throw BadUsage("--val-size makes two files; give --for a folder with --to");
  }
  RowOutput output(settings, plan.trainer);
  DatasetTally tally = write_dataset(
      source, plan, engine,
      [&](Part, const Sample&, const std::string& row) { output.add(row); });
  output.finish();
  tell_what_was_left_out(tally);
}

std::string shell_word(const std::string& text) {
  bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '.' || c == '_' || c == '/';
  });
  return plain ? text : "'" + replaced(text, "'", "'\\''") + "'";
}

// As it may be typed again, by whoever has the run.
std::string command_text(const Settings& settings) {
  const std::set<std::string> kNotTold = {"output", "to", "container"};
  const Settings usual;
  std::string text = "simulate export";
  for (const Setting& setting : all_settings()) {
    bool ours = setting.is_of(Command::export_file) && setting.shown;
    if (!ours || kNotTold.contains(setting.name)) continue;
    std::string value = setting.shown(settings);
    if (value == setting.shown(usual) || value.empty()) continue;
    if (setting.name == "template") {
      value = settings.exporting.chat_template.filename().string();
    }
    text += " --" + setting.name + " " + shell_word(value);
  }
  return text;
}

ExitCode check_rows(ConversationSource& source, const DatasetPlan& plan,
                    TemplateEngine* engine) {
  SampleCheck check(plan, engine);
  DatasetTally tally =
      write_dataset(source, plan, engine,
                    [&](Part, const Sample& sample, const std::string& row) {
                      check.look_at(sample, row);
                    });
  CheckedSamples found = check.found();
  found.refused += tally.left_out;
  if (found.complaint.empty()) found.complaint = tally.complaint;
  show(stdout, Shown(check_text(found, plan)));
  return found.good() ? ExitCode::done : ExitCode::work_left;
}

void show_rows(ConversationSource& source, const DatasetPlan& plan,
               TemplateEngine* engine, int most) {
  bool colour = ::isatty(STDOUT_FILENO) != 0;
  while (std::optional<FinishedConversation> talk = source.next()) {
    for (const Sample& sample : samples_of(*talk, plan.rules)) {
      show(stdout, show_sample(sample, plan, engine, colour));
      if (--most == 0) return;
    }
  }
}

void write_folder(ConversationSource& source, const DatasetPlan& plan,
                  TemplateEngine* engine, const Settings& settings) {
  if (plan.container == Container::json) {
    throw BadUsage(
        "a folder holds JSON lines or Parquet, as its configuration says; "
        "--container json is of a file");
  }
  DatasetTally tally = write_dataset_folder(settings.to, source, plan, engine,
                                            command_text(settings));
  std::string text =
      settings.to.string() + ": " +
      counted(tally.samples - tally.validation_samples, "sample") +
      " to train on";
  if (tally.validation_samples > 0) {
    text += " and " + std::to_string(tally.validation_samples) +
            " to validate with";
  }
  say(stdout, text + ", from " + counted(tally.conversations, "conversation") +
                  ". README.md tells more");
  if (plan.val_size > 0 && tally.validation_samples == 0) {
    say(stderr,
        "simulate: nobody validates: whole people do, and there are too few");
  }
  tell_what_was_left_out(tally);
}

// What only samples have.
void refuse_without_samples(const ExportSettings& asked) {
  const ExportSettings usual;
  bool meant = asked.unit != usual.unit || asked.thoughts != usual.thoughts ||
               asked.errors != usual.errors ||
               asked.val_size != usual.val_size ||
               !asked.chat_template.empty() || asked.check || asked.show > 0;
  if (!meant) return;
  throw BadUsage(
      "--samples, --thinking, --errors, --val-size, --template, --check and "
      "--show are of samples to train on; say for whom with --for, or --format "
      "messages");
}

bool asks_for_samples(const ExportSettings& asked) {
  return !asked.trainer.empty() || !asked.family.empty() ||
         asked.format.value_or(SampleFormat::record) != SampleFormat::record;
}

// Samples of whatever source, to wherever they shall go.
ExitCode export_samples(ConversationSource& source, const DatasetPlan& plan,
                        const Settings& settings) {
  const ExportSettings& asked = settings.exporting;
  std::optional<TemplateEngine> engine;
  if (!asked.chat_template.empty()) {
    engine.emplace(read_chat_template(asked.chat_template, *plan.family));
  }
  TemplateEngine* renders = engine ? &*engine : nullptr;
  if (asked.check && asked.show > 0) {
    throw BadUsage("--check or --show, one at a time");
  }
  if (asked.check || asked.show > 0) {
    if (plan.format == SampleFormat::preference) {
      throw BadUsage("--check and --show look at samples, not at pairs");
    }
    if (!settings.to.empty()) {
      throw BadUsage("--check and --show write nothing; leave out --to");
    }
    if (asked.check) return check_rows(source, plan, renders);
    show_rows(source, plan, renders, asked.show);
    return ExitCode::done;
  }
  std::string extension = settings.to.extension().string();
  bool folder = !asked.trainer.empty() && !settings.to.empty() &&
                extension != ".json" && extension != ".jsonl" &&
                extension != ".parquet";
  (folder ? write_folder : write_rows)(source, plan, renders, settings);
  return ExitCode::done;
}

ExitCode export_file(const Settings& settings) {
  const ExportSettings& asked = settings.exporting;
  if (!settings.where.empty()) {
    throw BadUsage("--where asks a ledger; with --input there is none");
  }
  if (!asks_for_samples(asked)) {
    throw BadUsage("what shall become of " + asked.input.string() +
                   "? Say it with --for or --format");
  }
  if (asked.format == SampleFormat::preference) {
    throw BadUsage("pairs come from a ledger; leave out --input");
  }
  ImportedFile source(asked.input);
  return export_samples(source, dataset_plan(asked), settings);
}

// Pairs of the kept conversations and those of another run.
ExitCode export_pairs(LedgerSource& source, const DatasetPlan& plan,
                      const Settings& settings) {
  Settings other = settings;
  other.output = settings.exporting.rejected_from;
  if (!std::filesystem::exists(other.ledger())) {
    throw BadUsage("--rejected-from: there is no run " + other.output.string() +
                   "; it is named by its training file, beside which " +
                   other.ledger().filename().string() + " lies");
  }
  LedgerReader reader(other.ledger());
  LedgerReader::Snapshot snapshot(reader);
  OtherAnswers answers(reader);
  source.add_rejected_of(answers);
  auto tell = [&] {
    if (answers.asked() > 0) say(stderr, "simulate: " + answers.text());
  };
  try {
    ExitCode code = export_samples(source, plan, settings);
    tell();
    return code;
  } catch (const BadUsage&) {
    tell();
    throw;
  }
}

}  // namespace

ExitCode export_command(const Settings& settings) {
  const ExportSettings& asked = settings.exporting;
  if (!asked.rejected_from.empty() &&
      asked.format != SampleFormat::preference) {
    throw BadUsage("--rejected-from is for --format preference");
  }
  if (!asked.input.empty()) return export_file(settings);
  LedgerReader reader(settings.ledger());
  LedgerReader::Snapshot snapshot(reader);
  ChosenSlots chosen = chosen_slots(reader, settings);
  refuse_empty_choice(chosen, settings);
  if (!asks_for_samples(asked)) {
    refuse_without_samples(asked);
    write_records(reader, chosen, settings);
    return ExitCode::done;
  }
  DatasetPlan plan = dataset_plan(asked);
  LedgerSource source(reader, std::move(chosen));
  if (!asked.rejected_from.empty()) {
    return export_pairs(source, plan, settings);
  }
  if (plan.format == SampleFormat::preference) source.add_rejected();
  return export_samples(source, plan, settings);
}

}  // namespace simulate
