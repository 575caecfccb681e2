#include "simulator/commands/dry_run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/estimate.h"
#include "simulator/commands/mcp_session.h"
#include "simulator/commands/resume.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/export/training_file.h"
#include "simulator/run/displays.h"
#include "simulator/store/run_lock.h"

namespace simulate {

namespace {

struct Forecast {
  int64_t kept = 0;  // of the run that goes on
  Cost before;       // what its conversations have taken
  ResumeDecision decision;
  Estimate estimate;
};

// MCP servers are not started to ask what they offer: it is taken for what the
// run knows of them.
void recall_served_tools(Settings& now, const Settings& before) {
  for (const std::string& group : mcp_groups(now)) {
    if (!before.tool_texts || !now.tool_texts) return;
    const std::string* known = before.tool_texts->find(group);
    if (known) now.tool_texts->set(group, *known);
    const auto& optional = before.optional_tools;
    if (std::count(optional.begin(), optional.end(), group)) {
      now.optional_tools.push_back(group);
    }
  }
}

// What a start looks at, in its order.
Forecast forecast(const RunInputs& inputs) {
  Settings now = inputs.settings;
  refuse_bad_output(now);
  RunLock::refuse_if_held(now.ledger());
  Forecast result;
  std::error_code none;
  bool empty = std::filesystem::file_size(now.ledger(), none) == 0;
  if (none || empty) return result;
  LedgerReader reader(now.ledger());
  refuse_another_name(now, reader);
  result.before = reader.counters().cost;
  if (latest_settings(reader)) {
    now.seed = seed_of(now, reader);
    Settings before = known_settings(reader);
    recall_served_tools(now, before);
    result.decision = decide_resume(reader, before, now);
  }
  if (result.decision.new_run) return result;
  if (reader.counters().rebuild == 0) {
    TrainingFile(now.output).refuse_if_edited(reader);
  }
  result.kept = reader.counters().kept - result.decision.again.conversations;
  return result;
}

std::string names_without_limit(const RunInputs& inputs) {
  std::vector<std::string> names;
  for (const Provider& provider : inputs.providers) {
    if (provider.requests_per_second() <= 0) names.push_back(provider.name);
  }
  return joined(names, " and ");
}

std::string notes_text(const RunInputs& inputs) {
  std::string text;
  for (const std::string& note : inputs.notes) text += note + "\n";
  if (!inputs.settings.mcp.empty()) {
    text +=
        "MCP servers are not started; their tools are taken for what the "
        "run knows of them\n";
  }
  return text;
}

std::string cast_text(const RunInputs& inputs) {
  const Cast& cast = inputs.settings.conversation.cast;
  std::string text;
  for (const Provider& provider : inputs.providers) {
    std::vector<std::string> parts;
    for (Role role : kRoles) {
      if (!may_play(players_of(cast, role), provider.name)) continue;
      parts.push_back(std::string(role_name(role)) + " " +
                      one_line(provider.model_for(role)));
    }
    if (parts.empty()) parts.push_back("no role");
    text += provider.name + ": " + joined(parts, ", ") + "\n";
  }
  return text;
}

std::string decision_text(const Settings& settings,
                          const ResumeDecision& decision) {
  std::string text;
  for (const std::string& note : decision.notes) text += note + "\n";
  if (decision.new_run) {
    text += "a new run begins; the old one is moved to " +
            free_name(settings.output).string() + "\n";
  }
  if (decision.again.conversations + decision.again.begun > 0) {
    text += std::to_string(decision.again.conversations) +
            " conversations of other settings are taken back and made again, "
            "with " +
            std::to_string(decision.again.begun) + " that were begun\n";
  }
  return text;
}

// "1.2 to 2.4 million", "600 to 1,300".
std::string between_text(const Between& range) {
  double unit = range.high >= 2e6 ? 1e6 : range.high >= 2e4 ? 1e3 : 1;
  auto number = [unit](double value) {
    char text[32];
    value /= unit;
    std::snprintf(text, sizeof text, value < 10 && unit > 1 ? "%.1f" : "%.0f",
                  value);
    return std::string(text);
  };
  const char* word = unit == 1e6 ? " million" : unit == 1e3 ? " thousand" : "";
  return number(range.low) + " to " + number(range.high) + word;
}

std::string time_text(const RunInputs& inputs, const Estimate& found) {
  if (found.calls.about <= 0) return "";
  std::string unlimited = names_without_limit(inputs);
  if (found.seconds <= 0) {
    return "; how long they take is up to " + unlimited + ", without a limit";
  }
  char rate[32];
  std::snprintf(rate, sizeof rate, "%.1f", found.calls.about / found.seconds);
  return ", at least " + duration_text(found.seconds) + " at " + rate +
         " calls a second" +
         (unlimited.empty() ? "" : "; " + unlimited + " has no limit");
}

std::string money_text(const PriceList& prices, const Estimate& found) {
  if (found.money.high <= 0 && found.unpriced.empty()) return "nothing";
  char money[64];
  std::snprintf(money, sizeof money, "%.2f to %.2f ", found.money.low,
                found.money.high);
  std::string text = money + prices.currency;
  if (found.unpriced.empty()) return text;
  return text + ", without " + joined(found.unpriced, ", ") +
         ", which --prices does not name";
}

std::string estimate_text(const RunInputs& inputs, const PriceList& prices,
                          const Estimate& found) {
  char calls[64];
  std::snprintf(calls, sizeof calls, "about %.0f calls to make",
                found.calls.about);
  std::string text = calls + time_text(inputs, found) + "\n";
  if (found.calls.about <= 0) return text;
  text += "that is " + between_text(found.calls) + " calls with " +
          between_text(found.input_tokens) + " tokens in and " +
          between_text(found.output_tokens) +
          " out: " + money_text(prices, found) + "\n";
  for (const std::string& month : found.months) text += month + "\n";
  return text;
}

std::string saved_text(const Settings& settings, const Forecast& found) {
  std::string kept = std::to_string(found.kept);
  std::string target = std::to_string(settings.target);
  if (found.kept <= settings.target) {
    return kept + " of " + target + " conversations saved";
  }
  return kept + " conversations saved, more than the " + target + " asked for";
}

std::string text_of(const RunInputs& inputs, const PriceList& prices,
                    const Forecast& found) {
  const Settings& settings = inputs.settings;
  return notes_text(inputs) + cast_text(inputs) +
         decision_text(settings, found.decision) +
         std::to_string(inputs.personas.size()) + " personas, prompts " +
         inputs.prompts.version + ", " + saved_text(settings, found) + "\n" +
         estimate_text(inputs, prices, found.estimate) + "Nobody was called.\n";
}

Json json_of(const Between& range) {
  return Json::array({std::llround(range.low), std::llround(range.high)});
}

Json json_of(const Settings& settings, const PriceList& prices,
             const Forecast& found) {
  const Estimate& estimate = found.estimate;
  return {
      {"type", "dry_run"},
      {"kept", found.kept},
      {"target", settings.target},
      {"new_run", found.decision.new_run},
      {"again", found.decision.again.conversations},
      {"calls", std::llround(estimate.calls.about)},
      {"calls_between", json_of(estimate.calls)},
      {"input_tokens_between", json_of(estimate.input_tokens)},
      {"output_tokens_between", json_of(estimate.output_tokens)},
      {"currency", prices.currency},
      {"money_between", Json::array({estimate.money.low, estimate.money.high})},
      {"unpriced", estimate.unpriced},
      {"seconds_at_least", estimate.seconds}};
}

}  // namespace

ExitCode dry_run(const RunInputs& inputs) {
  const Settings& settings = inputs.settings;
  PriceList prices = shipped_prices(settings.prices);
  Forecast found = forecast(inputs);
  auto left = std::max<int64_t>(0, settings.target - found.kept);
  found.estimate =
      estimate_of(inputs, prices, found.before, static_cast<double>(left));
  if (settings.json) {
    hand_out(stdout, to_text(json_of(settings, prices, found)) + "\n");
  } else {
    show(stdout, Shown(text_of(inputs, prices, found)));
  }
  return ExitCode::done;
}

}  // namespace simulate
