#include "simulator/run/report_facts.h"

#include <algorithm>

namespace simulate {

namespace {

using Wanted = std::vector<WantedShare>;

WantedShare wanted(const std::string& value, double share,
                   const ShareCount& count) {
  return {value, share, count.kept, count.done, count.succeeded};
}

Wanted wanted_situations(const Situations& situations, Shares& shares) {
  Wanted all;
  for (const Situation& one : situations.all) {
    all.push_back(
        wanted(one.name, one.share, shares.count("situation", one.name)));
  }
  return all;
}

Wanted wanted_values(const Axis& axis, Shares& shares) {
  Wanted all;
  for (const AxisValue& one : axis.values) {
    all.push_back(
        wanted(one.value, one.share, shares.count(axis.name, one.value)));
  }
  return all;
}

// Then nobody can say what share each ought to have of all conversations.
bool depends_on_session(const Axis& axis) {
  const CountRange any = AxisValue().sessions;
  return std::any_of(
      axis.values.begin(), axis.values.end(),
      [&](const AxisValue& one) { return !(one.sessions == any); });
}

// A judge that reads each conversation as it is made is no part of what they
// cost, as little as one that is asked later.
bool is_judge(const UsageRow& row) {
  return row.role == role_name(Role::judge);
}

Spent spent_of(const UsageRow& row) {
  return {player_text(row.player), row.role, row.replies,
          row.usage.input_tokens, row.usage.output_tokens};
}

void add(std::vector<Spent>& all, const Spent& one) {
  for (Spent& known : all) {
    if (known.player != one.player || known.role != one.role) continue;
    known.replies += one.replies;
    known.input_tokens += one.input_tokens;
    known.output_tokens += one.output_tokens;
    return;
  }
  all.push_back(one);
}

}  // namespace

std::vector<Spent> spent_on_conversations(LedgerReader& reader) {
  std::vector<Spent> all;
  for (const UsageRow& row : reader.usage()) {
    if (!is_judge(row)) all.push_back(spent_of(row));
  }
  return all;
}

std::vector<Spent> spent_on_jobs(LedgerReader& reader) {
  std::vector<Spent> all;
  for (const UsageRow& row : reader.usage()) {
    if (is_judge(row)) all.push_back(spent_of(row));
  }
  for (const UsageRow& row : reader.job_usage()) add(all, spent_of(row));
  return all;
}

RunFacts report_facts(LedgerReader& reader) {
  RunFacts facts;
  PlanSoFar plan = reader.plan_so_far();
  const Situations& situations = reader.latest_situations();
  facts.wanted.push_back(
      {"situation", wanted_situations(situations, plan.shares)});
  for (const Axis& axis : situations.axes) {
    if (depends_on_session(axis)) continue;
    facts.wanted.push_back({axis.name, wanted_values(axis, plan.shares)});
  }
  for (const FindingsRow& row : reader.findings()) {
    facts.findings.push_back(
        {player_text(row.player), row.role, row.guard, row.replies});
  }
  facts.spent = spent_on_conversations(reader);
  facts.job_spent = spent_on_jobs(reader);
  facts.kept = reader.counters().kept;
  for (const auto& [reason, attempts] : reader.failures()) {
    facts.failures[reason] = attempts;
  }
  auto latest = reader.latest_settings();
  if (latest) facts.target = latest->settings.target;
  return facts;
}

}  // namespace simulate
