#include "tools/toolbox.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tools/arguments.h"
#include "tools/builtin.h"

namespace simulate {

namespace {

std::vector<Builtin> all_builtins() {
  std::vector<Builtin> all;
  for (auto group : {memory_tools, diary_tools, reminder_tools, watch_tools}) {
    for (Builtin& builtin : group()) all.push_back(std::move(builtin));
  }
  return all;
}

std::vector<ToolSpec> specs_of(const std::vector<Builtin>& builtins) {
  std::vector<ToolSpec> specs;
  for (const Builtin& builtin : builtins) specs.push_back(builtin.spec);
  return specs;
}

std::map<std::string, ArgumentCheck> checks_of(
    const std::vector<ToolSpec>& specs) {
  std::map<std::string, ArgumentCheck> checks;
  for (const ToolSpec& spec : specs) {
    checks.emplace(spec.name, ArgumentCheck(spec));
  }
  return checks;
}

}  // namespace

struct Toolbox::Room {
  std::vector<Builtin> builtins = all_builtins();
  std::vector<ToolSpec> specs = specs_of(builtins);
  std::map<std::string, ArgumentCheck> checks = checks_of(specs);
  EntryTable table;

  const Builtin* find(const std::string& name) const;
  std::string no_such_tool(const std::string& name) const;
  Outcome outcome(const ToolCall& call, SimulatedTime now);
  ToolResult run(const ToolCall& call, SimulatedTime now, bool& changed);
  Round run(const ToolState& before, const std::vector<ToolCall>& calls,
            SimulatedTime now);
};

const Builtin* Toolbox::Room::find(const std::string& name) const {
  auto found = std::find_if(
      builtins.begin(), builtins.end(),
      [&](const Builtin& builtin) { return builtin.spec.name == name; });
  return found == builtins.end() ? nullptr : &*found;
}

std::string Toolbox::Room::no_such_tool(const std::string& name) const {
  std::vector<std::string> names;
  for (const ToolSpec& spec : specs) names.push_back(spec.name);
  std::string written = shortened(printable(name), 60);
  std::string text = "There is no tool named \"" + written + "\".";
  std::string meant = nearest(written, names);
  if (!meant.empty()) text += " Did you mean " + meant + "?";
  return text + " Tools: " + joined(names, ", ");
}

Outcome Toolbox::Room::outcome(const ToolCall& call, SimulatedTime now) {
  const Builtin* builtin = find(call.name);
  if (builtin == nullptr) return failed(no_such_tool(call.name));
  Json arguments = call.arguments;
  auto check = checks.find(call.name);
  auto verdict = check->second.check(arguments);
  if (verdict.problem) return failed(*verdict.problem);
  Outcome outcome = builtin->run(table, arguments, now);
  if (!outcome.error) return outcome;
  return failed(call.name + ": " + outcome.body.get<std::string>());
}

ToolResult Toolbox::Room::run(const ToolCall& call, SimulatedTime now,
                              bool& changed) {
  int changes = table.changes();
  table.begin_call();
  Outcome outcome = this->outcome(call, now);
  if (outcome.error) {
    table.undo_call();
    return {call.id, call.name, {{"error", outcome.body}}, true};
  }
  table.end_call();
  changed = changed || table.changes() != changes;
  return {call.id, call.name, std::move(outcome.body), false};
}

Toolbox::Round Toolbox::Room::run(const ToolState& before,
                                  const std::vector<ToolCall>& calls,
                                  SimulatedTime now) {
  Round round{{}, before};
  EntryTable::Visit visit(table, entries_of(before));
  bool changed = false;
  for (const ToolCall& call : calls) {
    round.results.push_back(run(call, now, changed));
  }
  if (changed) round.state = state_of(table.all());
  return round;
}

Toolbox::Toolbox() try : room_(std::make_unique<Room>()) {
} catch (const SQLite::Exception& wrong) {
  throw Fatal(std::string("SQLite cannot open the toolbox: ") + wrong.what());
}

Toolbox::~Toolbox() = default;

const std::vector<ToolSpec>& Toolbox::tools() const { return room_->specs; }

Toolbox::Round Toolbox::run(const ToolState& before,
                            const std::vector<ToolCall>& calls,
                            SimulatedTime now) {
  try {
    return room_->run(before, calls, now);
  } catch (const SQLite::Exception& wrong) {
    throw Fatal(std::string("SQLite failed inside the toolbox: ") +
                wrong.what());
  }
}

std::vector<std::string> Toolbox::open_reminders(const ToolState& state) const {
  std::vector<std::string> lines;
  for (const Entry& entry : entries_of(state)) {
    if (entry.kind != EntryKind::reminder || entry.done) continue;
    std::string line = replaced(entry.text, "\n", " ");
    if (!entry.due.empty()) line += " (due " + entry.due + ")";
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace simulate
