// A sample for a person to read, with what is learnt in green, or between marks
// where there is no colour.
// Tested by tests/samples/sample_check_test.cpp.
#pragma once

#include "simulator/base/screen.h"
#include "simulator/samples/seen_sample.h"

namespace simulate {

// With an engine as its model sees it; else message by message, as the family
// writes what is learnt.
Shown show_sample(const Sample& sample, const DatasetPlan& plan,
                  TemplateEngine* engine, bool colour);

}  // namespace simulate
