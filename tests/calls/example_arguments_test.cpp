#include "simulator/calls/example_arguments.h"

#include <gtest/gtest.h>

#include "tools/arguments.h"

namespace simulate {
namespace {

TEST(ExampleArguments, AreWhatTheSchemaAccepts) {
  const char* kSchemas[] = {
      R"({})",
      R"({"type": "object"})",
      R"({"type": "object", "properties": {"message": {"type": "string"}},
          "required": ["message"]})",
      R"({"type": "object", "properties": {"a": {"type": "number"},
          "b": {"type": "integer", "minimum": 3}}, "required": ["a", "b"]})",
      R"({"type": "object", "properties": {"place": {"enum": ["Rome", "Oslo"]},
          "day": {"type": "string", "format": "date"}},
          "required": ["place", "day"]})",
      R"({"type": "object", "properties": {"entities": {"type": "array",
          "items": {"type": "object", "properties": {
            "name": {"type": "string"}, "kind": {"const": "cat"},
            "notes": {"type": "array", "items": {"type": "string"}}},
          "required": ["name", "kind", "notes"]}}}, "required": ["entities"]})",
      R"({"type": "object", "properties": {"x": {"anyOf": [
          {"type": "boolean"}, {"type": "null"}]}}, "required": ["x"]})",
      R"({"type": "object", "properties": {"x": {"type": ["null", "string"]}},
          "required": ["x"]})"};
  for (const char* text : kSchemas) {
    ToolSpec spec{"tool", "", "", *parse_json(text)};
    Json arguments = example_arguments(spec.parameters);
    auto verdict = ArgumentCheck(spec).check(arguments);
    EXPECT_FALSE(verdict.problem) << text << "\n" << *verdict.problem;
  }
}

TEST(ExampleArguments, EndWhereASchemaHasNoEnd) {
  Json schema = *parse_json(R"({"required": ["x"]})");
  for (int depth = 0; depth < 100; ++depth) {
    schema = {{"required", {"x"}}, {"properties", {{"x", schema}}}};
  }
  EXPECT_LT(to_text(example_arguments(schema)).size(), 200u);
  EXPECT_EQ(example_arguments("nonsense"), Json::object());
}

}  // namespace
}  // namespace simulate
