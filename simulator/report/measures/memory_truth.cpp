// Memory truth: what the assistant says that it did, keeps or knows, against
// what its tools held.
// Tested by tests/report/measures_test.cpp.
#include "simulator/base/text.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

constexpr double kLook = 0.01;
constexpr double kBad = 0.05;

const char* name_of(const std::string& kind) {
  static const std::map<std::string, const char*> names = {
      {"saved", "says that it saved"},
      {"set", "says that it set a reminder"},
      {"deleted", "says that it deleted"},
      {"looked", "says that it looked"},
      {"remembered", "says what was told before"},
      {"name", "names, told of what is kept"},
      {"number", "numbers, told of what is kept"},
      {"day", "days, told of what is kept"},
      {"written", "names and numbers that it stored"}};
  return names.at(kind);
}

class MemoryTruth : public Measure {
 public:
  explicit MemoryTruth(const Asked& asked)
      : examples_(asked.rules.most_examples) {}

  void add(const Reading& reading) override {
    ++conversations_;
    if (reading.unbacked_claims() > 0) ++with_unbacked_;
    for (const MemoryClaim& claim : reading.claims) {
      all_.add(claim.kind);
      if (claim.backed) continue;
      unbacked_.add(claim.kind);
      std::string fact = claim.fact.empty() ? claim.kind : claim.fact;
      examples_.add(reading.id(), fact + ": " + shortened(claim.text, 180));
    }
  }

  Section section() override {
    Section section{"memory_truth", "Memory truth",
                    "Does the assistant tell what its tools hold, and only "
                    "that?"};
    section.figures = {unbacked(), conversations(), by_kind()};
    return section;
  }

 private:
  Figure unbacked() const {
    Figure figure = share_figure("unbacked_claims", "Claims that nothing backs",
                                 unbacked_.total(), all_.total());
    figure.of =
        "of " + figure_text(double(all_.total()), Unit::count) + " claims";
    figure.good = "low is good: under 1 %; over 5 % teaches inventing";
    if (figure.value) {
      figure.verdict = small_is_good(*figure.value, kLook, kBad);
      figure.finding = figure_text(*figure.value, Unit::share) +
                       " of what is said of memory stands in no result";
    }
    figure.examples = examples_.all();
    return figure;
  }

  Figure conversations() const {
    Figure figure = share_figure("conversations_with_unbacked",
                                 "Conversations with such a claim",
                                 with_unbacked_, conversations_);
    figure.good = "low is good: these are the ones to read or to leave out";
    return figure;
  }

  Figure by_kind() const {
    Figure figure;
    figure.key = "by_kind";
    figure.name = "By what is claimed";
    figure.table.of = "claim";
    figure.table.columns = {{"claims", "claims", Unit::count},
                            {"unbacked", "unbacked", Unit::count},
                            {"share", "share", Unit::share}};
    for (const std::string& kind : claim_kinds()) {
      if (all_.count(kind) == 0) continue;
      auto all = static_cast<double>(all_.count(kind));
      auto unbacked = static_cast<double>(unbacked_.count(kind));
      figure.table.rows.push_back(
          {name_of(kind), {all, unbacked, ratio(unbacked, all)}});
    }
    return figure;
  }

  LabelCounts all_;
  LabelCounts unbacked_;
  Quotes examples_;
  int64_t conversations_ = 0;
  int64_t with_unbacked_ = 0;
};

}  // namespace

std::unique_ptr<Measure> memory_truth_measure(const Asked& asked) {
  return std::make_unique<MemoryTruth>(asked);
}

}  // namespace simulate
