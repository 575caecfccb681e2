// Without this, valijson ends the process where it finds a wrong schema.
#define VALIJSON_USE_EXCEPTIONS 1

#include "tools/schema_judge.h"

#include <re2/re2.h>

#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tools/schema_cost.h"
#include "tools/schema_trouble.h"

namespace simulate {

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;
using Objection = SchemaJudge::Objection;

// Below these keys stand schemas by name, not keywords.
bool holds_schemas_by_name(const std::string& key) {
  return key == "properties" || key == "definitions" || key == "$defs" ||
         key == "dependencies";
}

Json without_what_we_judge(const Json& schema, bool by_name) {
  if (schema.is_array()) {
    Json list = Json::array();
    for (const Json& item : schema) {
      list.push_back(without_what_we_judge(item, false));
    }
    return list;
  }
  if (!schema.is_object()) return schema;
  Json result = Json::object();
  for (const auto& [key, value] : schema.items()) {
    bool data = !by_name && (key == "enum" || key == "const" ||
                             key == "default" || key == "examples");
    if (data) {
      result[key] = value;
      continue;
    }
    bool ours = !by_name &&
                (key == "pattern" || key == "format" || key == "uniqueItems" ||
                 key == "patternProperties" || key == "$id");
    if (ours) continue;
    // For a step that is an integer, valijson 1.0 cuts the value to one, too:
    // 7.5 were a multiple of 7, and 1e30 is undefined.
    if (!by_name && key == "multipleOf" && value.is_number()) {
      result[key] = value.get<double>();
      continue;
    }
    bool named = !by_name && holds_schemas_by_name(key);
    result[key] = without_what_we_judge(value, named);
  }
  // What a pattern of names would have allowed is not refused instead.
  if (!by_name && schema.contains("patternProperties")) {
    result.erase("additionalProperties");
  }
  return result;
}

std::string within(const std::string& where, const std::string& part) {
  return where.empty() ? part : where + " " + part;
}

std::optional<Objection> pattern_objection(const Json& schema,
                                           const Json& value,
                                           const std::string& where, int depth);

std::optional<Objection> own_objection(const Json& schema, const Json& value,
                                       const std::string& where) {
  if (value.is_string() && schema.contains("pattern") &&
      schema["pattern"].is_string()) {
    const auto& pattern = schema["pattern"].get_ref<const std::string&>();
    RE2 compiled(pattern, RE2::Quiet);
    if (compiled.ok() &&
        !RE2::PartialMatch(value.get_ref<const std::string&>(), compiled)) {
      return Objection{where, "must match the pattern " + pattern};
    }
  }
  if (value.is_array() && schema.value("uniqueItems", Json()) == Json(true)) {
    std::set<std::string> seen;
    for (const Json& item : value) {
      if (seen.insert(to_text(item)).second) continue;
      return Objection{
          where, "must not hold " + shortened(to_text(item), 60) + " twice"};
    }
  }
  return std::nullopt;
}

std::optional<Objection> pattern_objection(const Json& schema,
                                           const Json& value,
                                           const std::string& where,
                                           int depth) {
  if (!schema.is_object() || depth > 16) return std::nullopt;
  auto own = own_objection(schema, value, where);
  if (own) return own;
  auto properties = schema.find("properties");
  if (value.is_object() && properties != schema.end()) {
    for (const auto& [key, item] : value.items()) {
      auto expected = properties->find(key);
      if (expected == properties->end()) continue;
      auto found =
          pattern_objection(*expected, item, within(where, key), depth + 1);
      if (found) return found;
    }
  }
  auto items = schema.find("items");
  if (value.is_array() && items != schema.end()) {
    for (size_t i = 0; i < value.size(); ++i) {
      auto found = pattern_objection(
          *items, value[i], within(where, "item " + std::to_string(i + 1)),
          depth + 1);
      if (found) return found;
    }
  }
  return std::nullopt;
}

// valijson writes a path as "<root>", "[name]", "[0]".
std::string place_of(const std::vector<std::string>& context) {
  std::string where;
  for (const std::string& step : context) {
    if (step == "<root>" || step.size() < 2) continue;
    std::string inner = step.substr(1, step.size() - 2);
    bool number = !inner.empty() &&
                  inner.find_first_not_of("0123456789") == inner.npos &&
                  inner.size() < 9;
    where = within(
        where, number ? "item " + std::to_string(std::stoi(inner) + 1) : inner);
  }
  return where;
}

}  // namespace

struct SchemaJudge::Compiled {
  valijson::Schema schema;
};

SchemaJudge::SchemaJudge(const Json& schema)
    : schema_(schema), compiled_(std::make_unique<Compiled>()) {
  if (!schema.is_object()) throw Error("a schema must be a JSON object");
  if (auto trouble = schema_trouble(schema)) {
    throw Error("this is no JSON Schema that can be used: " + *trouble);
  }
  nlohmann::json plain = without_what_we_judge(schema, false);
  try {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(Adapter(plain), compiled_->schema);
  } catch (const std::exception& wrong) {
    throw Error(std::string("this is no JSON Schema that can be used: ") +
                wrong.what());
  }
}

SchemaJudge::~SchemaJudge() = default;

std::optional<Objection> SchemaJudge::objection_to(const Json& value) const {
  if (cost_of_judging(schema_, value) > kMostSchemaCost) {
    return Objection{"", "it is too intricate to be checked"};
  }
  nlohmann::json plain = value;
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  if (!validator.validate(compiled_->schema, Adapter(plain), nullptr)) {
    valijson::ValidationResults results;
    validator.validate(compiled_->schema, Adapter(plain), &results);
    valijson::ValidationResults::Error error;
    // The innermost comes first. Of some keywords nothing is said, of
    // propertyNames for one (valijson 1.0).
    if (!results.popError(error) || error.description.empty()) {
      return Objection{place_of(error.context), "it does not fit its schema"};
    }
    return Objection{place_of(error.context), error.description};
  }
  return pattern_objection(schema_, value, "", 0);
}

}  // namespace simulate
