#include "tools/schema_trouble.h"

#include <set>

#include "tools/schema_cost.h"
#include "tools/schema_reference.h"

namespace simulate {

namespace {

// Schemas that judge the same value one after another.
constexpr size_t kLongestChain = 100;

using Trouble = std::optional<std::string>;

class Walk {
 public:
  explicit Walk(const Json& root) : root_(root) {}

  // Through every place of the schema.
  Trouble everywhere(const Json& place);

 private:
  Trouble judge_same_value(const Json& schema);
  Trouble follow(const Json& schema);
  Trouble follow_reference(const Json& reference);

  const Json& root_;
  std::set<const Json*> open_;
  std::set<const Json*> done_;
};

Trouble wrong_step(const Json& schema) {
  auto step = schema.find("multipleOf");
  if (step == schema.end() || !step->is_number()) return std::nullopt;
  if (step->get<double>() > 0) return std::nullopt;
  return "\"multipleOf\" must be above zero";
}

Trouble Walk::everywhere(const Json& place) {
  if (!place.is_structured()) return std::nullopt;
  if (place.is_object()) {
    Trouble found = wrong_step(place);
    if (!found) found = judge_same_value(place);
    if (found) return found;
  }
  for (const Json& part : place) {
    Trouble found = everywhere(part);
    if (found) return found;
  }
  return std::nullopt;
}

Trouble Walk::judge_same_value(const Json& schema) {
  if (!schema.is_object() || done_.count(&schema)) return std::nullopt;
  if (open_.size() > kLongestChain || !open_.insert(&schema).second) {
    return "its references lead in a circle";
  }
  Trouble found = follow(schema);
  open_.erase(&schema);
  done_.insert(&schema);
  return found;
}

// Which parts judge the value itself, not what is inside of it.
Trouble Walk::follow(const Json& schema) {
  for (const auto& [key, part] : schema.items()) {
    Trouble found;
    if (key == "$ref") {
      found = follow_reference(part);
    } else if (key == "not" || key == "if" || key == "then" || key == "else") {
      found = judge_same_value(part);
    } else if (key == "allOf" || key == "anyOf" || key == "oneOf" ||
               key == "dependencies") {
      for (const Json& one : part) {
        if (!found) found = judge_same_value(one);
      }
    }
    if (found) return found;
  }
  return std::nullopt;
}

// A place that is not there is left to the judge, who refuses it.
Trouble Walk::follow_reference(const Json& reference) {
  if (!reference.is_string()) return std::nullopt;
  const auto& text = reference.get_ref<const std::string&>();
  if (text != "#" && text.rfind("#/", 0) != 0) {
    return "a reference must begin with #/, as in \"#/definitions/name\"";
  }
  const Json* target = referred(root_, reference);
  return target ? judge_same_value(*target) : std::nullopt;
}

}  // namespace

std::optional<std::string> schema_trouble(const Json& schema) {
  std::optional<std::string> found = Walk(schema).everywhere(schema);
  if (found || cost_of_schema(schema) <= kMostSchemaCost) return found;
  return "its references multiply: written out it has more than 200,000 parts";
}

}  // namespace simulate
