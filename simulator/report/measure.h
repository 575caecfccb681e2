// A measure: something that is asked of all conversations and answered in a
// section of the report. Each is one file under measures/ and one row of the
// table in measures.cpp; none knows the others, or how it is shown.
// Tested by tests/report/report_test.cpp.
#pragma once

#include <memory>
#include <span>

#include "simulator/report/figure.h"
#include "simulator/report/reading.h"
#include "simulator/report/run_facts.h"

namespace simulate {

class Measure {
 public:
  virtual ~Measure() = default;

  virtual void add(const Reading& reading) = 0;
  // Asked once, after the last conversation. One without figures is left out.
  virtual Section section() = 0;
};

// What measures are made with; both outlive them.
struct Asked {
  const RunFacts* facts = nullptr;  // null: nothing is known beside the file
  const ReportRules& rules;
};

using MakeMeasure = std::unique_ptr<Measure> (*)(const Asked& asked);

// In the order of the report: what decides whether to train comes first.
std::span<const MakeMeasure> all_measures();

}  // namespace simulate
