// Figures as JSON, for reports and comparisons. Pure.
// Tested by tests/report/report_json_test.cpp.
#pragma once

#include "simulator/base/json.h"
#include "simulator/report/figure.h"

namespace simulate {

Json table_json(const Table& table);
Json figure_json(const Figure& figure);

}  // namespace simulate
