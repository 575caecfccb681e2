#include "simulator/report/report.h"

#include "simulator/base/error.h"
#include "simulator/report/measure.h"

namespace simulate {

DatasetReport report_on(ConversationSource& source, const RunFacts* facts,
                        const ReportRules& rules) {
  std::vector<std::unique_ptr<Measure>> measures;
  for (MakeMeasure make : all_measures()) {
    measures.push_back(make(Asked{facts, rules}));
  }
  DatasetReport report;
  report.title = rules.title;
  while (std::optional<FinishedConversation> talk = source.next()) {
    FinishedConversation offered = with_offer(std::move(*talk));
    Reading reading(offered, rules);
    for (const auto& measure : measures) measure->add(reading);
    ++report.conversations;
  }
  if (report.conversations == 0) {
    throw BadUsage("there is nothing to report on: " + rules.title +
                   " holds no conversation");
  }
  for (const auto& measure : measures) {
    Section section = measure->section();
    if (!section.figures.empty()) report.sections.push_back(section);
  }
  return report;
}

}  // namespace simulate
