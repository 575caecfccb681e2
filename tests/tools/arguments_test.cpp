#include "tools/arguments.h"

#include <gtest/gtest.h>

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
      "yes": {"type": "boolean"}, "size": {"enum": ["s", "l"]}},
      "required": ["texts"], "additionalProperties": false})");
  return spec;
}

std::string checked(const std::string& text) {
  Json arguments = *parse_json(text);
  std::optional<std::string> problem = check_arguments(spec(), arguments);
  return problem ? *problem : to_text(arguments);
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
      {R"({"texts":["a"],"n":null})", R"({"texts":["a"]})"},
      {R"({"texts":["a"],"size":"s","yes":true})",
       R"({"texts":["a"],"size":"s","yes":true})"},
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
      {R"({"texts":["a"],"text":5})", R"("text" must be a string, got a num)"},
      {R"({"texts":["a"],"yes":"true"})", R"("yes" must be a boolean)"},
      {R"({"texts":["a"],"size":"m"})", R"(one of "s", "l", got "m")"},
      {R"({"text":["a"],"txts":["a"]})", R"(did you mean "texts"?)"},
  };
  for (const auto& [text, expected] : rows) {
    EXPECT_TRUE(contains(checked(text), expected))
        << text << " -> " << checked(text);
  }
}

TEST(Arguments, ShowsAnExample) {
  EXPECT_EQ(checked(R"({"texts":true})"),
            "f: argument \"texts\" must be a list of strings, got true or "
            "false. Example: f(texts=[\"...\"])");
}

}  // namespace
}  // namespace simulate
