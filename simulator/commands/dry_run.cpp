#include "simulator/commands/dry_run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "simulator/base/text.h"
#include "simulator/commands/resume.h"
#include "simulator/export/training_file.h"
#include "simulator/run/displays.h"
#include "simulator/store/run_lock.h"

namespace simulate {

namespace {

constexpr Role kRoles[] = {Role::tester, Role::assistant, Role::rewriter};
constexpr int kAllRoles = 3;

struct Forecast {
  int64_t kept = 0;  // of the run that goes on
  ResumeDecision decision;
  double calls = 0;
  double seconds = 0;  // at least; 0 when no limit tells
};

// What a start looks at, in its order.
Forecast forecast(const Options& options, const RunInputs& inputs) {
  refuse_bad_output(options);
  RunLock::refuse_if_held(options.ledger());
  Forecast result;
  std::error_code none;
  bool empty = std::filesystem::file_size(options.ledger(), none) == 0;
  if (none || empty) return result;
  LedgerReader reader(options.ledger());
  refuse_another_name(options, reader);
  if (reader.latest_settings()) {
    Json now = settings_of(options, inputs, seed_of(options, reader));
    result.decision =
        decide_resume(options, reader, known_settings(reader), now);
  }
  if (result.decision.new_run) return result;
  if (reader.counters().rebuild == 0) {
    TrainingFile(options.output).refuse_if_edited(reader);
  }
  result.kept = reader.counters().kept - result.decision.again.conversations;
  return result;
}

// Of a conversation, roughly: a tester and one and a half assistant calls a
// turn, and the rewrite.
double calls_each(const Options& options, Role role) {
  double turns = (options.fewest_turns + options.most_turns) / 2.0;
  if (role == Role::tester) return turns;
  if (role == Role::assistant) return 1.5 * turns;
  if (options.rewrite == Rewrite::off) return 0;
  return options.rewrite == Rewrite::turn ? turns : 1;
}

bool plays(const RunInputs& inputs, const Provider& provider, Role role) {
  auto players = inputs.cast.find(role);
  if (players == inputs.cast.end()) return true;
  const auto& names = players->second;
  return std::find(names.begin(), names.end(), provider.name) != names.end();
}

bool plays_one_of(const RunInputs& inputs, const Provider& provider,
                  int roles) {
  for (int i = 0; i < kAllRoles; ++i) {
    if ((roles >> i & 1) && plays(inputs, provider, kRoles[i])) return true;
  }
  return false;
}

// Calls a second of all who play one of `roles`, a set of bits; 0 when one of
// them has no limit.
double rate_of(const RunInputs& inputs, int roles) {
  double rate = 0;
  for (const Provider& provider : inputs.providers) {
    if (!plays_one_of(inputs, provider, roles)) continue;
    if (provider.requests_per_second <= 0) return 0;
    rate += provider.requests_per_second;
  }
  return rate;
}

// What the limits allow a conversation to take at least: the calls of some
// roles, over the rate of all who may answer them. The worst such set counts.
double seconds_each(const Options& options, const RunInputs& inputs) {
  double most = 0;
  for (int roles = 1; roles < 1 << kAllRoles; ++roles) {
    double rate = rate_of(inputs, roles);
    if (rate <= 0) continue;
    double calls = 0;
    for (int i = 0; i < kAllRoles; ++i) {
      if (roles >> i & 1) calls += calls_each(options, kRoles[i]);
    }
    most = std::max(most, calls / rate);
  }
  return most;
}

std::string names_without_limit(const RunInputs& inputs) {
  std::vector<std::string> names;
  for (const Provider& provider : inputs.providers) {
    if (provider.requests_per_second <= 0) names.push_back(provider.name);
  }
  return joined(names, " and ");
}

std::string cast_text(const RunInputs& inputs) {
  std::string text;
  for (const Provider& provider : inputs.providers) {
    std::vector<std::string> parts;
    for (Role role : kRoles) {
      if (!plays(inputs, provider, role)) continue;
      parts.push_back(std::string(role_name(role)) + " " +
                      provider.model_for(role));
    }
    if (parts.empty()) parts.push_back("no role");
    text += provider.name + ": " + joined(parts, ", ") + "\n";
  }
  return text;
}

std::string decision_text(const Options& options,
                          const ResumeDecision& decision) {
  std::string text;
  for (const std::string& note : decision.notes) text += note + "\n";
  if (decision.new_run) {
    text += "a new run begins; the old one is moved to " +
            free_name(options.output).string() + "\n";
  }
  if (decision.again.conversations + decision.again.begun > 0) {
    text += std::to_string(decision.again.conversations) +
            " conversations of other settings are taken back and made again, "
            "with " +
            std::to_string(decision.again.begun) + " that were begun\n";
  }
  return text;
}

std::string time_text(const RunInputs& inputs, const Forecast& found) {
  if (found.calls <= 0) return "";
  std::string unlimited = names_without_limit(inputs);
  if (found.seconds <= 0) {
    return "; how long they take is up to " + unlimited + ", without a limit";
  }
  char rate[32];
  std::snprintf(rate, sizeof rate, "%.1f", found.calls / found.seconds);
  return ", at least " + duration_text(found.seconds) + " at " + rate +
         " calls a second" +
         (unlimited.empty() ? "" : "; " + unlimited + " has no limit");
}

std::string saved_text(const Options& options, const Forecast& found) {
  std::string kept = std::to_string(found.kept);
  std::string target = std::to_string(options.target);
  if (found.kept <= options.target) {
    return kept + " of " + target + " conversations saved";
  }
  return kept + " conversations saved, more than the " + target + " asked for";
}

std::string text_of(const Options& options, const RunInputs& inputs,
                    const Forecast& found) {
  char calls[64];
  std::snprintf(calls, sizeof calls, "about %.0f calls to make", found.calls);
  return cast_text(inputs) + decision_text(options, found.decision) +
         std::to_string(inputs.personas.size()) + " personas, prompts " +
         inputs.prompts.version + ", " + saved_text(options, found) + "\n" +
         calls + time_text(inputs, found) + "\nNobody was called.\n";
}

Json json_of(const Options& options, const Forecast& found) {
  return {{"type", "dry_run"},
          {"kept", found.kept},
          {"target", options.target},
          {"new_run", found.decision.new_run},
          {"again", found.decision.again.conversations},
          {"calls", std::llround(found.calls)},
          {"seconds_at_least", found.seconds}};
}

}  // namespace

ExitCode dry_run(const Options& options, const RunInputs& inputs) {
  Forecast found = forecast(options, inputs);
  auto left =
      static_cast<double>(std::max<int64_t>(0, options.target - found.kept));
  for (Role role : kRoles) found.calls += left * calls_each(options, role);
  found.seconds = left * seconds_each(options, inputs);
  if (options.json) {
    std::puts(to_text(json_of(options, found)).c_str());
  } else {
    std::string text = text_of(options, inputs, found);
    std::fputs(printable(text).c_str(), stdout);
  }
  return ExitCode::done;
}

}  // namespace simulate
