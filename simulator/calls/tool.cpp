#include "simulator/calls/tool.h"

#include "simulator/calls/example_arguments.h"

namespace simulate {

const ToolSpec* tool_named(const std::vector<ToolSpec>& tools,
                           const std::string& name) {
  for (const ToolSpec& tool : tools) {
    if (tool.name == name) return &tool;
  }
  return nullptr;
}

std::optional<ToolSpec> tool_spec_from(const Json& object) {
  if (!object.is_object()) return std::nullopt;
  auto inner = object.find("function");
  if (inner != object.end()) return tool_spec_from(*inner);
  ToolSpec spec;
  spec.name = string_at(object, "name");
  if (spec.name.empty()) return std::nullopt;
  spec.description = string_at(object, "description");
  spec.parameters = {{"type", "object"}, {"properties", Json::object()}};
  for (const char* key : {"parameters", "inputSchema", "input_schema"}) {
    auto schema = object.find(key);
    if (schema == object.end() || !schema->is_object()) continue;
    spec.parameters = *schema;
    break;
  }
  spec.example = to_text(example_arguments(spec.parameters));
  return spec;
}

Json function_json(const ToolSpec& tool) {
  return {{"type", "function"},
          {"function",
           {{"name", tool.name},
            {"description", tool.description},
            {"parameters", tool.parameters}}}};
}

}  // namespace simulate
