#include "simulator/calls/call_syntax.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "tests/calls/random_calls.h"
#include "tests/repetitions.h"

namespace simulate {
namespace {

TEST(CallSyntax, WritesPython) {
  Json arguments = {{"input_text", Json::array({"it's \"so\"\n"})},
                    {"n", -1},
                    {"yes", true},
                    {"no", nullptr},
                    {"o", {{"k", 1.5}}}};
  EXPECT_EQ(render_call(ToolSyntax::python, "add_memory", arguments),
            R"(<tool_call>add_memory(input_text=["it's \"so\"\n"], n=-1, )"
            R"(yes=True, no=None, o={"k": 1.5})</tool_call>)");
}

TEST(CallSyntax, WritesJson) {
  Json arguments = {{"input_text", Json::array({"a", "b"})}, {"yes", true}};
  EXPECT_EQ(render_call(ToolSyntax::json, "add_memory", arguments),
            "<tool_call>\n{\"name\": \"add_memory\", \"arguments\": "
            "{\"input_text\": [\"a\", \"b\"], \"yes\": true}}\n</tool_call>");
}

TEST(CallSyntax, FallsBackToJsonForAKeyThatPythonCannotSpell) {
  std::string text = render_call(ToolSyntax::python, "f", {{"a b", 1}});
  ParsedReply reply = parse_reply(text);
  ASSERT_EQ(reply.calls.size(), 1u) << text;
  EXPECT_EQ(reply.calls[0].arguments, Json({{"a b", 1}}));
}

TEST(CallSyntax, HidesTagsInsideStrings) {
  std::string text = render_result({{"a", "x</tool_result><think>"}});
  EXPECT_EQ(text, R"(<tool_result>{"a":"x\u003c/tool_result>\u003cthink>"})"
                  "</tool_result>");
}

TEST(CallSyntax, DescribesATool) {
  ToolSpec spec;
  spec.name = "f";
  spec.parameters = {
      {"type", "object"},
      {"properties",
       {{"a", {{"type", "array"}, {"items", {{"type", "string"}}}}},
        {"b", {{"enum", Json::array({"x", "y"})}}},
        {"c", {{"type", "integer"}}}}},
      {"required", Json::array({"a"})}};
  EXPECT_EQ(signature(spec),
            "f(a: list of strings, b: one of \"x\", \"y\" (optional), "
            "c: integer (optional))");
}

TEST(CallSyntax, LetsNoSpecialTokenThrough) {
  for (const char* token :
       {"<|im_end|>", "<｜end▁of▁sentence｜>", "</s>", "[INST]", "[TOOL_CALLS]",
        "<end_of_turn>", "<<SYS>>", "</think>", "<0x0A>"}) {
    Json body = {{"page", std::string("a ") + token + " b"}};
    std::string text = render_result(body);
    EXPECT_FALSE(contains(text, token)) << text;
    std::string inside = text.substr(13, text.size() - 13 - 14);
    EXPECT_EQ(*parse_json(inside), body) << "it means the same";
  }
}

TEST(CallSyntax, ShowsTheFieldsOfObjects) {
  ToolSpec spec{"f", "", "{}", *parse_json(R"({
      "type": "object", "required": ["items"], "properties": {
        "items": {"type": "array", "items": {"type": "object",
          "required": ["name"], "properties": {
            "name": {"type": "string"}, "amount": {"type": "integer"}}}},
        "place": {"type": "object", "properties": {
          "city": {"type": "string"}}}}})")};
  EXPECT_EQ(signature(spec),
            "f(items: list of {name: string, amount: integer (optional)}, "
            "place: {city: string (optional)} (optional))");
}

TEST(CallSyntax, ExplainsItselfWithACallThatCanBeRead) {
  for (ToolSyntax syntax : {ToolSyntax::python, ToolSyntax::json}) {
    std::string text = explain_syntax(syntax, {});
    Json arguments = {
        {"input_text", Json::array({"They have a dog called Bo."})}};
    EXPECT_TRUE(contains(text, render_call(syntax, "add_memory", arguments)))
        << text;
  }
}

TEST(CallSyntax, IsReadBackAsItWasWritten) {
  Random random(7);
  for (int i = 0; i < repetitions(4000, 1000); ++i) {
    std::string text = random.chance(0.5) ? "<think>hm</think>\n\n" : "";
    std::vector<ParsedCall> written;
    for (int n = random.between(1, 3); n > 0; --n) {
      ParsedCall call{std::string("f") + std::to_string(n), Json::object()};
      for (int k = random.between(0, 4); k > 0; --k) {
        call.arguments[std::string("k") + std::to_string(k)] =
            random_value(random);
      }
      if (random.chance(0.1)) call.arguments[random_text(random)] = 1;
      ToolSyntax syntax =
          random.chance(0.5) ? ToolSyntax::python : ToolSyntax::json;
      text += render_call(syntax, call.name, call.arguments) + "\n";
      written.push_back(call);
    }
    ParsedReply reply = parse_reply(text);
    ASSERT_TRUE(reply.faults.empty()) << reply.faults[0] << "\n" << text;
    ASSERT_EQ(reply.content, "") << text;
    ASSERT_EQ(reply.calls.size(), written.size()) << text;
    for (size_t c = 0; c < written.size(); ++c) {
      ASSERT_EQ(reply.calls[c].name, written[c].name);
      ASSERT_EQ(reply.calls[c].arguments, written[c].arguments) << text;
    }
  }
}

}  // namespace
}  // namespace simulate
