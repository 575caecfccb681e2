#include "tests/calls/rubbish.h"

#include "simulator/base/random.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

const std::vector<std::string> kOpeners = {
    "",
    "<tool_call>",
    "<tool_calls>",
    "<function_calls>",
    "<TOOLCALL>",
    "<tool_call>f",
    "<tool_call>f<arg_key>",
    "<tool_call>f<arg_key>a</arg_key><arg_value>",
    "<tool_call><function=f>",
    "<function=f>",
    "<function=f><parameter=a>",
    "<function name=\"f\">",
    "<invoke name=\"f\">",
    "<invoke name=\"f\"><parameter name=\"a\">",
    "<minimax:tool_call>",
    "<\xEF\xBD\x9C"
    "DSML\xEF\xBD\x9C"
    "function_calls>",
    "<\xEF\xBD\x9C"
    "DSML\xEF\xBD\x9C"
    "invoke name=\"f\">",
    "[TOOL_CALLS]",
    "[TOOL_CALLS]f[ARGS]",
    "[TOOL_CALLS]f[CALL_ID]",
    "functools[",
    "<|tool_call|>",
    "<|python_tag|>",
    "<|python_start|>",
    "<|START_ACTION|>",
    "<|tool_call_start|>",
    "<\xEF\xBD\x9Ctool_calls_begin\xEF\xBD\x9C>",
    "<\xEF\xBD\x9Ctool_call_begin\xEF\xBD\x9C>",
    "<|tool_call_begin|>f<|tool_sep|>",
    "<|tool_call_begin|>function<|tool_sep|>f\n",
    "<|tool_calls_section_begin|>",
    "<|tool_call_begin|>f:0<|tool_call_argument_begin|>",
    "\n>>>f\n",
    "<|channel|>",
    "<|channel|>analysis<|message|>",
    "<|channel|>commentary to=functions.f<|message|>",
    "<|start|>assistant",
    "<think>",
    "[THINK]",
    "<|START_THINKING|>",
    "<tool_result>",
    "\n```json\n",
    "\nf(",
    "<|",
    "</",
    "<tool_",
    ">>>",
    "[TOOL",
    "<a:",
    "<function=",
    "<invoke name=",
};

const std::vector<std::string> kBodies = {
    "",
    "a",
    " ",
    "{",
    "[",
    "f(",
    "f(a=\"",
    "f(a=[",
    "f(a=oops)",
    "f(a=1), ",
    "\n[f(a=1), ",
    "[f(a=\"",
    "\xC3\xB6",
    "</parameter> x",
    "{\"name\": \"f\"}",
    "{\"name\": \"f\", \"arguments\": {\"a\": \"",
    "{'a': ['",
    "[{\"name\":",
    "\\\"",
    "#",
    ";",
    "]",
    "```",
    "<",
    "</think>",
    "</tool_call>",
    "</parameter>",
    "<parameter=a>",
    "<arg_key>a",
    "{\"a\": 1, ",
    "[1, ",
    "\"",
    "\\",
    "'''",
    "(",
    "<|",
    "a\n",
    "`",
    "``",
    "f()",
    "f(a=1)\n",
    "g(\n",
    "f(a=[[[[",
    "{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}\n",
    "{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}</tool_call>",
    "f(a=\"x\")</tool_call>",
    "[f(",
    "f",
    "<tool_call",
    "</s>",
    "<invoke>",
    "a|>",
    "\"a\", ",
    "\"\", ",
};

Rubbish random_bytes(size_t bytes, Random& random) {
  Rubbish rubbish;
  while (rubbish.once.size() < bytes) {
    rubbish.once += static_cast<char>(random.next());
  }
  return rubbish;
}

const std::string& random_part(Random& random) {
  return random.pick(random.chance(0.3) ? kOpeners : kBodies);
}

Rubbish random_parts(size_t bytes, Random& random) {
  Rubbish rubbish;
  while (rubbish.once.size() < bytes) rubbish.once += random_part(random);
  return rubbish;
}

// A few, so that each meets each often.
Rubbish repeated_parts(Random& random) {
  Rubbish rubbish;
  while (rubbish.again.empty()) {
    for (int n = random.between(2, 5); n > 0; --n) {
      rubbish.again += random_part(random);
    }
  }
  return rubbish;
}

Rubbish nested(const std::string& open, const std::string& close,
               size_t bytes) {
  Rubbish rubbish = {"<tool_call>f(a=", ""};
  size_t depth = bytes / (open.size() + close.size());
  for (size_t i = 0; i < depth; ++i) rubbish.once += open;
  for (size_t i = 0; i < depth; ++i) rubbish.once += close;
  rubbish.once += ")</tool_call>";
  return rubbish;
}

Rubbish long_text(size_t bytes) {
  return {R"(<tool_call>{"name": "f", "arguments": {"a": ")" +
              std::string(bytes, 'x') + R"("}}</tool_call>)",
          ""};
}

}  // namespace

std::vector<Rubbish> all_rubbish() {
  std::vector<Rubbish> all;
  for (const std::string& opener : kOpeners) {
    for (const std::string& body : kBodies) {
      if ((opener + body).empty()) continue;
      all.push_back({"", opener + body});
      if (body.empty() || opener.empty()) continue;
      all.push_back({opener, body});
    }
  }
  return all;
}

std::vector<Rubbish> random_rubbish(size_t bytes) {
  Random random(1);
  std::vector<Rubbish> all = {
      random_bytes(bytes, random),   long_text(bytes),
      nested("[", "]", bytes),       nested("[0,", "]", bytes),
      nested("{\"a\":", "}", bytes), random_parts(bytes, random),
      random_parts(bytes, random),   random_parts(bytes, random)};
  for (int i = 0; i < 200; ++i) all.push_back(repeated_parts(random));
  return all;
}

std::string written(const Rubbish& rubbish, size_t bytes) {
  std::string text = rubbish.once;
  if (rubbish.again.empty()) return text;
  text.reserve(bytes + rubbish.again.size());
  while (text.size() < bytes) text += rubbish.again;
  return text;
}

std::string shown(const Rubbish& rubbish) {
  return to_text(Json::array({shortened(printable(rubbish.once), 60),
                              shortened(printable(rubbish.again), 60)}));
}

std::vector<ToolSpec> rubbish_tools() {
  Json text = {{"type", "string"}};
  return {{"f", "", "{}", {{"type", "object"}, {"properties", {{"a", text}}}}}};
}

}  // namespace simulate
