#include "simulator/tables/column_type.h"

#include <algorithm>

#include "simulator/tables/duckdb.h"

namespace simulate {

namespace {

using Kind = ColumnType::Kind;

std::string fields_type(const ColumnType& type) {
  std::string text;
  for (const auto& [name, field] : type.fields) {
    text += (text.empty() ? "" : ", ") + sql_name(name) + " " + sql_type(field);
  }
  return "STRUCT(" + text + ")";
}

Json scalar_feature(const char* name) {
  return {{"dtype", name}, {"_type", "Value"}};
}

Json fields_feature(const ColumnType& type) {
  Json feature = Json::object();
  for (const auto& [name, field] : type.fields) {
    feature[name] = datasets_feature(field);
  }
  return feature;
}

void drop_absent_fields(Json& object, const ColumnType& type) {
  for (const auto& [name, field] : type.fields) {
    auto found = object.find(name);
    if (found == object.end()) continue;
    if (found->is_null()) {
      object.erase(found);
    } else {
      drop_absent(*found, field);
    }
  }
}

}  // namespace

ColumnType::ColumnType() = default;
ColumnType::ColumnType(const ColumnType& other) = default;
ColumnType::ColumnType(ColumnType&& other) noexcept = default;
ColumnType& ColumnType::operator=(const ColumnType& other) = default;
ColumnType& ColumnType::operator=(ColumnType&& other) noexcept = default;
ColumnType::~ColumnType() = default;

std::string sql_type(const ColumnType& type) {
  switch (type.kind) {
    case Kind::boolean:
      return "BOOLEAN";
    case Kind::integer:
      return "BIGINT";
    case Kind::real:
      return "DOUBLE";
    case Kind::text:
      return "VARCHAR";
    case Kind::list:
      return sql_type(type.of.front()) + "[]";
    case Kind::fields:
      if (!type.fields.empty()) return fields_type(type);
      break;
    case Kind::unknown:
    case Kind::json:
      break;
  }
  return "JSON";
}

Json datasets_feature(const ColumnType& type) {
  switch (type.kind) {
    case Kind::boolean:
      return scalar_feature("bool");
    case Kind::integer:
      return scalar_feature("int64");
    case Kind::real:
      return scalar_feature("float64");
    case Kind::text:
      return scalar_feature("string");
    case Kind::list:
      return {{"feature", datasets_feature(type.of.front())},
              {"_type", "List"}};
    case Kind::fields:
      if (!type.fields.empty()) return fields_feature(type);
      break;
    case Kind::unknown:
    case Kind::json:
      break;
  }
  return {{"_type", "Json"}};
}

bool has_json(const ColumnType& type) {
  auto field_has = [](const auto& field) { return has_json(field.second); };
  return sql_type(type) == "JSON" ||
         std::any_of(type.of.begin(), type.of.end(), has_json) ||
         std::any_of(type.fields.begin(), type.fields.end(), field_has);
}

void drop_absent(Json& value, const ColumnType& type) {
  if (type.kind == Kind::fields && value.is_object()) {
    drop_absent_fields(value, type);
  }
  if (type.kind != Kind::list || !value.is_array()) return;
  for (Json& element : value) drop_absent(element, type.of.front());
}

}  // namespace simulate
