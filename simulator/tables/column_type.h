// What a column of a table holds, or a field in one. A value.
// Tested by tests/tables/column_plan_test.cpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "simulator/base/json.h"

namespace simulate {

struct ColumnType {
  enum class Kind {
    unknown,  // nothing was seen yet, or null alone
    boolean,
    integer,
    real,
    text,
    list,
    fields,
    json,  // anything: stored as its JSON text
  };
  using Field = std::pair<std::string, ColumnType>;

  // Defaulted where the type is complete: clang 14 asks for that of pairs.
  ColumnType();
  ColumnType(const ColumnType& other);
  ColumnType(ColumnType&& other) noexcept;
  ColumnType& operator=(const ColumnType& other);
  ColumnType& operator=(ColumnType&& other) noexcept;
  ~ColumnType();

  Kind kind = Kind::unknown;
  bool beyond_real = false;    // an integer that a double would change
  std::vector<ColumnType> of;  // list: what its elements are, one
  std::vector<Field> fields;   // in the order in which they were seen
};

// As DuckDB writes it: STRUCT("role" VARCHAR, "content" VARCHAR)[].
std::string sql_type(const ColumnType& type);

// As Hugging Face's `datasets` does, since its version 4: {"_type": "Value",
// "dtype": "string"}; Json needs 4.7.
Json datasets_feature(const ColumnType& type);

// Whether there is a place in it that is stored as JSON text.
bool has_json(const ColumnType& type);

// Takes out fields of `value` that are null: a table has every field in every
// row. What is null inside a place of another kind stays.
void drop_absent(Json& value, const ColumnType& type);

}  // namespace simulate
