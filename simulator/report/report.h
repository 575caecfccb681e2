// The report on a dataset: what all measures say, and its renderings. Reads the
// source once, a conversation at a time; memory does not hold what it read.
//
//     ImportedFile source("run.json");
//     DatasetReport report = report_on(source, nullptr, rules);
//     say(stdout, report_text(report, {}));
//
// docs/report.md tells what each figure means.
// Tested by tests/report/report_test.cpp.
#pragma once

#include "simulator/base/json.h"
#include "simulator/base/screen.h"
#include "simulator/report/figure.h"
#include "simulator/report/run_facts.h"
#include "simulator/samples/source.h"

namespace simulate {

// `facts` may be null: of a file nothing else is known. Throws BadUsage when
// the source holds no conversation, or what it throws.
DatasetReport report_on(ConversationSource& source, const RunFacts* facts,
                        const ReportRules& rules);

// For a terminal of 80 columns: tables, bars, what is good dimmed.
Shown report_text(const DatasetReport& report, bool colour);

// Stable keys, as docs/report.md has them.
Json report_json(const DatasetReport& report);

// One page that needs nothing else: no script, no font, no picture from
// elsewhere; light or dark as the reader has it.
std::string report_html(const DatasetReport& report);

}  // namespace simulate
