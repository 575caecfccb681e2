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
constexpr size_t kMostQuoted = 40;  // bytes of a message

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

// How a message begins: the page has no numbers by which to find it.
std::string beginning_of(const Message& message) {
  if (message.speaker == Speaker::tool) {
    return "the result of " + message.result.name;
  }
  const std::string& said =
      message.content.empty() ? message.thinking : message.content;
  if (!said.empty()) {
    return '"' + shortened(one_line(said), kMostQuoted) + '"';
  }
  return message.calls.empty() ? "" : "the call of " + message.calls[0].name;
}

// "natural fails in message 4, "I have put that..."".
std::string fault_text(const std::string& name, const Json& answer,
                       const std::vector<Message>& messages) {
  std::vector<std::string> places;
  for (const Json& number : answer.value("messages", Json::array())) {
    auto at = number.get<size_t>();
    std::string place = "message " + std::to_string(at);
    std::string words = at < messages.size() ? beginning_of(messages[at]) : "";
    if (!words.empty()) place += ", " + words;
    places.push_back(std::move(place));
  }
  return replaced(name, "_", " ") + " fails" +
         (places.empty() ? "" : " in " + joined(places, "; "));
}

void add_verdict(const JudgeVerdict& verdict,
                 const std::vector<Message>& messages,
                 std::vector<std::string>& opinions) {
  std::string judged = verdict.good ? "judged good by " : "judged not good by ";
  opinions.push_back(judged + player_text(verdict.judge));
  for (const auto& [name, answer] : verdict.answers.items()) {
    if (answer.value("holds", true)) continue;
    opinions.push_back(fault_text(name, answer, messages));
  }
}

// What was said of it since it was saved.
void show_opinions(LedgerReader& reader, const Conversation& saved,
                   bool colour) {
  AttemptKey key{saved.slot.number, saved.attempt};
  std::vector<std::string> opinions;
  if (auto verdict = reader.verdict(key)) {
    add_verdict(*verdict, saved.transcript.messages, opinions);
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
  show_opinions(reader, chosen, colour);
  return ExitCode::done;
}

}  // namespace simulate
