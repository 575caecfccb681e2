#include "simulator/calls/tool.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

std::optional<ToolSpec> read(const char* text) {
  return tool_spec_from(*parse_json(text));
}

TEST(Tool, IsReadFromEachShapeThatSchemasComeIn) {
  const char* shapes[] = {
      R"({"type": "function", "function": {"name": "f", "description": "d",
          "parameters": {"properties": {"a": {"type": "integer"}},
                         "required": ["a"]}}})",
      R"({"name": "f", "description": "d",
          "parameters": {"properties": {"a": {"type": "integer"}},
                         "required": ["a"]}})",
      R"({"name": "f", "description": "d",
          "inputSchema": {"properties": {"a": {"type": "integer"}},
                          "required": ["a"]}})",
      R"({"name": "f", "description": "d",
          "input_schema": {"properties": {"a": {"type": "integer"}},
                           "required": ["a"]}})",
  };
  for (const char* shape : shapes) {
    std::optional<ToolSpec> spec = read(shape);
    ASSERT_TRUE(spec) << shape;
    EXPECT_EQ(spec->name, "f");
    EXPECT_EQ(spec->description, "d");
    EXPECT_EQ(spec->parameters["required"], Json::array({"a"}));
    EXPECT_TRUE(parse_json(spec->example)->contains("a")) << spec->example;
  }
}

TEST(Tool, WithoutASchemaTakesNoArguments) {
  for (const char* shape :
       {R"({"name": "f"})", R"({"name": "f", "parameters": null})"}) {
    std::optional<ToolSpec> spec = read(shape);
    ASSERT_TRUE(spec) << shape;
    EXPECT_EQ(spec->parameters["type"], "object");
    EXPECT_EQ(spec->example, "{}");
  }
}

TEST(Tool, NeedsAName) {
  for (const char* shape :
       {"[]", "null", "{}", R"({"name": ""})", R"({"function": {}})",
        R"({"type": "function", "function": 5})"}) {
    EXPECT_FALSE(read(shape)) << shape;
  }
}

TEST(Tool, IsFoundByItsWholeName) {
  std::vector<ToolSpec> tools = {{"add", "", "{}", {}}, {"ad", "", "{}", {}}};
  EXPECT_EQ(tool_named(tools, "ad"), &tools[1]);
  EXPECT_EQ(tool_named(tools, "a"), nullptr);
  EXPECT_EQ(tool_named({}, "ad"), nullptr);
}

}  // namespace
}  // namespace simulate
