// What the rows of each trainer are in a table: which of their objects have the
// same fields everywhere, and may be columns. Pure.
// Tested by tests/samples/row_columns_test.cpp.
#pragma once

#include "simulator/tables/column_plan.h"

namespace simulate {

struct Trainer;

// For ParquetWriter. Null: the record.
ColumnPlan row_columns(const Trainer* trainer);

}  // namespace simulate
