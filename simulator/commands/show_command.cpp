// A saved conversation, to read.
// Tested by tests/program/plan_and_show_test.cpp.

#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/commands.h"
#include "simulator/export/show.h"
#include "simulator/report/layout.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

namespace {

constexpr size_t kWidth = 74;

// Of "conv_000012" or "12"; 0 when it is neither.
int64_t slot_named(const std::string& which) {
  constexpr std::string_view kPrefix = "conv_";
  std::string_view digits = which;
  if (digits.starts_with(kPrefix)) digits.remove_prefix(kPrefix.size());
  int64_t slot = 0;
  auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), slot);
  bool whole = error == std::errc() && end == digits.data() + digits.size();
  return whole ? slot : 0;
}

int64_t commit_number(LedgerReader& reader, const std::string& which) {
  int64_t kept = reader.records();
  if (kept == 0) throw BadUsage("the run holds no conversation yet");
  if (which == "last") return kept;
  if (which == "random") {
    std::random_device chance;
    return std::uniform_int_distribution<int64_t>(1, kept)(chance);
  }
  int64_t slot = slot_named(which);
  int64_t number = slot > 0 ? reader.commit_number_of(slot) : 0;
  if (number > 0) return number;
  throw BadUsage("the run holds no conversation \"" + quotable(which) +
                 "\"; name one as conv_000001, or say last or random");
}

std::string verdict_text(const JudgeVerdict& verdict) {
  std::string text = verdict.good ? "judged good by " : "judged not good by ";
  text += player_text(verdict.judge);
  std::string fault = verdict.fault();
  if (!fault.empty()) text += "; what fails: " + fault;
  return text;
}

// What was said of it since it was saved.
void show_opinions(LedgerReader& reader, AttemptKey key, bool colour) {
  std::vector<std::string> opinions;
  if (auto verdict = reader.verdict(key)) {
    opinions.push_back(verdict_text(*verdict));
  }
  const Json marks = reader.marks(key);
  for (const auto& [mark, note] : marks.items()) {
    opinions.push_back("marked " + mark + ": " + note.get<std::string>());
  }
  for (const std::string& opinion : opinions) {
    for (const std::string& line : wrapped(one_line(opinion), kWidth)) {
      show(stdout,
           Shown(colour ? Style::dim : Style::plain, "    " + line + '\n'));
    }
  }
}

}  // namespace

ExitCode show_command(const Settings& settings) {
  LedgerReader reader(settings.ledger());
  bool colour = ::isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
  Conversation chosen =
      reader.conversation(commit_number(reader, settings.which));
  Settings of_it = reader.settings_of(
      reader.version_of({chosen.slot.number, chosen.attempt}));
  show(stdout, show_conversation(chosen, {colour, settings.diff,
                                          of_it.conversation.assistant_name}));
  show_opinions(reader, {chosen.slot.number, chosen.attempt}, colour);
  return ExitCode::done;
}

}  // namespace simulate
