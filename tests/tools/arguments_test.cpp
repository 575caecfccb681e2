#include "tools/arguments.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {
namespace {

ToolSpec spec() {
  ToolSpec spec;
  spec.name = "f";
  spec.example = R"({"texts": ["..."]})";
  spec.parameters = *parse_json(R"({"type": "object", "properties": {
      "texts": {"type": "array", "items": {"type": "string"}, "minItems": 1},
      "numbers": {"type": "array", "items": {"type": "integer"}},
      "text": {"type": "string"}, "n": {"type": "integer"},
      "yes": {"type": "boolean"}, "size": {"enum": ["s", "l"]},
      "maybe": {"type": ["string", "null"]},
      "code": {"type": "string", "pattern": "^[a-z]+$"},
      "set": {"type": "array", "uniqueItems": true},
      "part": {"type": "object", "properties": {"a": {"type": "integer"}}},
      "ratio": {"type": "number", "maximum": 2}},
      "required": ["texts"], "additionalProperties": false})");
  return spec;
}

std::string checked(const std::string& text) {
  Json arguments = *parse_json(text);
  auto verdict = ArgumentCheck(spec()).check(arguments);
  return verdict.problem ? *verdict.problem : to_text(arguments);
}

TEST(Arguments, PutsRightWhatCanOnlyMeanOneThing) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"texts":["a"]})", R"({"texts":["a"]})"},
      {R"({"texts":"a"})", R"({"texts":["a"]})"},
      {R"({"texts":["a"],"numbers":2})", R"({"texts":["a"],"numbers":[2]})"},
      {R"({"texts":["a"],"numbers":"2"})", R"({"texts":["a"],"numbers":[2]})"},
      {R"({"texts":["a"],"numbers":["1",2.0]})",
       R"({"texts":["a"],"numbers":[1,2]})"},
      {R"({"texts":["a"],"n":"1"})", R"({"texts":["a"],"n":1})"},
      {R"({"texts":["a"],"n":8000000000000001.0})",
       R"({"texts":["a"],"n":8000000000000001})"},
      {R"({"texts":["a"],"n":null})", R"({"texts":["a"]})"},
      {R"({"texts":["a"],"size":"s","yes":true})",
       R"({"texts":["a"],"size":"s","yes":true})"},
      {R"({"texts":["a"],"yes":"True","size":"S"})",
       R"({"texts":["a"],"yes":true,"size":"s"})"},
      {R"({"texts":"['a', 'b']"})", R"({"texts":["a","b"]})"},
      {R"({"texts":["a"],"part":"{\"a\": \"3\"}"})",
       R"({"texts":["a"],"part":{"a":3}})"},
      {R"({"texts":["a"],"ratio":"1.5","maybe":null})",
       R"({"texts":["a"],"ratio":1.5,"maybe":null})"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(checked(text), expected);
}

TEST(Arguments, SaysWhatIsWrongAndWhatIsAllowed) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({})", R"(argument "texts" is missing, it must be a list of strings)"},
      {R"({"texts":5})", R"(item 1 is a number)"},
      {R"({"texts":null})", R"(must be a list of strings, got null)"},
      {R"({"texts":{"a":1}})", R"(must be a list of strings, got an object)"},
      {R"({"texts":[]})", R"(must hold at least 1 item, got an empty list)"},
      {R"({"texts":["a",1]})", R"(but item 2 is a number)"},
      {R"({"texts":["a"],"numbers":[1.5]})", R"(list of integers)"},
      {R"({"texts":["a"],"n":"one"})", R"("n" must be an integer, got a str)"},
      {R"({"texts":["a"],"n":9007199254740994.0})",
       R"("n" must be an integer)"},
      {R"({"texts":["a"],"n":-1e16})", R"("n" must be an integer)"},
      {R"({"texts":["a"],"text":5})", R"("text" must be a string, got a num)"},
      {R"({"texts":["a"],"yes":"yes"})", R"("yes" must be a boolean)"},
      {R"({"texts":["a"],"maybe":5})", R"("maybe" must be a string or null)"},
      {R"({"texts":["a"],"code":"a1"})", "\"code\": must match the pattern"},
      {R"({"texts":["a"],"set":[1,1]})", "\"set\": must not hold 1 twice"},
      {R"({"texts":["a"],"part":{"a":"x"}})", "\"part a\": "},
      {R"({"texts":["a"],"ratio":7})", "\"ratio\": "},
      {R"({"texts":["a"],"size":"m"})", R"(one of "s", "l", got "m")"},
      {R"({"text":["a"],"txts":["a"]})", R"(did you mean "texts"?)"},
  };
  for (const auto& [text, expected] : rows) {
    EXPECT_TRUE(contains(checked(text), expected))
        << text << " -> " << checked(text);
  }
}

TEST(Arguments, SaysWhatItPutRight) {
  Json arguments = *parse_json(R"({"texts": "a", "n": "1", "yes": null})");
  auto verdict = ArgumentCheck(spec()).check(arguments);
  EXPECT_EQ(joined(verdict.repairs.take(), ", "),
            "one value for a list, a text for a number, null for an absent "
            "argument");
}

TEST(Arguments, LeavesARejectedCallAsItWasWritten) {
  Json arguments = *parse_json(R"({"texts": "a", "n": "one"})");
  EXPECT_TRUE(ArgumentCheck(spec()).check(arguments).problem);
  EXPECT_EQ(to_text(arguments), R"({"texts":"a","n":"one"})");
}

TEST(Arguments, FollowsReferencesWithinTheSchema) {
  ToolSpec tool;
  tool.name = "t";
  tool.parameters = *parse_json(R"({"type": "object", "properties": {
      "a": {"$ref": "#/definitions/small"}},
      "definitions": {"small": {"type": "integer", "maximum": 3}}})");
  ArgumentCheck check(tool);
  Json good = {{"a", 3}};
  Json bad = {{"a", 4}};
  EXPECT_FALSE(check.check(good).problem);
  EXPECT_TRUE(check.check(bad).problem);
}

TEST(Arguments, RefusesWhatIsNoSchema) {
  for (const char* wrong :
       {R"({"type": 5})", R"({"type": "strange"})", R"([])",
        R"({"properties": {"a": {"$ref": "http://nowhere/x.json"}}})"}) {
    ToolSpec tool;
    tool.name = "t";
    tool.parameters = *parse_json(wrong);
    EXPECT_THROW(ArgumentCheck check(tool), Error) << wrong;
  }
}

// std::regex would overflow the stack.
TEST(Arguments, JudgesALongTextByItsPattern) {
  Json arguments = {{"texts", Json::array({"a"})},
                    {"code", std::string(1 << 20, 'a')}};
  EXPECT_FALSE(ArgumentCheck(spec()).check(arguments).problem);
}

TEST(Arguments, ShowsAnExample) {
  EXPECT_EQ(checked(R"({"texts":true})"),
            "f: argument \"texts\" must be a list of strings, got true or "
            "false. Example: f(texts=[\"...\"])");
}

// The judge says nothing of some keywords.
TEST(Arguments, SaysSomethingOfWhatTheJudgeDoesNotExplain) {
  ToolSpec names = spec();
  names.parameters = *parse_json(R"({"propertyNames": {"maxLength": 2}})");
  Json arguments = {{"abc", 1}};
  auto verdict = ArgumentCheck(names).check(arguments);
  ASSERT_TRUE(verdict.problem);
  EXPECT_TRUE(contains(*verdict.problem, "f: it does not fit its schema."))
      << *verdict.problem;
}

TEST(Arguments, RefusesSchemasThatWouldBringTheJudgeDown) {
  const char* schemas[] = {
      R"({"$ref": "#"})",
      R"({"$ref": "x"})",
      R"({"$id": "x", "$ref": "x"})",
      R"({"allOf": [{"$ref": "#"}]})",
      R"({"definitions": {"a": {"$ref": "#/definitions/b"},
                          "b": {"$ref": "#/definitions/%61"}}})",
      R"({"properties": {"n": {"multipleOf": 0}}})",
      R"({"properties": {"n": {"multipleOf": -1}}})",
  };
  for (const char* schema : schemas) {
    ToolSpec bad = spec();
    bad.parameters = *parse_json(schema);
    EXPECT_THROW(ArgumentCheck{bad}, Error) << schema;
  }
}

TEST(Arguments, MeasuresNumbersOfAnySizeInWholeSteps) {
  ToolSpec steps = spec();
  steps.parameters = *parse_json(R"({"properties": {"n": {"multipleOf": 7}}})");
  ArgumentCheck check(steps);
  for (const char* right : {"0", "-14", "21.0", "8264141345021879123968"}) {
    Json arguments = {{"n", *parse_json(right)}};
    EXPECT_FALSE(check.check(arguments).problem) << right;
  }
  for (const char* wrong : {"8", "7.5", "-0.25", "1e30"}) {
    Json arguments = {{"n", *parse_json(wrong)}};
    EXPECT_TRUE(check.check(arguments).problem) << wrong;
  }
}

TEST(Arguments, RefusesSchemasThatMultiply) {
  Json schema = {{"definitions", Json::object()}, {"$ref", "#/definitions/d0"}};
  for (int i = 0; i < 30; ++i) {
    Json next = {{"$ref", "#/definitions/d" + std::to_string(i + 1)}};
    schema["definitions"]["d" + std::to_string(i)] = {{"anyOf", {next, next}}};
  }
  schema["definitions"]["d30"] = {{"type", "string"}};
  ToolSpec bad = spec();
  bad.parameters = schema;
  try {
    ArgumentCheck check(bad);
    ADD_FAILURE() << "it was taken";
  } catch (const Error& refusal) {
    EXPECT_TRUE(contains(refusal.what(), "multiply")) << refusal.what();
  }
}

// Link behind link, each inside of the one before: no stack is that deep.
TEST(Arguments, RefusesSchemasThatNestWithoutEnd) {
  Json definitions = Json::object();
  for (int i = 0; i < 3'000; ++i) {
    Json next = {{"$ref", "#/definitions/d" + std::to_string(i + 1)}};
    definitions["d" + std::to_string(i)] = {{"properties", {{"a", next}}}};
  }
  definitions["d3000"] = {{"type", "string"}};
  ToolSpec deep = spec();
  deep.parameters = {{"definitions", definitions},
                     {"$ref", "#/definitions/d0"}};
  EXPECT_THROW(ArgumentCheck{deep}, Error);
}

// Each level of the value doubles the work.
TEST(Arguments, RefusesValuesThatWouldTakeForEverToJudge) {
  ToolSpec odd = spec();
  odd.parameters = *parse_json(R"({"definitions": {"n": {"anyOf": [
      {"properties": {"a": {"$ref": "#/definitions/n"}}, "required": ["b"]},
      {"properties": {"a": {"$ref": "#/definitions/n"}}, "required": ["c"]}]}},
      "properties": {"x": {"$ref": "#/definitions/n"}}})");
  Json value = {{"c", 1}};
  for (int i = 0; i < 60; ++i) value = {{"a", value}, {"c", 1}};
  Json arguments = {{"x", value}};
  auto verdict = ArgumentCheck(odd).check(arguments);
  ASSERT_TRUE(verdict.problem);
  EXPECT_TRUE(contains(*verdict.problem, "too intricate")) << *verdict.problem;
  Json shallow = {{"x", {{"a", {{"c", 1}}}, {"c", 1}}}};
  EXPECT_FALSE(ArgumentCheck(odd).check(shallow).problem);
}

TEST(Arguments, ReadsABoundThatIsWrittenAsAText) {
  ToolSpec odd = spec();
  odd.parameters = *parse_json(
      R"({"properties": {"a": {"type": "array", "minItems": "1"}}})");
  Json arguments = {{"a", Json::array()}};
  EXPECT_TRUE(ArgumentCheck(odd).check(arguments).problem);
}

}  // namespace
}  // namespace simulate
