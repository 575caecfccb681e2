// What a run is going to do: the next slots, the shares so far, what is left.
// Tested by tests/program/plan_and_show_test.cpp.

#include <cstdio>
#include <map>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/commands.h"
#include "simulator/models/provider.h"
#include "simulator/run/displays.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

namespace {

constexpr size_t kMostSlots = 12;

Json slots_json(const PlanSoFar& plan) {
  Json slots = Json::array();
  for (const OpenSlot& open : plan.open) {
    if (slots.size() == kMostSlots) break;
    const Slot& slot = open.slot;
    slots.push_back({{"id", conversation_id(slot.number)},
                     {"persona", slot.persona},
                     {"session", slot.session},
                     {"situation", slot.situation},
                     {"turns", slot.turns},
                     {"mood", slot.mood},
                     {"failures", open.failures}});
  }
  return slots;
}

// `wanted` are shares among all of them.
Json shares_json(PlanSoFar& plan, const std::map<std::string, double>& wanted) {
  double all = 0;
  for (const auto& [value, share] : wanted) all += share;
  auto kept = static_cast<double>(std::max<int64_t>(1, plan.counters.kept));
  Json shares = Json::object();
  for (const auto& [value, share] : wanted) {
    const ShareCount& count = plan.shares.count("situation", value);
    shares[value] = {
        {"wanted", 100 * share / all},
        {"kept", 100 * static_cast<double>(count.kept) / kept},
        {"conversations", count.kept},
        {"open", count.open},
        {"success", 100 * static_cast<double>(count.succeeded) /
                        static_cast<double>(std::max<int64_t>(1, count.done))}};
  }
  return shares;
}

std::map<std::string, double> wanted_situations(const Situations& all) {
  std::map<std::string, double> wanted;
  for (const Situation& one : all.all) wanted[one.name] = one.share;
  return wanted;
}

// What the providers of the run take by default; 0 when one has no limit that
// is known.
double calls_per_second(const std::vector<std::string>& names) {
  double sum = 0;
  for (const std::string& name : names) {
    double rate = 0;
    for (const Provider& provider : known_providers()) {
      if (provider.name == name) rate = provider.requests_per_second();
    }
    if (rate <= 0) return 0;
    sum += rate;
  }
  return sum;
}

// By what a kept conversation has cost so far.
Json left_json(LedgerReader& reader, const PlanSoFar& plan, int64_t target,
               double calls_per_second) {
  UsageRow sum;
  for (const UsageRow& row : reader.usage()) {
    sum.replies += row.replies;
    sum.usage.input_tokens += row.usage.input_tokens;
    sum.usage.output_tokens += row.usage.output_tokens;
  }
  int64_t left = std::max<int64_t>(0, target - plan.counters.kept);
  int64_t kept = std::max<int64_t>(1, plan.counters.kept);
  int64_t calls = sum.replies * left / kept;
  double seconds =
      calls_per_second <= 0 ? 0 : static_cast<double>(calls) / calls_per_second;
  return {{"conversations", left},
          {"calls", calls},
          {"seconds_at_least", seconds},
          {"input_tokens", sum.usage.input_tokens * left / kept},
          {"output_tokens", sum.usage.output_tokens * left / kept}};
}

Json plan_of(LedgerReader& reader) {
  LedgerReader::Snapshot snapshot(reader);
  PlanSoFar plan = reader.plan_so_far();
  auto latest = reader.latest_settings();
  int64_t target = latest ? latest->settings.target : 0;
  Json result;
  result["type"] = "plan";
  result["kept"] = plan.counters.kept;
  result["target"] = target;
  double rate = latest ? calls_per_second(latest->settings.providers) : 0;
  result["left"] = left_json(reader, plan, target, rate);
  result["planned"] = plan.open.size();
  result["next"] = slots_json(plan);
  result["situations"] =
      shares_json(plan, wanted_situations(reader.latest_situations()));
  return result;
}

std::string number(const Json& value) {
  return std::to_string(value.get<int64_t>());
}

std::string row(const std::string& name, const Json& share) {
  char text[160];
  std::snprintf(text, sizeof text, "  %-22s %5.1f %% wanted %5.1f %% kept",
                one_line(name).substr(0, 40).c_str(),
                share["wanted"].get<double>(), share["kept"].get<double>());
  std::string line = text;
  std::snprintf(text, sizeof text, "  %4.0f %% of its own took place, %s open",
                share["success"].get<double>(), number(share["open"]).c_str());
  return line + text + "\n";
}

void print(const Json& plan) {
  const Json& left = plan["left"];
  std::string text =
      number(plan["kept"]) + " of " + number(plan["target"]) +
      " conversations saved; left: " + number(left["conversations"]) +
      ", by what one has cost so far about " + number(left["calls"]) +
      " calls, " + number(left["input_tokens"]) + " tokens in, " +
      number(left["output_tokens"]) + " out";
  double seconds = left["seconds_at_least"];
  if (seconds > 0) text += ", at least " + duration_text(seconds);
  text += "\n";
  text += "Planned and not done: " + number(plan["planned"]) + "\n";
  for (const Json& slot : plan["next"]) {
    text += "  " + string_at(slot, "id") + "  " +
            one_line(string_at(slot, "persona")) + ", session " +
            number(slot["session"]) + ", " +
            one_line(string_at(slot, "situation")) + ", " +
            counted(slot["turns"].get<int64_t>(), "turn") + ", " +
            one_line(string_at(slot, "mood")) + "\n";
  }
  text += "Situations:\n";
  for (const auto& [name, share] : plan["situations"].items()) {
    text += row(name, share);
  }
  show(stdout, Shown(text));
}

}  // namespace

ExitCode plan_command(const Settings& settings) {
  LedgerReader reader(settings.ledger());
  Json plan = plan_of(reader);
  if (settings.json) {
    hand_out(stdout, to_text(plan) + "\n");
  } else {
    print(plan);
  }
  return ExitCode::done;
}

}  // namespace simulate
