#include "tools/arguments.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "simulator/base/text.h"
#include "tools/call_syntax.h"

namespace simulate {

namespace {

using Problem = std::optional<std::string>;

std::string kind_of(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return "true or false";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "a string";
  return value.is_array() ? "a list" : "an object";
}

std::string with_article(const std::string& words) {
  if (words.rfind("one of", 0) == 0) return words;
  bool vowel = std::string_view("aeiou").find(words[0]) != std::string::npos;
  return (vowel ? "an " : "a ") + words;
}

void make_integer(Json& value) {
  if (value.is_number_float()) {
    double number = value.get<double>();
    // Beyond 2^53 a double does not name one integer.
    if (std::floor(number) == number && std::abs(number) < 9e15) {
      value = static_cast<int64_t>(number);
    }
  } else if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    const char* end = text.data() + text.size();
    int64_t number = 0;
    auto [stop, wrong] = std::from_chars(text.data(), end, number);
    if (wrong == std::errc() && stop == end) value = number;
  }
}

// Puts right what can only mean one thing.
void coerce(const Json& schema, Json& value) {
  std::string type = string_at(schema, "type");
  if (type == "integer") make_integer(value);
  if (type != "array" || !schema.contains("items")) return;
  if (value.is_string() || value.is_number()) value = Json::array({value});
  if (!value.is_array()) return;
  for (Json& item : value) coerce(schema["items"], item);
}

bool has_type(const std::string& type, const Json& value) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return true;
}

bool is_allowed(const Json& schema, const Json& value) {
  auto choices = schema.find("enum");
  return choices == schema.end() ||
         std::find(choices->begin(), choices->end(), value) != choices->end();
}

std::string got(const Json& schema, const Json& value) {
  bool same_type = has_type(string_at(schema, "type"), value);
  return same_type ? shortened(to_text(value), 60) : kind_of(value);
}

// `schema` describes the whole argument, of which `value` may be an item.
Problem check_items(const std::string& label, const Json& schema,
                    const Json& value) {
  size_t fewest = schema.value("minItems", size_t{0});
  if (value.size() < fewest) {
    return label + " must hold at least " + std::to_string(fewest) +
           (fewest == 1 ? " item" : " items") + ", got " +
           (value.empty() ? "an empty list" : std::to_string(value.size()));
  }
  auto items = schema.find("items");
  if (items == schema.end()) return std::nullopt;
  for (size_t i = 0; i < value.size(); ++i) {
    bool good = has_type(string_at(*items, "type"), value[i]) &&
                is_allowed(*items, value[i]);
    if (good) continue;
    return label + " must be " + with_article(type_in_words(schema)) +
           ", but item " + std::to_string(i + 1) + " is " +
           got(*items, value[i]);
  }
  return std::nullopt;
}

Problem check_value(const std::string& name, const Json& schema,
                    const Json& value) {
  std::string label = "argument \"" + name + "\"";
  if (!has_type(string_at(schema, "type"), value) ||
      !is_allowed(schema, value)) {
    return label + " must be " + with_article(type_in_words(schema)) +
           ", got " + got(schema, value);
  }
  if (value.is_array()) return check_items(label, schema, value);
  return std::nullopt;
}

bool is_required(const Json& schema, const std::string& name) {
  auto required = schema.find("required");
  return required != schema.end() &&
         std::find(required->begin(), required->end(), Json(name)) !=
             required->end();
}

Problem check_unknown(const Json& properties, const Json& arguments) {
  std::vector<std::string> known;
  for (const auto& [name, schema] : properties.items()) known.push_back(name);
  for (const auto& [name, value] : arguments.items()) {
    if (properties.contains(name)) continue;
    std::string text =
        "there is no argument \"" + shortened(printable(name), 60) + "\"";
    if (known.empty()) return text + "; it takes no arguments";
    std::string meant = nearest(shortened(name, 60), known);
    if (!meant.empty()) text += ", did you mean \"" + meant + "\"?";
    return text;
  }
  return std::nullopt;
}

Problem check_all(const Json& schema, Json& arguments) {
  static const Json kNone = Json::object();
  auto found = schema.find("properties");
  const Json& properties = found == schema.end() ? kNone : *found;
  Problem problem = check_unknown(properties, arguments);
  if (problem) return problem;
  for (const auto& [name, expected] : properties.items()) {
    auto value = arguments.find(name);
    bool given = value != arguments.end();
    bool required = is_required(schema, name);
    if (given && value->is_null() && !required) {
      arguments.erase(value);
    } else if (given) {
      coerce(expected, *value);
      problem = check_value(name, expected, *value);
      if (problem) return problem;
    } else if (required) {
      return "argument \"" + name + "\" is missing, it must be " +
             with_article(type_in_words(expected));
    }
  }
  return std::nullopt;
}

std::string example_of(const ToolSpec& spec) {
  std::optional<Json> arguments = parse_json(spec.example);
  return python_call(spec.name, arguments.value_or(Json::object()));
}

}  // namespace

std::optional<std::string> check_arguments(const ToolSpec& spec,
                                           Json& arguments) {
  if (!arguments.is_object()) arguments = Json::object();
  Problem problem = check_all(spec.parameters, arguments);
  if (!problem) return std::nullopt;
  char last = problem->back();
  return spec.name + ": " + *problem + (last == '?' ? "" : ".") +
         " Example: " + example_of(spec);
}

}  // namespace simulate
