#include "tools/schema_trouble.h"

#include <set>

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

int hex_digit(char c) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  size_t at = kDigits.find(static_cast<char>(c | 0x20));
  return at == kDigits.npos ? -1 : static_cast<int>(at);
}

std::string percent_decoded(const std::string& text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    bool coded = text[i] == '%' && i + 2 < text.size() &&
                 hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (!coded) {
      result += text[i];
      continue;
    }
    result +=
        static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
    i += 2;
  }
  return result;
}

// A place that is not there is left to the judge, who refuses it.
Trouble Walk::follow_reference(const Json& reference) {
  if (!reference.is_string()) return std::nullopt;
  const auto& text = reference.get_ref<const std::string&>();
  if (text != "#" && text.rfind("#/", 0) != 0) {
    return "a reference must begin with #/, as in \"#/definitions/name\"";
  }
  try {
    Json::json_pointer place(percent_decoded(text.substr(1)));
    if (root_.contains(place)) return judge_same_value(root_.at(place));
  } catch (const Json::exception&) {
    return "a reference points nowhere";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> schema_trouble(const Json& schema) {
  return Walk(schema).everywhere(schema);
}

}  // namespace simulate
