#include "simulator/base/fields.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

std::string shown(const Json& value) { return quotable(to_text(value)); }

std::string number_text(double number) {
  return to_text(number == static_cast<double>(static_cast<int64_t>(number))
                     ? Json(static_cast<int64_t>(number))
                     : Json(number));
}

bool all_texts(const Json& list) {
  return list.is_array() &&
         std::all_of(list.begin(), list.end(),
                     [](const Json& item) { return item.is_string(); });
}

bool is_range(const Json& value, int most) {
  if (!value.is_array() || value.empty() || value.size() > 2) return false;
  for (const Json& end : value) {
    if (!end.is_number_integer() || end < 1 || end > most) return false;
  }
  return value.front() <= value.back();
}

}  // namespace

Fields::Fields(const Json& object, std::string where)
    : object_(object), where_(std::move(where)) {
  if (!object.is_object()) refuse("must be a JSON object");
}

std::string Fields::text(const std::string& name) {
  const Json* value = find(name);
  if (!value) return "";
  if (!value->is_string()) {
    refuse("field \"" + name + "\" must be a string, got " + shown(*value));
  }
  return std::string(trimmed(value->get<std::string>()));
}

std::vector<std::string> Fields::texts(const std::string& name) {
  const Json* value = find(name);
  if (!value) return {};
  if (!all_texts(*value)) {
    refuse("field \"" + name + "\" must be a list of strings, got " +
           shown(*value));
  }
  return value->get<std::vector<std::string>>();
}

bool Fields::flag(const std::string& name) {
  const Json* value = find(name);
  if (!value) return false;
  if (!value->is_boolean()) {
    refuse("field \"" + name + "\" must be true or false, got " +
           shown(*value));
  }
  return value->get<bool>();
}

std::optional<double> Fields::number(const std::string& name, double least,
                                     double most) {
  const Json* value = find(name);
  if (!value) return std::nullopt;
  bool good = value->is_number() && *value >= least && *value <= most;
  if (good) return value->get<double>();
  refuse("field \"" + name + "\" must be a number from " + number_text(least) +
         " to " + number_text(most) + ", got " + shown(*value));
}

std::pair<int, int> Fields::range(const std::string& name,
                                  std::pair<int, int> otherwise, int most) {
  const Json* value = find(name);
  if (!value) return otherwise;
  if (!is_range(*value, most)) {
    refuse("field \"" + name + "\" must be [FIRST, LAST] or [FIRST], from 1 " +
           "to " + std::to_string(most) + ", got " + shown(*value));
  }
  return {value->front().get<int>(),
          value->size() == 2 ? value->back().get<int>() : most};
}

const Json& Fields::list(const std::string& name) {
  static const Json none = Json::array();
  const Json* value = find(name);
  if (!value) return none;
  if (value->is_array()) return *value;
  refuse("field \"" + name + "\" must be a list, got " + shown(*value));
}

const Json& Fields::object(const std::string& name) {
  static const Json none = Json::object();
  const Json* value = find(name);
  if (!value) return none;
  if (value->is_object()) return *value;
  refuse("field \"" + name + "\" must be an object, got " + shown(*value));
}

void Fields::refuse_others() const {
  for (const auto& [name, unused] : object_.items()) {
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    std::string guess = nearest(name, known_);
    refuse("unknown field \"" + quotable(name) + "\"; " +
           (guess.empty() ? "known fields: " + joined(known_, ", ")
                          : "did you mean \"" + guess + "\"?"));
  }
}

void Fields::refuse(const std::string& what) const {
  throw BadUsage(where_ + ": " + what);
}

const Json* Fields::find(const std::string& name) {
  known_.push_back(name);
  auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

}  // namespace simulate
