// What the columns of a table are to be, found out from its rows as they come:
// a type that changes from row to row, and every object that is not known to
// have the same fields everywhere, becomes JSON text, so that each row comes
// back as it was. Else a table would give every object the fields of all.
// Tested by tests/tables/column_plan_test.cpp.
#pragma once

#include <set>
#include <string>

#include "simulator/tables/column_type.h"

namespace simulate {

class ColumnPlan {
 public:
  // Under which keys objects, or lists of them, have fields of their own.
  explicit ColumnPlan(std::set<std::string> with_fields);

  // Throws BadUsage with what is wrong, a clause.
  void take(const Json& row);

  // Of a whole row.
  const ColumnType& row() const { return row_; }

 private:
  void take(const Json& value, ColumnType& type, bool with_fields);
  // Says what is wrong, a clause; empty when nothing is.
  std::string take_fields(const Json& object, ColumnType& type);
  void take_elements(const Json& list, ColumnType& type, bool with_fields);

  std::set<std::string> with_fields_;
  ColumnType row_;
};

}  // namespace simulate
