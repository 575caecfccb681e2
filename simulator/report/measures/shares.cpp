// Shares: whether situations and axes came out as often as was wished.
// Tested by tests/report/measures_test.cpp.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

constexpr double kLook = 0.05;
constexpr double kBad = 0.15;
constexpr const char* kAxes[] = {"situation", "mood",    "style",   "typing",
                                 "opening",   "purpose", "language"};

// How far shares are from the wished ones by chance alone, among n.
double off_by_chance(const std::vector<Bar>& bars, int64_t n) {
  double sum = 0;
  for (const Bar& bar : bars) {
    double p = bar.wanted.value_or(0);
    sum += std::sqrt(2 * p * (1 - p) /
                     (std::numbers::pi * static_cast<double>(n)));
  }
  return sum / 2;
}

class Shares : public Measure {
 public:
  explicit Shares(const Asked& asked)
      : facts_(asked.facts), most_(asked.rules.most_values) {}

  void add(const Reading& reading) override {
    for (const char* axis : kAxes) {
      std::string value = reading.label(axis);
      if (!value.empty()) came_out_[axis].add(value);
    }
    if (reading.has("took_place")) {
      ++told_;
      if (reading.label("took_place") == "true") {
        ++took_place_;
      } else {
        missed_.add(reading.label("situation"));
      }
    }
  }

  Section section() override {
    Section section{"shares", "Shares",
                    "Did what was wished for come out as often as wished?"};
    if (!facts_) section.about += " A run's ledger alone knows the wishes.";
    if (facts_ && !facts_->wanted.empty()) {
      for (const auto& [axis, wanted] : facts_->wanted) {
        section.figures.push_back(against(axis, wanted));
      }
    } else {
      for (const char* axis : kAxes) {
        if (came_out_.count(axis)) section.figures.push_back(alone(axis));
      }
    }
    if (told_ > 0) section.figures.push_back(took_place());
    return section;
  }

 private:
  // The count of a ledger; or that of the records, where it has none.
  Figure against(const std::string& axis,
                 const std::vector<WantedShare>& wanted) {
    double all_shares = 0;
    int64_t all = 0;
    for (const WantedShare& one : wanted) {
      all_shares += one.share;
      all += kept(axis, one);
    }
    Figure figure;
    figure.key = axis;
    figure.name = "Off the wished shares: " + axis;
    figure.unit = Unit::share;
    figure.good = "low is good: under 5 % more than chance makes of so few";
    if (all == 0 || all_shares <= 0) return figure;
    double off = 0;
    for (const WantedShare& one : wanted) {
      Bar bar{one.value, static_cast<double>(kept(axis, one)) / double(all),
              one.share / all_shares};
      off += std::abs(bar.value - *bar.wanted) / 2;
      figure.bars.push_back(bar);
    }
    mark_missing(figure.bars, all);
    figure.value = off;
    double chance = off_by_chance(figure.bars, all);
    figure.verdict = small_is_good(off, kLook + chance, kBad + chance);
    figure.finding = axis + ": " + figure_text(off, Unit::share) +
                     " of the conversations would have to be another's; most "
                     "is missing of " +
                     most_missing(figure.bars);
    std::stable_sort(figure.bars.begin(), figure.bars.end(),
                     [](const Bar& one, const Bar& other) {
                       return *one.wanted > *other.wanted;
                     });
    return figure;
  }

  int64_t kept(const std::string& axis, const WantedShare& one) {
    return one.kept > 0 ? one.kept : came_out_[axis].count(one.value);
  }

  // Less than half of what is wished, and not by chance.
  static void mark_missing(std::vector<Bar>& bars, int64_t all) {
    for (Bar& bar : bars) {
      double expected = *bar.wanted * static_cast<double>(all);
      bool missing = expected >= 5 && bar.value < *bar.wanted / 2;
      if (missing) bar.verdict = FigureVerdict::look;
    }
  }

  static std::string most_missing(const std::vector<Bar>& bars) {
    auto most = std::max_element(
        bars.begin(), bars.end(), [](const Bar& one, const Bar& other) {
          return *one.wanted - one.value < *other.wanted - other.value;
        });
    return most->label;
  }

  Figure alone(const char* axis) {
    Figure figure;
    figure.key = axis;
    figure.name = std::string("By ") + axis;
    figure.unit = Unit::share;
    size_t most = std::string(axis) == "situation" ? 40 : most_;
    figure.bars = came_out_[axis].bars(most);
    return figure;
  }

  Figure took_place() const {
    Figure figure = share_figure(
        "took_place", "Conversations in which their situation took place",
        took_place_, told_);
    figure.good = "high is good: over 95 %";
    figure.verdict = large_is_good(*figure.value, 0.95, 0.8);
    figure.finding = "in " + figure_text(1 - *figure.value, Unit::share) +
                     " of the conversations their situation did not take place";
    for (const auto& [situation, times] : missed_.top(6)) {
      figure.bars.push_back(
          {situation, static_cast<double>(times) / double(told_)});
    }
    return figure;
  }

  const RunFacts* facts_;
  size_t most_;
  std::map<std::string, LabelCounts> came_out_;
  LabelCounts missed_;
  int64_t told_ = 0;
  int64_t took_place_ = 0;
};

}  // namespace

std::unique_ptr<Measure> shares_measure(const Asked& asked) {
  return std::make_unique<Shares>(asked);
}

}  // namespace simulate
