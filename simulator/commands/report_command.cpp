// `report` and `compare`: what data is worth, and which of two is worth more.
// Tested by tests/program/report_test.cpp.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/screen.h"
#include "simulator/base/terminal.h"
#include "simulator/base/text.h"
#include "simulator/commands/chosen_slots.h"
#include "simulator/commands/commands.h"
#include "simulator/commands/resume.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/conversation/prompts.h"
#include "simulator/report/comparison.h"
#include "simulator/report/report.h"
#include "simulator/run/report_facts.h"
#include "simulator/samples/imported_file.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

// Of text: lines that are longer are hard to read.
constexpr size_t kMostColumns = 160;

bool in_colour() {
  return ::isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
}

// A page is written over: it is made again after each change.
template <class Page>
void write_page(const Settings& settings, const Page& page) {
  if (settings.html.empty()) return;
  write_file(settings.html, page());
  say(stderr, settings.html.string() + " has the same with plots");
}

std::string name_of_assistant(LedgerReader& reader) {
  auto latest = reader.latest_settings();
  if (!latest) return ConversationSettings().assistant_name;
  return latest->settings.conversation.assistant_name;
}

// A run's conversations from its ledger, or those of a file.
class Dataset {
 public:
  // A run where it has a ledger, unless it `is_file`; --where is of a run.
  // Throws BadUsage.
  Dataset(const fs::path& path, const Settings& settings, bool is_file = false)
      : path_(path) {
    fs::path ledger = fs::path(path).replace_extension(".db");
    std::error_code none;
    if (is_file || !fs::exists(ledger, none)) {
      file_ = std::make_unique<ImportedFile>(path);
      return;
    }
    reader_ = std::make_unique<LedgerReader>(ledger);
    ChosenSlots chosen = chosen_slots(*reader_, settings);
    refuse_empty_choice(chosen, settings);
    saved_ = std::make_unique<LedgerSource>(*reader_, std::move(chosen));
    saved_->add_verdicts();
  }

  ConversationSource& source() {
    if (file_) return *file_;
    return *saved_;
  }
  LedgerReader* reader() { return reader_.get(); }
  std::string name() const { return path_.filename().string(); }

 private:
  fs::path path_;
  std::unique_ptr<LedgerReader> reader_;  // null: of a file
  std::unique_ptr<LedgerSource> saved_;
  std::unique_ptr<ImportedFile> file_;
};

DatasetReport report_of(Dataset& data, const Settings& settings) {
  ReportRules rules;
  rules.title = data.name();
  rules.prices = shipped_prices(settings.prices);
  if (!data.reader()) return report_on(data.source(), nullptr, rules);
  rules.assistant_name = name_of_assistant(*data.reader());
  RunFacts facts = report_facts(*data.reader());
  return report_on(data.source(), &facts, rules);
}

constexpr int64_t kPlayed = 30;  // conversations, unless --count says another

// A run of its own for each folder of prompts as it is now, and for who plays
// with them: it is kept, so that nothing of it is bought twice.
fs::path run_of_prompts(const Settings& settings, const fs::path& folder) {
  std::string text = joined(settings.providers, ",") + '\n' +
                     settings.personas.string() + '\n' +
                     std::to_string(settings.seed.value_or(1)) + '\n';
  for (const auto& [name, prompt] : read_prompt_files(folder)) {
    text += name + '\n' + prompt + '\n';
  }
  fs::path name = fs::absolute(folder).lexically_normal();
  if (name.filename().empty()) name = name.parent_path();
  return fs::path("compared") /
         (name.filename().string() + "-" + short_hash(text) + ".json");
}

// The plan's slots, played with these prompts.
fs::path played_with(const Settings& settings, const fs::path& folder) {
  Settings run = settings;
  run.systemprompts = folder;
  run.output = run_of_prompts(settings, folder);
  run.target = settings.count.value_or(kPlayed);
  run.json = false;
  say(stderr, "With " + folder.string() + ":");
  ExitCode code = simulate_command(run);
  if (code == ExitCode::done) return run.output;
  throw Fatal("not all conversations could be played with " + folder.string() +
                  "; run the same command again to go on",
              code);
}

bool are_prompts(const Settings& settings) {
  int folders =
      fs::is_directory(settings.first) + fs::is_directory(settings.second);
  if (folders == 1) {
    throw BadUsage(
        "compare takes two folders of prompts, or two runs or files");
  }
  bool asks_to_play = settings.count || settings.seed ||
                      !settings.providers.empty() || !settings.personas.empty();
  if (folders == 0 && asks_to_play) {
    throw BadUsage(
        "--count, --seed, --providers and --personas are for folders of "
        "prompts; runs and files are compared as they are");
  }
  if (folders == 0) return false;
  // Both, before anything is played with one.
  for (const std::string& folder : {settings.first, settings.second}) {
    load_prompts(folder);
  }
  return true;
}

// Of a file nobody knows what it cost.
std::optional<ComparedCost> cost_of(Dataset& data, const PriceList& prices) {
  if (!data.reader()) return std::nullopt;
  return compared_cost(prices, report_facts(*data.reader()));
}

// Of two names that are the same the folders tell more.
std::string told_apart(const Settings& settings, const std::string& path,
                       const std::string& name) {
  bool same = fs::path(settings.first).filename() ==
              fs::path(settings.second).filename();
  return same ? path : name;
}

}  // namespace

ExitCode report_command(const Settings& settings) {
  const fs::path& input = settings.exporting.input;
  if (!input.empty() && !settings.where.empty()) {
    throw BadUsage("--where asks a ledger; with --input there is none");
  }
  if (input.empty()) refuse_bad_output(settings);
  Dataset data(input.empty() ? settings.output : input, settings,
               /*is_file=*/!input.empty());
  DatasetReport report = report_of(data, settings);
  if (settings.json) {
    hand_out(stdout, to_text(report_json(report)) + '\n');
  } else {
    show(stdout, report_text(report, in_colour()));
  }
  write_page(settings, [&] { return report_html(report); });
  return ExitCode::done;
}

ExitCode compare_command(const Settings& settings) {
  if (settings.first.empty() || settings.second.empty()) {
    throw BadUsage(
        "compare takes two runs or files, as in simulate compare a/run.json "
        "b/run.json");
  }
  bool played = are_prompts(settings);
  Dataset a(
      played ? played_with(settings, settings.first) : fs::path(settings.first),
      settings);
  Dataset b(played ? played_with(settings, settings.second)
                   : fs::path(settings.second),
            settings);
  ComparisonRules rules;
  rules.name_a =
      played ? settings.first : told_apart(settings, settings.first, a.name());
  rules.name_b = played ? settings.second
                        : told_apart(settings, settings.second, b.name());
  if (a.reader()) rules.assistant_name = name_of_assistant(*a.reader());
  PriceList prices = shipped_prices(settings.prices);
  rules.cost_a = cost_of(a, prices);
  rules.cost_b = cost_of(b, prices);
  Comparison comparison = compare(a.source(), b.source(), rules);
  if (settings.json) {
    hand_out(stdout, to_text(comparison_json(comparison)) + '\n');
  } else {
    show(stdout, comparison_text(comparison, in_colour(),
                                 std::min(kMostColumns, columns_of(stdout))));
  }
  write_page(settings, [&] { return comparison_html(comparison); });
  return ExitCode::done;
}

}  // namespace simulate
