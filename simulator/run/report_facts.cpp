#include "simulator/run/report_facts.h"

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

}  // namespace

RunFacts report_facts(LedgerReader& reader) {
  RunFacts facts;
  PlanSoFar plan = reader.plan_so_far();
  const Situations& situations = reader.latest_situations();
  facts.wanted.push_back(
      {"situation", wanted_situations(situations, plan.shares)});
  for (const Axis& axis : situations.axes) {
    facts.wanted.push_back({axis.name, wanted_values(axis, plan.shares)});
  }
  for (const FindingsRow& row : reader.findings()) {
    facts.findings.push_back(
        {player_text(row.player), row.role, row.guard, row.replies});
  }
  std::vector<UsageRow> usage = reader.usage();
  for (UsageRow& row : reader.job_usage()) usage.push_back(std::move(row));
  for (const UsageRow& row : usage) {
    facts.spent.push_back({player_text(row.player), row.role, row.replies,
                           row.usage.input_tokens, row.usage.output_tokens});
  }
  for (const auto& [reason, attempts] : reader.failures()) {
    facts.failures[reason] = attempts;
  }
  auto latest = reader.latest_settings();
  if (latest) facts.target = latest->settings.target;
  return facts;
}

}  // namespace simulate
