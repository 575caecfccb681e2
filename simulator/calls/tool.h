// What a tool is, what calling it means, and what comes back: values that the
// parser, the toolbox, the transcript and every exporter share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/base/json.h"

namespace simulate {

struct ToolSpec {
  std::string name;
  std::string description;  // one or two sentences, for the model
  std::string example;      // the arguments of a call, as a JSON object
  Json parameters;          // JSON Schema of the arguments object
};

// Null when none of `tools` has that name.
const ToolSpec* tool_named(const std::vector<ToolSpec>& tools,
                           const std::string& name);

// From the shape that OpenAI's requests use, {"type": "function", "function":
// {"name", "description", "parameters"}}, from its inside alone, or from MCP's
// {"name", "inputSchema"}. Nothing when it has no name.
std::optional<ToolSpec> tool_spec_from(const Json& object);

// The first of these shapes, for wires and formats; without the example.
Json function_json(const ToolSpec& tool);

// `arguments` is always an object. `id` is nine alphanumerics, as Mistral's
// validator demands, and unique within its conversation.
struct ToolCall {
  std::string id;
  std::string name;
  Json arguments = Json::object();
};

// `body` is what the model reads; with `error` it is {"error": "..."}.
struct ToolResult {
  std::string call_id;
  std::string name;
  Json body;
  bool error = false;
  bool planned = false;  // the plan made it fail, to be recovered from
  // What was put right in the arguments before it ran, a few words each.
  std::vector<std::string> repairs = {};
};

}  // namespace simulate
