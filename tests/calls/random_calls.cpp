#include "tests/calls/random_calls.h"

namespace simulate {

namespace {

const std::vector<std::string> kParts = {"a",
                                         " ",
                                         "\"",
                                         "'",
                                         "\\",
                                         "\n",
                                         "\t",
                                         "<",
                                         ">",
                                         "{",
                                         "}",
                                         "[",
                                         "]",
                                         "(",
                                         ")",
                                         ",",
                                         "=",
                                         ":",
                                         "#",
                                         "//",
                                         "```",
                                         "None",
                                         "u003c",
                                         "\\u003c",
                                         "\"\"\"",
                                         "\x01",
                                         "\xC2\xA0",
                                         "\xC3\xA9",
                                         "\xF0\x9F\x90\xB6",
                                         "<think>",
                                         "</think>",
                                         "</think",
                                         "<tool_call>",
                                         "</tool_call>",
                                         "<TOOL_CALL >",
                                         "<tool_result>",
                                         "</function>",
                                         "<function=f>",
                                         "<parameter=a>",
                                         "</parameter>",
                                         "</invoke>",
                                         "<arg_key>",
                                         "</arg_value>",
                                         "[TOOL_CALLS]",
                                         "[/THINK]",
                                         "functools[",
                                         "\n>>>f\n",
                                         "<|python_tag|>",
                                         "<|call|>",
                                         "<|eot_id|>",
                                         "<|tool_call_end|>",
                                         "<|channel|>analysis<|message|>",
                                         "<\xEF\xBD\x9Ctool\xE2\x96\x81"
                                         "calls\xE2\x96\x81"
                                         "end\xEF\xBD\x9C>",
                                         "{\"name\": \"f\"}",
                                         "f(a=1)"};

const std::vector<std::string> kNames = {
    "f",  "add", "add_memory", "get_weather", "get-time",   "math.sum",
    "f2", "_x",  "function",   "name",        "json_query", "g"};

const char* type_of(const Json& value) {
  if (value.is_boolean()) return "boolean";
  if (value.is_number_integer()) return "integer";
  if (value.is_number()) return "number";
  if (value.is_string()) return "string";
  return value.is_array() ? "array" : "object";
}

Json schema_of(const Json& value) {
  if (value.is_null()) return {{"type", Json::array({"string", "null"})}};
  return {{"type", type_of(value)}};
}

}  // namespace

std::string random_text(Random& random) {
  std::string text;
  for (int n = random.between(0, 12); n > 0; --n) text += random.pick(kParts);
  return text;
}

Json random_value(Random& random, int depth) {
  switch (random.below(depth > 3 ? 6 : 8)) {
    case 0:
      return nullptr;
    case 1:
      return random.chance(0.5);
    case 2:
      return static_cast<int64_t>(random.next());
    case 3:
      return random.fraction() * 1e9 - 5e8;
    case 6: {
      Json list = Json::array();
      for (int n = random.between(0, 4); n > 0; --n) {
        list.push_back(random_value(random, depth + 1));
      }
      return list;
    }
    case 7: {
      Json object = Json::object();
      for (int n = random.between(0, 4); n > 0; --n) {
        object[random_text(random)] = random_value(random, depth + 1);
      }
      return object;
    }
    default:
      return random_text(random);
  }
}

ParsedCall random_call(Random& random) {
  ParsedCall call{random.pick(kNames), Json::object()};
  for (int n = random.between(0, 4); n > 0; --n) {
    std::string key = std::string("key_") + std::to_string(n);
    if (random.chance(0.05)) key = random_text(random);
    call.arguments[key] = random_value(random);
  }
  return call;
}

std::vector<ToolSpec> tools_for(const std::vector<ParsedCall>& calls) {
  std::vector<ToolSpec> tools;
  for (const ParsedCall& call : calls) {
    Json properties = Json::object();
    for (const auto& [key, value] : call.arguments.items()) {
      properties[key] = schema_of(value);
    }
    tools.push_back({call.name,
                     "",
                     "{}",
                     {{"type", "object"}, {"properties", properties}}});
  }
  return tools;
}

}  // namespace simulate
