#include "simulator/calls/call_syntax.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate {

namespace {

struct Words {
  const char* yes;
  const char* no;
  const char* nothing;
};

constexpr Words kPython = {"True", "False", "None"};
constexpr Words kJson = {"true", "false", "null"};

// In JSON and in our Python a "<" only stands inside strings, where its escape
// means the same. Special tokens of chat templates go the same way: what a tool
// found on some page must not end a message.
std::string without_tags(std::string text) {
  static const RE2 pattern(
      R"((?i)<(/?(?:think|tool_calls?|tool_result|tool_response)\b|\||\xEF\xBD\x9C|)"
      R"(/?s>|(?:start|end)_of_turn>|<?/?SYS>>|0x[0-9A-F]+>))",
      RE2::Latin1);
  static const RE2 bracket(R"(\[(/?INST\]|TOOL_CALLS\]))", RE2::Latin1);
  RE2::GlobalReplace(&text, pattern, R"(\\u003c\1)");
  RE2::GlobalReplace(&text, bracket, R"(\\u005b\1)");
  return text;
}

void write(const Json& value, const Words& words, std::string& out);

void write_list(const Json& list, const Words& words, std::string& out) {
  out += '[';
  for (size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ", ";
    write(list[i], words, out);
  }
  out += ']';
}

void write_object(const Json& object, const Words& words, std::string& out) {
  out += '{';
  const char* separator = "";
  for (const auto& [key, value] : object.items()) {
    out += separator + to_text(key) + ": ";
    write(value, words, out);
    separator = ", ";
  }
  out += '}';
}

void write(const Json& value, const Words& words, std::string& out) {
  if (value.is_array()) return write_list(value, words, out);
  if (value.is_object()) return write_object(value, words, out);
  if (value.is_null()) {
    out += words.nothing;
  } else if (value.is_boolean()) {
    out += value.get<bool>() ? words.yes : words.no;
  } else {
    out += to_text(value);
  }
}

std::string json_call(const std::string& name, const Json& arguments) {
  std::string text;
  write({{"name", name}, {"arguments", arguments}}, kJson, text);
  return without_tags(std::move(text));
}

bool is_identifier(const std::string& text) {
  static const RE2 pattern(R"([A-Za-z_]\w*(\.[A-Za-z_]\w*)*)", RE2::Latin1);
  return RE2::FullMatch(text, pattern);
}

bool python_can_spell(const std::string& name, const Json& arguments) {
  if (!is_identifier(name)) return false;
  for (const auto& [key, value] : arguments.items()) {
    if (!is_identifier(key)) return false;
  }
  return true;
}

bool is_required(const Json& object, const std::string& field) {
  auto required = object.find("required");
  return required != object.end() &&
         std::find(required->begin(), required->end(), Json(field)) !=
             required->end();
}

std::string shape_of(const Json& schema, int depth);

// name: string, amount: string (optional)
std::string fields_of(const Json& object, int depth) {
  auto properties = object.find("properties");
  if (properties == object.end() || !properties->is_object()) return "";
  std::vector<std::string> parts;
  for (const auto& [name, schema] : properties->items()) {
    parts.push_back(name + ": " + shape_of(schema, depth) +
                    (is_required(object, name) ? "" : " (optional)"));
  }
  return joined(parts, ", ");
}

// In words, and objects with their fields, as deep as anybody reads.
std::string shape_of(const Json& schema, int depth) {
  if (!schema.is_object() || depth == 0) return type_in_words(schema);
  std::string fields = fields_of(schema, depth - 1);
  if (!fields.empty()) return "{" + fields + "}";
  auto items = schema.find("items");
  bool list = items != schema.end() && items->is_object() &&
              items->contains("properties");
  return list ? "list of " + shape_of(*items, depth) : type_in_words(schema);
}

std::string plural(const Json& schema) {
  return schema.is_object() && schema.contains("type")
             ? type_in_words(schema) + "s"
             : "values";
}

std::string example_call(ToolSyntax syntax,
                         const std::vector<ToolSpec>& tools) {
  auto known = std::find_if(
      tools.begin(), tools.end(),
      [](const ToolSpec& tool) { return tool.name == "add_memory"; });
  if (known != tools.end() || tools.empty()) {
    return render_call(syntax, "add_memory",
                       {{"input_text", {"They have a dog called Bo."}}});
  }
  return render_call(syntax, tools[0].name,
                     parse_json(tools[0].example).value_or(Json::object()));
}

}  // namespace

std::string render_call(ToolSyntax syntax, const std::string& name,
                        const Json& arguments) {
  if (syntax == ToolSyntax::python && python_can_spell(name, arguments)) {
    return "<tool_call>" + python_call(name, arguments) + "</tool_call>";
  }
  return "<tool_call>\n" + json_call(name, arguments) + "\n</tool_call>";
}

std::string python_call(const std::string& name, const Json& arguments) {
  std::string text = name + "(";
  const char* separator = "";
  for (const auto& [key, value] : arguments.items()) {
    text += separator + key + "=";
    write(value, kPython, text);
    separator = ", ";
  }
  return without_tags(text + ")");
}

std::string render_result(const Json& body) {
  return "<tool_result>" + without_tags(to_text(body)) + "</tool_result>";
}

std::string signature(const ToolSpec& spec) {
  constexpr int kDeepest = 3;
  return spec.name + "(" + fields_of(spec.parameters, kDeepest) + ")";
}

std::string type_in_words(const Json& schema) {
  if (schema.contains("enum")) {
    std::vector<std::string> choices;
    for (const Json& choice : schema["enum"]) {
      choices.push_back(to_text(choice));
    }
    return "one of " + joined(choices, ", ");
  }
  auto types = schema.find("type");
  if (types != schema.end() && types->is_array()) {
    std::vector<std::string> words;
    for (const Json& name : *types) {
      if (name.is_string()) words.push_back(name.get<std::string>());
    }
    return joined(words, " or ");
  }
  std::string type = string_at(schema, "type", "value");
  if (type != "array") return type;
  auto items = schema.find("items");
  return "list of " + (items == schema.end() ? "values" : plural(*items));
}

std::string explain_syntax(ToolSyntax syntax,
                           const std::vector<ToolSpec>& tools) {
  std::string example = example_call(syntax, tools);
  std::string kind = syntax == ToolSyntax::python
                         ? "Name every argument; write texts in double quotes."
                         : "The tag holds one JSON object.";
  return example + "\n\n" + kind + " Several calls each get their own tags.";
}

}  // namespace simulate
