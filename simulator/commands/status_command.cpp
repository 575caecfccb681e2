// Tested by tests/program/usage_test.cpp.

#include "simulator/commands/commands.h"
#include "simulator/commands/resume.h"
#include "simulator/commands/shipped_files.h"

#include <cstdio>
#include <set>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/report/bill.h"
#include "simulator/run/report_facts.h"
#include "simulator/store/ledger_reader.h"
#include "simulator/store/run_lock.h"

namespace simulate {

namespace {

Json lanes_json(LedgerReader& reader, int64_t& maybe_billed) {
  Json lanes = Json::object();
  for (const auto& [provider, lane] : reader.lanes()) {
    maybe_billed += lane.maybe_billed;
    lanes[provider] = {{"calls", lane.calls},
                       {"rate_limited", lane.rate_limited},
                       {"retries", lane.retries},
                       {"maybe_billed", lane.maybe_billed},
                       {"seconds_per_call", lane.seconds_per_call},
                       {"rests_for", lane.backoff.count()}};
  }
  return lanes;
}

Json usage_json(LedgerReader& reader) {
  Json usage = Json::array();
  for (const UsageRow& row : reader.usage()) {
    usage.push_back({{"provider", row.player.provider},
                     {"model", row.player.model},
                     {"role", row.role},
                     {"replies", row.replies},
                     {"input_tokens", row.usage.input_tokens},
                     {"output_tokens", row.usage.output_tokens}});
  }
  return usage;
}

// Nothing where no price is known.
Json money_json(const Bill& bill) {
  return {{"sum", bill.is_priced ? Json(bill.money.units()) : Json()},
          {"unpriced", bill.unpriced}};
}

Json money_json(LedgerReader& reader, const PriceList& prices, int64_t kept) {
  Bill talks = bill_of(prices, spent_on_conversations(reader));
  Bill jobs = bill_of(prices, spent_on_jobs(reader));
  Json money = {{"currency", prices.currency},
                {"conversations", money_json(talks)},
                {"jobs", money_json(jobs)}};
  bool known = talks.is_priced && kept > 0;
  money["conversation"] =
      known ? Json(talks.money.units() / double(kept)) : Json();
  return money;
}

// "0.12 USD", or nothing.
std::string sum_text(const Json& sum, const Json& money) {
  if (!sum.is_number() || sum == 0) return "";
  return figure_text(sum.get<double>(), Unit::money) + " " +
         string_at(money, "currency");
}

// "0.12 USD, 0.0012 USD a saved conversation; judges ...", or nothing where
// nothing was paid for.
std::string money_text(const Json& money) {
  std::vector<std::string> parts;
  std::string all = sum_text(money["conversations"]["sum"], money);
  std::string each = sum_text(money["conversation"], money);
  if (!each.empty()) all += ", " + each + " a saved conversation";
  if (!all.empty()) parts.push_back(all);
  std::string jobs = sum_text(money["jobs"]["sum"], money);
  if (!jobs.empty()) parts.push_back("judges and other jobs " + jobs);
  std::set<std::string> unpriced;
  for (const char* part : {"conversations", "jobs"}) {
    for (const Json& player : money[part]["unpriced"]) unpriced.insert(player);
  }
  if (!unpriced.empty()) {
    parts.push_back("no price is known of " +
                    joined({unpriced.begin(), unpriced.end()}, ", "));
  }
  return joined(parts, "; ");
}

Json findings_json(LedgerReader& reader) {
  Json findings = Json::array();
  for (const FindingsRow& row : reader.findings()) {
    findings.push_back({{"provider", row.player.provider},
                        {"model", row.player.model},
                        {"role", row.role},
                        {"guard", row.guard},
                        {"replies", row.replies}});
  }
  return findings;
}

// "echo 3, loop 1"
std::string findings_text(const Json& status, const Json& usage) {
  std::vector<std::string> parts;
  for (const Json& row : status["findings"]) {
    bool same = row["provider"] == usage["provider"] &&
                row["model"] == usage["model"] && row["role"] == usage["role"];
    if (!same) continue;
    parts.push_back(string_at(row, "guard") + " " +
                    std::to_string(row["replies"].get<int64_t>()));
  }
  return joined(parts, ", ");
}

Json status_of(LedgerReader& reader, const PriceList& prices, bool is_going) {
  LedgerReader::Snapshot snapshot(reader);
  Counters counters = reader.counters();
  auto latest = latest_settings(reader);
  Json status;
  status["type"] = "status";
  status["kept"] = counters.kept;
  status["target"] = latest ? latest->target : int64_t{0};
  status["abandoned"] = counters.abandoned;
  // What no process works on was cut off by the death of the last one.
  int64_t running = reader.unfinished_attempts("running");
  int64_t cut_off = is_going ? 0 : running;
  status["under_way"] = running - cut_off;
  status["parked"] = reader.unfinished_attempts("parked") + cut_off;
  status["failures"] = Json::object();
  for (const auto& [reason, count] : reader.failures()) {
    status["failures"][reason] = count;
  }
  int64_t maybe_billed = counters.cut_off + cut_off;
  status["providers"] = lanes_json(reader, maybe_billed);
  status["maybe_billed"] = maybe_billed;
  status["usage"] = usage_json(reader);
  status["findings"] = findings_json(reader);
  status["money"] = money_json(reader, prices, counters.kept);
  status["cost"] = counters.cost.to_json();
  status["generation"] = counters.generation;
  if (!counters.cost.empty()) status["cost_text"] = counters.cost.text();
  return status;
}

std::string number(const Json& value) {
  return std::to_string(value.get<int64_t>());
}

// A target that was lowered below what there is says nothing any more.
std::string saved_text(const Json& status) {
  bool more = status["kept"] > status["target"];
  return number(status["kept"]) +
         (more ? "" : " of " + number(status["target"])) +
         " conversations saved, ";
}

void print(const Json& status) {
  std::string text = saved_text(status) + number(status["under_way"]) +
                     " under way, " + number(status["parked"]) + " parked, " +
                     number(status["abandoned"]) + " slots abandoned\n";
  for (const auto& [name, lane] : status["providers"].items()) {
    text += "  " + one_line(name) + ": " + number(lane["calls"]) + " calls, " +
            number(lane["rate_limited"]) + " rate-limited, " +
            number(lane["retries"]) + " retried\n";
  }
  for (const Json& row : status["usage"]) {
    std::string who = string_at(row, "role") + " " +
                      string_at(row, "provider") + ":" +
                      string_at(row, "model");
    text += "  " + one_line(who) + ": " + number(row["replies"]) +
            " replies, " + number(row["input_tokens"]) + " tokens in, " +
            number(row["output_tokens"]) + " out\n";
    std::string found = findings_text(status, row);
    if (!found.empty()) text += "    guards: " + one_line(found) + "\n";
  }
  for (const auto& [reason, count] : status["failures"].items()) {
    text += "  failed: " + one_line(reason) + ", " + number(count) + " times\n";
  }
  std::string cost = string_at(status, "cost_text");
  if (!cost.empty()) text += "  " + cost + "\n";
  std::string money = money_text(status["money"]);
  if (!money.empty()) text += "  cost: " + one_line(money) + "\n";
  text += "  " + number(status["maybe_billed"]) +
          " calls got no answer and may have been billed\n";
  show(stdout, Shown(text));
}

}  // namespace

ExitCode status_command(const Settings& settings) {
  PriceList prices = shipped_prices(settings.prices);
  LedgerReader reader(settings.ledger());
  Json status = status_of(reader, prices, RunLock::is_held(settings.ledger()));
  if (settings.json) {
    hand_out(stdout, to_text(status) + "\n");
  } else {
    print(status);
  }
  return ExitCode::done;
}

}  // namespace simulate
