#include "tools/arguments.h"

#include <algorithm>
#include <vector>

#include "simulator/base/text.h"
#include "simulator/calls/call_syntax.h"
#include "tools/coercion.h"
#include "tools/schema_judge.h"

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

bool has_type(const std::string& type, const Json& value) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  if (type == "null") return value.is_null();
  return true;
}

bool has_type_of(const Json& schema, const Json& value) {
  auto type = schema.find("type");
  if (type == schema.end()) return true;
  if (type->is_string()) return has_type(type->get<std::string>(), value);
  return std::any_of(type->begin(), type->end(), [&](const Json& name) {
    return name.is_string() && has_type(name.get<std::string>(), value);
  });
}

bool is_allowed(const Json& schema, const Json& value) {
  auto choices = schema.find("enum");
  return choices == schema.end() ||
         std::find(choices->begin(), choices->end(), value) != choices->end();
}

std::string got(const Json& schema, const Json& value) {
  return has_type_of(schema, value) ? shortened(to_text(value), 60)
                                    : kind_of(value);
}

// `schema` describes the whole argument, of which `value` may be an item.
Problem wrong_items(const std::string& label, const Json& schema,
                    const Json& value) {
  auto bound = schema.find("minItems");  // "1" passes for a number, too
  size_t fewest = bound != schema.end() && bound->is_number_unsigned()
                      ? bound->get<size_t>()
                      : 0;
  if (value.size() < fewest) {
    return label + " must hold at least " + std::to_string(fewest) +
           (fewest == 1 ? " item" : " items") + ", got " +
           (value.empty() ? "an empty list" : std::to_string(value.size()));
  }
  auto items = schema.find("items");
  if (items == schema.end() || !items->is_object()) return std::nullopt;
  for (size_t i = 0; i < value.size(); ++i) {
    if (has_type_of(*items, value[i]) && is_allowed(*items, value[i])) continue;
    return label + " must be " + with_article(type_in_words(schema)) +
           ", but item " + std::to_string(i + 1) + " is " +
           got(*items, value[i]);
  }
  return std::nullopt;
}

Problem wrong_value(const std::string& name, const Json& schema,
                    const Json& value) {
  if (!schema.is_object()) return std::nullopt;
  std::string label = "argument \"" + name + "\"";
  if (!has_type_of(schema, value) || !is_allowed(schema, value)) {
    return label + " must be " + with_article(type_in_words(schema)) +
           ", got " + got(schema, value);
  }
  if (value.is_array()) return wrong_items(label, schema, value);
  return std::nullopt;
}

Problem unknown_argument(const Json& schema, const Json& properties,
                         const Json& arguments) {
  if (schema.value("additionalProperties", Json(true)) != Json(false)) {
    return std::nullopt;
  }
  std::vector<std::string> known;
  for (const auto& [name, expected] : properties.items()) known.push_back(name);
  for (const auto& [name, value] : arguments.items()) {
    if (properties.contains(name)) continue;
    std::string text = "there is no argument \"" + quotable(name) + "\"";
    if (known.empty()) return text + "; it takes no arguments";
    std::string meant = nearest(shortened(name, 60), known);
    if (!meant.empty()) text += ", did you mean \"" + meant + "\"?";
    return text;
  }
  return std::nullopt;
}

// What is wrong, in words for the commonest cases.
Problem plain_problem(const Json& schema, const Json& arguments) {
  static const Json kNone = Json::object();
  auto found = schema.find("properties");
  const Json& properties = found == schema.end() ? kNone : *found;
  Problem problem = unknown_argument(schema, properties, arguments);
  if (problem) return problem;
  for (const Json& name : schema.value("required", Json::array())) {
    if (!name.is_string() || arguments.contains(name.get<std::string>())) {
      continue;
    }
    auto expected = properties.find(name.get<std::string>());
    std::string text =
        "argument \"" + name.get<std::string>() + "\" is missing";
    if (expected == properties.end()) return text;
    return text + ", it must be " + with_article(type_in_words(*expected));
  }
  for (const auto& [name, expected] : properties.items()) {
    auto value = arguments.find(name);
    if (value == arguments.end()) continue;
    problem = wrong_value(name, expected, *value);
    if (problem) return problem;
  }
  return std::nullopt;
}

// "The judge says that something in it is wrong" is said last.
std::string problem_of(const Json& schema, const Json& arguments,
                       const SchemaJudge::Objection& objection) {
  Problem plain = plain_problem(schema, arguments);
  if (plain) return *plain;
  std::string what = objection.what;
  while (!what.empty() && what.back() == '.') what.pop_back();
  if (objection.where.empty()) return what;
  return "argument \"" + quotable(objection.where) + "\": " + what;
}

}  // namespace

ArgumentCheck::ArgumentCheck(const ToolSpec& spec)
    : name_(spec.name),
      example_(python_call(spec.name,
                           parse_json(spec.example).value_or(Json::object()))),
      schema_(spec.parameters),
      judge_(std::make_unique<SchemaJudge>(spec.parameters)) {}

ArgumentCheck::ArgumentCheck(ArgumentCheck&&) noexcept = default;
ArgumentCheck::~ArgumentCheck() = default;

ArgumentCheck::Verdict ArgumentCheck::check(Json& arguments) const {
  Verdict verdict;
  if (!arguments.is_object()) arguments = Json::object();
  Json meant = arguments;
  coerce(schema_, meant, verdict.repairs);
  auto objection = judge_->objection_to(meant);
  if (!objection) {
    arguments = std::move(meant);
    return verdict;
  }
  std::string problem = problem_of(schema_, meant, *objection);
  verdict.problem = name_ + ": " + problem +
                    (problem.back() == '?' ? "" : ".") +
                    " Example: " + example_;
  return verdict;
}

}  // namespace simulate
