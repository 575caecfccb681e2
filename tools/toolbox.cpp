#include "tools/toolbox.h"

#include <map>
#include <optional>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tools/arguments.h"
#include "tools/tool_database.h"

namespace simulate {

namespace {

constexpr size_t kLargestState = 1 << 20;  // bytes of a storyline's state

Outcome failed(const std::string& sentence) { return {sentence, true}; }

std::vector<ToolSpec> specs_of(const std::vector<ToolGroup>& groups) {
  std::vector<ToolSpec> specs;
  for (const ToolGroup& group : groups) {
    for (const ToolDefinition& tool : group.tools) specs.push_back(tool.spec);
  }
  return specs;
}

std::map<std::string, ArgumentCheck> checks_of(
    const std::vector<ToolSpec>& specs) {
  std::map<std::string, ArgumentCheck> checks;
  for (const ToolSpec& spec : specs) {
    try {
      checks.emplace(spec.name, ArgumentCheck(spec));
    } catch (const Error& wrong) {
      throw BadUsage("tool \"" + spec.name + "\": " + wrong.what());
    }
  }
  return checks;
}

}  // namespace

struct Toolbox::Room {
  explicit Room(const std::vector<ToolGroup>& groups)
      : specs(specs_of(groups)), checks(checks_of(specs)), database(groups) {}

  std::vector<ToolSpec> specs;
  std::map<std::string, ArgumentCheck> checks;
  ToolDatabase database;

  std::string no_such_tool(const std::string& name) const;
  Outcome outcome(ToolCall& call, std::vector<std::string>& repairs,
                  SimulatedTime now);
  ToolResult run(ToolCall& call, SimulatedTime now);
  Round run(const ToolState& before, std::vector<ToolCall>& calls,
            SimulatedTime now);
};

std::string Toolbox::Room::no_such_tool(const std::string& name) const {
  std::vector<std::string> names;
  for (const ToolSpec& spec : specs) names.push_back(spec.name);
  std::string written = shortened(printable(name), 60);
  std::string text = "There is no tool named \"" + written + "\".";
  std::string meant = nearest(written, names);
  if (!meant.empty()) text += " Did you mean " + meant + "?";
  return text + " Tools: " + joined(names, ", ");
}

Outcome Toolbox::Room::outcome(ToolCall& call,
                               std::vector<std::string>& repairs,
                               SimulatedTime now) {
  auto check = checks.find(call.name);
  if (check == checks.end()) return failed(no_such_tool(call.name));
  auto verdict = check->second.check(call.arguments);
  if (verdict.problem) return failed(*verdict.problem);
  repairs = verdict.repairs.take();
  Outcome outcome = database.run(call.name, call.arguments, now);
  if (!outcome.error) return outcome;
  return failed(call.name + ": " + outcome.body.get<std::string>());
}

ToolResult Toolbox::Room::run(ToolCall& call, SimulatedTime now) {
  ToolResult result;
  result.call_id = call.id;
  result.name = call.name;
  Outcome outcome = this->outcome(call, result.repairs, now);
  result.error = outcome.error;
  result.body = outcome.error ? Json({{"error", std::move(outcome.body)}})
                              : std::move(outcome.body);
  return result;
}

Toolbox::Round Toolbox::Room::run(const ToolState& before,
                                  std::vector<ToolCall>& calls,
                                  SimulatedTime now) {
  Round round{{}, before};
  ToolDatabase::Visit visit(database, before);
  for (ToolCall& call : calls) {
    int changes = database.changes();
    round.results.push_back(run(call, now));
    if (database.changes() != changes) round.state = visit.state();
  }
  return round;
}

Toolbox::Toolbox(const std::vector<ToolGroup>& groups) try
    : room_(std::make_unique<Room>(groups)) {
} catch (const SQLite::Exception& wrong) {
  throw Fatal(std::string("SQLite cannot open the toolbox: ") + wrong.what());
}

Toolbox::~Toolbox() = default;

const std::vector<ToolSpec>& Toolbox::tools() const { return room_->specs; }

Toolbox::Round Toolbox::run(const ToolState& before,
                            std::vector<ToolCall>& calls, SimulatedTime now) {
  try {
    return room_->run(before, calls, now);
  } catch (const SQLite::Exception& wrong) {
    throw Fatal(std::string("SQLite failed inside the toolbox: ") +
                wrong.what());
  }
}

std::vector<std::string> Toolbox::bulletin(const ToolState& state) const {
  try {
    ToolDatabase::Visit visit(room_->database, state);
    return room_->database.bulletin({});
  } catch (const SQLite::Exception& wrong) {
    throw Fatal(std::string("SQLite failed inside the toolbox: ") +
                wrong.what());
  }
}

}  // namespace simulate
