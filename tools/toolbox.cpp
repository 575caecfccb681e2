#include "tools/toolbox.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tools/arguments.h"
#include "tools/tool_database.h"

namespace simulate {

namespace {

ToolOutcome failed(const std::string& sentence) { return {sentence, true}; }

std::vector<std::string> names_in(const std::string& list) {
  return list.empty() ? std::vector<std::string>() : split(list, ',');
}

}  // namespace

struct Toolbox::Impl {
  // A tool of any group.
  struct Known {
    const ToolGroup* group;
    const ToolDefinition* tool;
    ArgumentCheck check;
  };

  explicit Impl(const std::vector<ToolGroup>& given)
      : groups(given), database(groups) {
    for (const ToolGroup& group : groups) {
      for (const ToolDefinition& tool : group.tools) know(group, tool);
    }
  }

  std::vector<ToolGroup> groups;
  std::map<std::string, Known> known;
  std::map<std::string, std::vector<ToolSpec>> offers;  // by what is withheld
  ToolDatabase database;

  void know(const ToolGroup& group, const ToolDefinition& tool);
  const std::vector<ToolSpec>& offer(const std::string& withheld_tools);
  Known* find(const std::string& name, const std::string& withheld_tools);
  std::string no_such_tool(const std::string& name,
                           const std::vector<ToolSpec>& specs) const;
  std::optional<ToolOutcome> outcome(ToolCall& call, ToolResult& result,
                                     const Terms& terms);
  Round run(const ToolState& before, std::vector<ToolCall>& calls,
            const Terms& terms);
};

void Toolbox::Impl::know(const ToolGroup& group, const ToolDefinition& tool) {
  try {
    ArgumentCheck check(tool.spec);
    // A model reads it: it must not be taught what would be refused.
    Json example = parse_json(tool.spec.example).value_or(Json::object());
    auto verdict = check.check(example);
    if (verdict.problem && !group.served) {
      throw Error("its example is not what its parameters ask for: " +
                  *verdict.problem);
    }
    known.emplace(tool.spec.name, Known{&group, &tool, std::move(check)});
  } catch (const Error& wrong) {
    throw BadUsage("tool \"" + tool.spec.name + "\": " + wrong.what());
  }
}

const std::vector<ToolSpec>& Toolbox::Impl::offer(
    const std::string& withheld_tools) {
  auto [place, is_new] = offers.try_emplace(withheld_tools);
  if (!is_new) return place->second;
  std::vector<std::string> names = names_in(withheld_tools);
  for (const ToolGroup& group : groups) {
    if (std::count(names.begin(), names.end(), group.name)) continue;
    for (const ToolDefinition& tool : group.tools) {
      place->second.push_back(tool.spec);
    }
  }
  return place->second;
}

Toolbox::Impl::Known* Toolbox::Impl::find(const std::string& name,
                                          const std::string& withheld_tools) {
  auto found = known.find(name);
  if (found == known.end()) return nullptr;
  std::vector<std::string> names = names_in(withheld_tools);
  const std::string& group = found->second.group->name;
  bool offered = !std::count(names.begin(), names.end(), group);
  return offered ? &found->second : nullptr;
}

std::string Toolbox::Impl::no_such_tool(
    const std::string& name, const std::vector<ToolSpec>& specs) const {
  std::vector<std::string> names;
  for (const ToolSpec& spec : specs) names.push_back(spec.name);
  std::string written = quotable(name);
  std::string text = "There is no tool named \"" + written + "\".";
  std::string meant = nearest(written, names);
  if (!meant.empty()) text += " Did you mean " + meant + "?";
  return text + " Tools: " + joined(names, ", ");
}

// Nothing when a server has to answer.
std::optional<ToolOutcome> Toolbox::Impl::outcome(ToolCall& call,
                                                  ToolResult& result,
                                                  const Terms& terms) {
  Known* found = find(call.name, terms.withheld_tools);
  if (!found)
    return failed(no_such_tool(call.name, offer(terms.withheld_tools)));
  auto verdict = found->check.check(call.arguments);
  if (verdict.problem) return failed(*verdict.problem);
  result.repairs = verdict.repairs.take();
  std::optional<std::string> failure;
  if (terms.failures) failure = terms.failures->next(*found->tool);
  bool served = found->group->served;
  if (served && !failure) return std::nullopt;
  // Only a good call fails by plan: it is run to see, and undone.
  ToolOutcome outcome;
  if (!served) {
    outcome = database.run(call.name, call.arguments, terms.now,
                           /*undone=*/failure.has_value());
  }
  if (!outcome.error && !failure) return outcome;
  result.planned = !outcome.error;
  return failed(call.name + ": " +
                (outcome.error ? outcome.body.get<std::string>() : *failure));
}

Toolbox::Round Toolbox::Impl::run(const ToolState& before,
                                  std::vector<ToolCall>& calls,
                                  const Terms& terms) {
  Round round{{}, before};
  ToolDatabase::Visit visit(database, before);
  for (ToolCall& call : calls) {
    int changes = database.changes();
    ToolResult result;
    result.call_id = call.id;
    result.name = call.name;
    std::optional<ToolOutcome> outcome = this->outcome(call, result, terms);
    if (!outcome) {
      round.served.push_back(round.results.size());
    } else {
      result.error = outcome->error;
      result.body = outcome->error ? Json({{"error", std::move(outcome->body)}})
                                   : std::move(outcome->body);
    }
    round.results.push_back(std::move(result));
    if (database.changes() != changes) round.state.text = visit.state().text;
  }
  return round;
}

Toolbox::Toolbox(const std::vector<ToolGroup>& groups) try
    : impl_(std::make_unique<Impl>(groups)) {
} catch (const SQLite::Exception& wrong) {
  throw Fatal(std::string("SQLite cannot open the toolbox: ") + wrong.what());
}

Toolbox::~Toolbox() = default;

const std::vector<ToolSpec>& Toolbox::tools(
    const std::string& withheld_tools) const {
  return impl_->offer(withheld_tools);
}

Toolbox::Round Toolbox::run(const ToolState& before,
                            std::vector<ToolCall>& calls, const Terms& terms) {
  try {
    return impl_->run(before, calls, terms);
  } catch (const SQLite::Exception& wrong) {
    throw Fatal(std::string("SQLite failed inside the toolbox: ") +
                wrong.what());
  }
}

std::vector<std::string> Toolbox::bulletin(
    const ToolState& state, const std::string& withheld_tools) const {
  try {
    ToolDatabase::Visit visit(impl_->database, state);
    return impl_->database.bulletin(names_in(withheld_tools));
  } catch (const SQLite::Exception& wrong) {
    throw Fatal(std::string("SQLite failed inside the toolbox: ") +
                wrong.what());
  }
}

}  // namespace simulate
