#include "simulator/calls/typed_text.h"

#include <optional>
#include <set>

#include "simulator/base/text.h"
#include "simulator/calls/literal_scanner.h"

namespace simulate {

namespace {

using Types = std::set<std::string>;

const char* type_of(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return "boolean";
  if (value.is_number_integer()) return "integer";
  if (value.is_number()) return "number";
  if (value.is_string()) return "string";
  return value.is_array() ? "array" : "object";
}

void add_types(const Json& schema, int depth, Types& types) {
  if (!schema.is_object() || depth > 4) return;
  auto type = schema.find("type");
  if (type != schema.end()) {
    for (const Json& name : type->is_array() ? *type : Json::array({*type})) {
      if (name.is_string()) types.insert(name.get<std::string>());
    }
  }
  if (schema.value("nullable", Json()) == Json(true)) types.insert("null");
  for (const char* key : {"anyOf", "oneOf", "allOf"}) {
    auto choices = schema.find(key);
    if (choices == schema.end() || !choices->is_array()) continue;
    for (const Json& choice : *choices) add_types(choice, depth + 1, types);
  }
  auto values = schema.find("enum");
  if (type == schema.end() && values != schema.end() && values->is_array()) {
    for (const Json& value : *values) types.insert(type_of(value));
  }
}

std::optional<Json> literal(std::string_view text) {
  LiteralScanner scanner(text, 0, Notation::json);
  std::optional<Json> value = scanner.value();
  scanner.skip_blank();
  if (!value || !scanner.at_end()) return std::nullopt;
  return value;
}

bool fits(const Types& types, const Json& value) {
  if (types.count(type_of(value))) return true;
  return value.is_number_integer() && types.count("number");
}

}  // namespace

const Json* schema_of_argument(const std::vector<ToolSpec>& tools,
                               const std::string& tool,
                               const std::string& key) {
  const ToolSpec* spec = tool_named(tools, tool);
  if (!spec || !spec->parameters.is_object()) return nullptr;
  auto properties = spec->parameters.find("properties");
  if (properties == spec->parameters.end() || !properties->is_object()) {
    return nullptr;
  }
  auto schema = properties->find(key);
  return schema == properties->end() ? nullptr : &*schema;
}

Json typed_text(std::string_view text, const Json& schema) {
  Types types;
  add_types(schema, 0, types);
  bool only_text = types.count("string") && types.size() == 1;
  if (types.empty()) return guessed_text(text);
  if (only_text) return Json(std::string(text));
  std::string word = lowered(trimmed(text));
  if (word == "null" || (word == "none" && types.count("null"))) return Json();
  if (types.count("boolean") && (word == "true" || word == "false")) {
    return Json(word == "true");
  }
  std::optional<Json> value = literal(text);
  // A quoted text where a text is allowed keeps its quotes: it was written so.
  if (value && !value->is_string() && fits(types, *value)) return *value;
  return Json(std::string(text));
}

Json guessed_text(std::string_view text) {
  return literal(text).value_or(Json(std::string(text)));
}

}  // namespace simulate
