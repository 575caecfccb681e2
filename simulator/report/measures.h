// The makers of all measures, a file each under measures/.
// Tested by tests/report/report_test.cpp.
#pragma once

#include "simulator/report/measure.h"

namespace simulate {

std::unique_ptr<Measure> memory_truth_measure(const Asked& asked);
std::unique_ptr<Measure> verdicts_measure(const Asked& asked);
std::unique_ptr<Measure> duplicates_measure(const Asked& asked);
std::unique_ptr<Measure> diversity_measure(const Asked& asked);
std::unique_ptr<Measure> tools_measure(const Asked& asked);
std::unique_ptr<Measure> guards_measure(const Asked& asked);
std::unique_ptr<Measure> thoughts_measure(const Asked& asked);
std::unique_ptr<Measure> shares_measure(const Asked& asked);
std::unique_ptr<Measure> coverage_measure(const Asked& asked);
std::unique_ptr<Measure> endings_measure(const Asked& asked);
std::unique_ptr<Measure> lengths_measure(const Asked& asked);
std::unique_ptr<Measure> cost_measure(const Asked& asked);
std::unique_ptr<Measure> breakdown_measure(const Asked& asked);

}  // namespace simulate
