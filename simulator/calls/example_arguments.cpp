#include "simulator/calls/example_arguments.h"

#include <string>

namespace simulate {

namespace {

constexpr int kDeepest = 8;

Json example_of(const Json& schema, int depth);

// The value that the schema itself proposes, if it does.
std::optional<Json> proposed(const Json& schema) {
  for (const char* key : {"const", "default"}) {
    if (schema.contains(key)) return schema[key];
  }
  for (const char* key : {"examples", "enum"}) {
    auto list = schema.find(key);
    bool some = list != schema.end() && list->is_array() && !list->empty();
    if (some) return list->front();
  }
  return std::nullopt;
}

std::string type_of(const Json& schema) {
  Json type = schema.value("type", Json());
  if (type.is_array() && !type.empty()) type = Json(type.front());
  if (type.is_string()) return type.get<std::string>();
  return schema.contains("properties") ? "object" : "string";
}

Json text_of(const Json& schema) {
  std::string format = string_at(schema, "format");
  if (format == "date") return "2025-03-04";
  if (format == "date-time") return "2025-03-04T09:00:00Z";
  if (format == "email") return "ada@example.com";
  if (format == "uri") return "https://example.com";
  return "hello";
}

Json object_of(const Json& schema, int depth) {
  Json object = Json::object();
  const Json properties = schema.value("properties", Json::object());
  for (const Json& name : schema.value("required", Json::array())) {
    if (!name.is_string()) continue;
    auto key = name.get<std::string>();
    object[key] = example_of(properties.value(key, Json::object()), depth + 1);
  }
  return object;
}

Json number_of(const Json& schema) {
  auto least = schema.find("minimum");
  bool given = least != schema.end() && least->is_number();
  return given ? *least : Json(1);
}

Json example_of(const Json& schema, int depth) {
  if (!schema.is_object() || depth > kDeepest) return "hello";
  if (auto value = proposed(schema)) return *value;
  for (const char* key : {"anyOf", "oneOf", "allOf"}) {
    auto list = schema.find(key);
    bool some = list != schema.end() && list->is_array() && !list->empty();
    if (some) return example_of(list->front(), depth + 1);
  }
  std::string type = type_of(schema);
  if (type == "object") return object_of(schema, depth);
  if (type == "integer" || type == "number") return number_of(schema);
  if (type == "boolean") return false;
  if (type == "null") return nullptr;
  if (type != "array") return text_of(schema);
  return Json::array(
      {example_of(schema.value("items", Json::object()), depth + 1)});
}

}  // namespace

Json example_arguments(const Json& schema) {
  if (!schema.is_object()) return Json::object();
  return object_of(schema, 0);
}

}  // namespace simulate
