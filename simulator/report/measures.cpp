#include "simulator/report/measures.h"

namespace simulate {

namespace {

constexpr MakeMeasure kMeasures[] = {
    memory_truth_measure, verdicts_measure, duplicates_measure,
    diversity_measure,    tools_measure,    guards_measure,
    thoughts_measure,     shares_measure,   coverage_measure,
    endings_measure,      lengths_measure,  cost_measure,
    breakdown_measure,
};

}  // namespace

std::span<const MakeMeasure> all_measures() { return kMeasures; }

}  // namespace simulate
