#include "tools/schema_cost.h"

#include <limits>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "tools/schema_reference.h"

namespace simulate {

namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();
constexpr size_t kDeepest = 1'000;
constexpr size_t kMostRemembered = 200'000;

// With every reference written out.
class WrittenOut {
 public:
  explicit WrittenOut(const Json& root) : root_(root) {}

  double cost(const Json& part) {
    if (!part.is_structured()) return 0;
    if (auto known = known_.find(&part); known != known_.end()) {
      return known->second;
    }
    if (open_.size() > kDeepest) return kEndless;
    if (!open_.insert(&part).second) return 1;
    double sum = 1;
    for (const auto& [key, inner] : part.items()) {
      const Json* target = key == "$ref" ? referred(root_, inner) : &inner;
      if (target) sum += cost(*target);
    }
    open_.erase(&part);
    return known_[&part] = sum;
  }

 private:
  const Json& root_;
  std::set<const Json*> open_;
  std::map<const Json*, double> known_;
};

class Judging {
 public:
  explicit Judging(const Json& root) : root_(root) {}

  double cost(const Json& schema, const Json& value) {
    if (!schema.is_object()) return 1;
    auto [known, is_new] = known_.try_emplace({&schema, &value}, kEndless);
    if (!is_new) return known->second;
    if (++depth_ > kDeepest || known_.size() > kMostRemembered) return kEndless;
    double sum = 1;
    for (const auto& [key, part] : schema.items()) {
      sum += cost_of_part(key, part, schema, value);
    }
    --depth_;
    return known_[{&schema, &value}] = sum;
  }

 private:
  double cost_of_part(const std::string& key, const Json& part,
                      const Json& schema, const Json& value) {
    if (key == "$ref") {
      const Json* target = referred(root_, part);
      return target ? cost(*target, value) : 0;
    }
    if (key == "not" || key == "if" || key == "then" || key == "else") {
      return cost(part, value);
    }
    if (key == "allOf" || key == "anyOf" || key == "oneOf") {
      return cost_of_all(part, value);
    }
    if (value.is_object()) return cost_in_object(key, part, schema, value);
    if (value.is_array()) return cost_in_list(key, part, value);
    return key == "enum" ? static_cast<double>(part.size()) : 0;
  }

  double cost_of_all(const Json& schemas, const Json& value) {
    double sum = 0;
    for (const Json& schema : schemas) sum += cost(schema, value);
    return sum;
  }

  double cost_in_object(const std::string& key, const Json& part,
                        const Json& schema, const Json& value) {
    if (key == "dependencies") return cost_of_all(part, value);
    double sum = 0;
    if (key == "properties" && part.is_object()) {
      for (const auto& [name, inner] : part.items()) {
        auto found = value.find(name);
        if (found != value.end()) sum += cost(inner, *found);
      }
    }
    if (key == "additionalProperties" && part.is_object()) {
      auto named = schema.find("properties");
      for (const auto& [name, inner] : value.items()) {
        bool has = named != schema.end() && named->contains(name);
        if (!has) sum += cost(part, inner);
      }
    }
    return sum;
  }

  double cost_in_list(const std::string& key, const Json& part,
                      const Json& value) {
    double sum = 0;
    if (key == "items" && part.is_array()) {
      for (size_t i = 0; i < part.size() && i < value.size(); ++i) {
        sum += cost(part[i], value[i]);
      }
    } else if (key == "items" || key == "contains" ||
               key == "additionalItems") {
      for (const Json& item : value) sum += cost(part, item);
    }
    return sum;
  }

  const Json& root_;
  std::map<std::pair<const Json*, const Json*>, double> known_;
  size_t depth_ = 0;
};

}  // namespace

double cost_of_schema(const Json& schema) {
  return WrittenOut(schema).cost(schema);
}

double cost_of_judging(const Json& schema, const Json& value) {
  return Judging(schema).cost(schema, value);
}

}  // namespace simulate
