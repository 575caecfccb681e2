#include "tools/coercion.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "simulator/base/text.h"
#include "simulator/calls/literal_scanner.h"

namespace simulate {

namespace {

constexpr int kDeepest = 16;

void coerce(const Json& schema, Json& value, RemarkList& repairs, int depth);

std::optional<Json> literal(const Json& text) {
  if (!text.is_string()) return std::nullopt;
  LiteralScanner scanner(text.get_ref<const std::string&>(), 0, Notation::json);
  std::optional<Json> value = scanner.value();
  scanner.skip_blank();
  if (!value || !scanner.at_end()) return std::nullopt;
  return value;
}

void make_integer(Json& value, RemarkList& repairs) {
  auto whole = [](const Json& number) {
    // Beyond 2^53 a double does not name one integer.
    double real = number.get<double>();
    return std::floor(real) == real && std::abs(real) < 9e15;
  };
  std::optional<Json> written = literal(value);
  if (written && written->is_number_integer()) {
    value = *written;
    repairs.add("a text for a number");
  } else if (value.is_number_float() && whole(value)) {
    value = static_cast<int64_t>(value.get<double>());
    repairs.add("a fraction for an integer");
  }
}

void make_number(Json& value, RemarkList& repairs) {
  std::optional<Json> written = literal(value);
  if (!written || !written->is_number()) return;
  value = *written;
  repairs.add("a text for a number");
}

void make_boolean(Json& value, RemarkList& repairs) {
  if (!value.is_string()) return;
  std::string word = lowered(value.get_ref<const std::string&>());
  if (word != "true" && word != "false") return;
  value = word == "true";
  repairs.add("a text for true or false");
}

void make_list(const Json& schema, Json& value, RemarkList& repairs,
               int depth) {
  std::optional<Json> written = literal(value);
  if (written && written->is_array()) {
    value = *written;
    repairs.add("a list written as a text");
  } else if (value.is_string() || value.is_number()) {
    value = Json::array({value});
    repairs.add("one value for a list");
  }
  auto items = schema.find("items");
  if (!value.is_array() || items == schema.end()) return;
  for (Json& item : value) coerce(*items, item, repairs, depth + 1);
}

bool is_required(const Json& schema, const std::string& name) {
  auto required = schema.find("required");
  return required != schema.end() && required->is_array() &&
         std::find(required->begin(), required->end(), Json(name)) !=
             required->end();
}

bool allows_null(const Json& schema) {
  if (!schema.is_object() || schema.empty()) return true;
  auto type = schema.find("type");
  if (type == schema.end()) {
    return !schema.contains("enum") || schema.contains("anyOf") ||
           schema.contains("oneOf");
  }
  if (!type->is_array()) return *type == Json("null");
  return std::find(type->begin(), type->end(), Json("null")) != type->end();
}

void make_object(const Json& schema, Json& value, RemarkList& repairs,
                 int depth) {
  std::optional<Json> written = literal(value);
  if (written && written->is_object()) {
    value = *written;
    repairs.add("an object written as a text");
  }
  auto properties = schema.find("properties");
  if (!value.is_object() || properties == schema.end()) return;
  for (const auto& [name, expected] : properties->items()) {
    auto given = value.find(name);
    if (given == value.end()) continue;
    if (given->is_null() && !is_required(schema, name) &&
        !allows_null(expected)) {
      value.erase(given);
      repairs.add("null for an absent argument");
      continue;
    }
    coerce(expected, *given, repairs, depth + 1);
  }
}

// The only choice that differs in nothing but capitals.
void make_choice(const Json& choices, Json& value, RemarkList& repairs) {
  if (!value.is_string() || !choices.is_array()) return;
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return;
  const Json* meant = nullptr;
  std::string written = lowered(trimmed(value.get_ref<const std::string&>()));
  for (const Json& choice : choices) {
    if (!choice.is_string()) continue;
    if (lowered(choice.get_ref<const std::string&>()) != written) continue;
    if (meant) return;
    meant = &choice;
  }
  if (!meant) return;
  value = *meant;
  repairs.add("a choice in other capitals");
}

void coerce(const Json& schema, Json& value, RemarkList& repairs, int depth) {
  if (!schema.is_object() || depth > kDeepest) return;
  auto choices = schema.find("enum");
  if (choices != schema.end()) make_choice(*choices, value, repairs);
  std::string type = string_at(schema, "type");
  if (type == "integer") make_integer(value, repairs);
  if (type == "number") make_number(value, repairs);
  if (type == "boolean") make_boolean(value, repairs);
  if (type == "array") make_list(schema, value, repairs, depth);
  if (type == "object") make_object(schema, value, repairs, depth);
}

}  // namespace

void coerce(const Json& schema, Json& value, RemarkList& repairs) {
  coerce(schema, value, repairs, 0);
}

}  // namespace simulate
