#include "simulator/commands/dry_run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/mcp_session.h"
#include "simulator/commands/resume.h"
#include "simulator/export/training_file.h"
#include "simulator/run/displays.h"
#include "simulator/store/run_lock.h"

namespace simulate {

namespace {

constexpr int kRoleCount = std::size(kRoles);

struct Forecast {
  int64_t kept = 0;  // of the run that goes on
  ResumeDecision decision;
  double calls = 0;
  double seconds = 0;  // at least; 0 when no limit tells
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

// Where all that a person says is written before, no tester is called.
double share_with_tester(const Situations& situations) {
  double all = 0, with = 0;
  for (const Situation& one : situations.all) {
    all += one.share;
    if (one.says.empty()) with += one.share;
  }
  return all > 0 ? with / all : 1;
}

// Of a conversation, roughly: a tester and one and a half assistant calls a
// turn, and the rewrite.
double calls_each(const RunInputs& inputs, Role role) {
  const Settings& settings = inputs.settings;
  double turns = mean_turns(settings.turns);
  if (role == Role::tester) return turns * share_with_tester(inputs.situations);
  if (role == Role::assistant) return 1.5 * turns;
  if (settings.conversation.rewrite == Rewrite::off) return 0;
  return settings.conversation.rewrite == Rewrite::turn ? turns : 1;
}

bool plays(const RunInputs& inputs, const Provider& provider, Role role) {
  const Cast& cast = inputs.settings.conversation.cast;
  return may_play(players_of(cast, role), provider.name);
}

bool plays_one_of(const RunInputs& inputs, const Provider& provider,
                  int roles) {
  for (int i = 0; i < kRoleCount; ++i) {
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
    if (provider.requests_per_second() <= 0) return 0;
    rate += provider.requests_per_second();
  }
  return rate;
}

// What the limits allow a conversation to take at least: the calls of some
// roles, over the rate of all who may answer them. The worst such set counts.
double seconds_each(const RunInputs& inputs) {
  double most = 0;
  for (int roles = 1; roles < 1 << kRoleCount; ++roles) {
    double rate = rate_of(inputs, roles);
    if (rate <= 0) continue;
    double calls = 0;
    for (int i = 0; i < kRoleCount; ++i) {
      if (roles >> i & 1) calls += calls_each(inputs, kRoles[i]);
    }
    most = std::max(most, calls / rate);
  }
  return most;
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
  std::string text;
  for (const Provider& provider : inputs.providers) {
    std::vector<std::string> parts;
    for (Role role : kRoles) {
      if (!plays(inputs, provider, role)) continue;
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

std::string saved_text(const Settings& settings, const Forecast& found) {
  std::string kept = std::to_string(found.kept);
  std::string target = std::to_string(settings.target);
  if (found.kept <= settings.target) {
    return kept + " of " + target + " conversations saved";
  }
  return kept + " conversations saved, more than the " + target + " asked for";
}

std::string text_of(const RunInputs& inputs, const Forecast& found) {
  char calls[64];
  std::snprintf(calls, sizeof calls, "about %.0f calls to make", found.calls);
  const Settings& settings = inputs.settings;
  return notes_text(inputs) + cast_text(inputs) +
         decision_text(settings, found.decision) +
         std::to_string(inputs.personas.size()) + " personas, prompts " +
         inputs.prompts.version + ", " + saved_text(settings, found) + "\n" +
         calls + time_text(inputs, found) + "\nNobody was called.\n";
}

Json json_of(const Settings& settings, const Forecast& found) {
  return {{"type", "dry_run"},
          {"kept", found.kept},
          {"target", settings.target},
          {"new_run", found.decision.new_run},
          {"again", found.decision.again.conversations},
          {"calls", std::llround(found.calls)},
          {"seconds_at_least", found.seconds}};
}

}  // namespace

ExitCode dry_run(const RunInputs& inputs) {
  const Settings& settings = inputs.settings;
  Forecast found = forecast(inputs);
  auto left =
      static_cast<double>(std::max<int64_t>(0, settings.target - found.kept));
  for (Role role : kRoles) found.calls += left * calls_each(inputs, role);
  if (inputs.rubric) found.calls += left;  // the judge's
  found.seconds = left * seconds_each(inputs);
  if (settings.json) {
    hand_out(stdout, to_text(json_of(settings, found)) + "\n");
  } else {
    show(stdout, Shown(text_of(inputs, found)));
  }
  return ExitCode::done;
}

}  // namespace simulate
