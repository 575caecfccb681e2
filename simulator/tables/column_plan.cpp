#include "simulator/tables/column_plan.h"

#include <algorithm>
#include <limits>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

using Kind = ColumnType::Kind;

// More is no table, and would make the plan grow with the rows.
constexpr size_t kMostFields = 1000;
constexpr size_t kMostBytesOfName = 500;

// Beyond this a double does not hold every integer.
constexpr int64_t kMostExact = int64_t{1} << 53;

bool fits_real(int64_t number) {
  return -kMostExact <= number && number <= kMostExact;
}

Kind kind_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::boolean:
      return Kind::boolean;
    case Json::value_t::number_integer:
      return Kind::integer;
    case Json::value_t::number_unsigned: {
      bool fits = value.get<uint64_t>() <=
                  uint64_t{std::numeric_limits<int64_t>::max()};
      return fits ? Kind::integer : Kind::json;
    }
    case Json::value_t::number_float:
      return Kind::real;
    case Json::value_t::string:
      return Kind::text;
    case Json::value_t::array:
      return Kind::list;
    case Json::value_t::object:
      return Kind::fields;
    default:
      return Kind::unknown;
  }
}

bool is_number(Kind kind) {
  return kind == Kind::integer || kind == Kind::real;
}

Kind common(Kind one, Kind other) {
  if (one == other || other == Kind::unknown) return one;
  if (one == Kind::unknown) return other;
  return is_number(one) && is_number(other) ? Kind::real : Kind::json;
}

// Names of a table differ in more than case.
bool is_same_name(const std::string& one, const std::string& other) {
  return one == other || lowered(one) == lowered(other);
}

ColumnType json_text() {
  ColumnType type;
  type.kind = Kind::json;
  return type;
}

// Mostly they come in the order in which they are known.
size_t place_of(const std::string& name, size_t guess,
                const std::vector<ColumnType::Field>& fields) {
  if (guess < fields.size() && fields[guess].first == name) return guess;
  auto found =
      std::find_if(fields.begin(), fields.end(),
                   [&](const auto& field) { return field.first == name; });
  return static_cast<size_t>(found - fields.begin());
}

// Why a field of this name cannot be added, a clause; empty: it can.
std::string fault(const std::string& name,
                  const std::vector<ColumnType::Field>& fields) {
  std::string quoted = "\"" + quotable(name) + "\"";
  if (name.empty() || name.find('\0') != name.npos) {
    return "a key is empty, or has a NUL in it";
  }
  if (name.size() > kMostBytesOfName)
    return "the key " + quoted + " is too long";
  if (fields.size() >= kMostFields) {
    return "with " + quoted + " there are more than " +
           std::to_string(kMostFields) + " keys in one place";
  }
  for (const auto& [other, unused] : fields) {
    if (!is_same_name(name, other)) continue;
    return "the keys " + quoted + " and \"" + quotable(other) +
           "\" differ in case alone, which columns cannot";
  }
  return "";
}

}  // namespace

ColumnPlan::ColumnPlan(std::set<std::string> with_fields)
    : with_fields_(std::move(with_fields)) {
  row_.kind = Kind::fields;
}

void ColumnPlan::take(const Json& row) {
  if (!row.is_object()) throw BadUsage("it is no JSON object");
  std::string wrong = take_fields(row, row_);
  if (!wrong.empty()) throw BadUsage(wrong);
}

void ColumnPlan::take(const Json& value, ColumnType& type, bool with_fields) {
  if (type.kind == Kind::json) return;
  Kind kind = kind_of(value);
  if (kind == Kind::fields && !with_fields) kind = Kind::json;
  if (kind == Kind::integer && !fits_real(value.get<int64_t>())) {
    type.beyond_real = true;
  }
  type.kind = common(type.kind, kind);
  if (type.kind == Kind::real && type.beyond_real) type.kind = Kind::json;
  if (type.kind == Kind::json) {
    type = json_text();
  } else if (kind == Kind::fields) {
    if (!take_fields(value, type).empty()) type = json_text();
  } else if (kind == Kind::list) {
    take_elements(value, type, with_fields);
  }
}

std::string ColumnPlan::take_fields(const Json& object, ColumnType& type) {
  size_t guess = 0;
  for (const auto& [name, value] : object.items()) {
    size_t place = place_of(name, guess, type.fields);
    guess = place + 1;
    if (place == type.fields.size()) {
      std::string wrong = fault(name, type.fields);
      if (!wrong.empty()) return wrong;
      type.fields.emplace_back(name, ColumnType());
    }
    take(value, type.fields[place].second, with_fields_.count(name) > 0);
  }
  return "";
}

void ColumnPlan::take_elements(const Json& list, ColumnType& type,
                               bool with_fields) {
  if (type.of.empty()) type.of.emplace_back();
  for (const Json& element : list) take(element, type.of.front(), with_fields);
}

}  // namespace simulate
