// Coverage: what ought to be there, by how often its parts are, and is not.
// Tested by tests/report/measures_test.cpp.
#include <algorithm>
#include <cmath>
#include <set>

#include "simulator/base/text.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

// Below this, none may be chance: e^-5 is less than 1 %.
constexpr double kExpected = 5;
constexpr double kFarTooFew = 0.2;
constexpr size_t kMostHoles = 20;
constexpr size_t kMostCells = 50'000;  // that are told apart

struct Pair {
  const char* one;
  const char* other;
};
constexpr Pair kPairs[] = {{"situation", "language"}, {"situation", "mood"},
                           {"situation", "style"},    {"situation", "typing"},
                           {"mood", "language"},      {"mood", "style"}};

struct Hole {
  std::string what;
  double expected = 0;
  int64_t seen = 0;
};

class Coverage : public Measure {
 public:
  explicit Coverage(const Asked& asked) : facts_(asked.facts) {}

  void add(const Reading& reading) override {
    ++conversations_;
    for (const Pair& pair : kPairs) add_pair(reading, pair);
    if (facts_) {
      for (const auto& [axis, wanted] : facts_->wanted) {
        seen_.add(axis + " " + reading.label(axis));
      }
    }
    if (reading.has("persona")) people_.add(reading.label("persona"));
    add_tools(reading);
  }

  Section section() override {
    Section section{"coverage", "Coverage",
                    "What is missing, though its parts are there?"};
    section.figures.push_back(holes());
    if (offered_.total() > 0) section.figures.push_back(never_called());
    if (people_.size() > 1) section.figures.push_back(people());
    if (facts_ && !facts_->wanted.empty()) {
      section.figures.push_back(never_seen());
    }
    return section;
  }

 private:
  void add_pair(const Reading& reading, const Pair& pair) {
    std::string one = reading.label(pair.one);
    std::string other = reading.label(pair.other);
    if (one.empty() || other.empty()) return;
    Cells& cells = cells_[std::string(pair.one) + " x " + pair.other];
    ++cells.all;
    cells.ones.add(one);
    cells.others.add(other);
    if (cells.seen.size() < kMostCells) ++cells.seen[{one, other}];
  }

  void add_tools(const Reading& reading) {
    if (reading.talk.transcript.offer) {
      for (const ToolSpec& tool : reading.talk.transcript.offer->tools) {
        offered_.add(tool.name);
      }
    }
    std::set<std::string> called;
    for (const Message& message : reading.messages()) {
      for (const ToolCall& call : message.calls) called.insert(call.name);
    }
    for (const std::string& tool : called) called_.add(tool);
  }

  Figure holes() const {
    std::vector<Hole> found;
    int64_t asked = 0;
    for (const auto& [name, cells] : cells_) {
      asked += collect(name, cells, found);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Hole& one, const Hole& other) {
                       return one.expected - double(one.seen) >
                              other.expected - double(other.seen);
                     });
    auto hits = static_cast<int64_t>(found.size());
    Figure figure =
        share_figure("holes", "Combinations that are missing", hits, asked);
    figure.of = "of " + figure_text(double(asked), Unit::count) +
                " that chance would bring five times and more";
    figure.good = "low is good: under 2 %; some combinations make no sense";
    if (figure.value) {
      figure.verdict = small_is_good(*figure.value, 0.02, 0.1);
      figure.finding = counted(hits, "combination") + " of what is there " +
                       (hits == 1 ? "is" : "are") + " missing" +
                       (found.empty() ? "" : ", as " + found.front().what);
    }
    figure.table = table_of(found);
    return figure;
  }

  struct Cells {
    LabelCounts ones;
    LabelCounts others;
    std::map<std::pair<std::string, std::string>, int64_t> seen;
    int64_t all = 0;
  };

  // Returns how many combinations were to be expected.
  static int64_t collect(const std::string& name, const Cells& cells,
                         std::vector<Hole>& found) {
    int64_t asked = 0;
    if (cells.seen.size() >= kMostCells) return 0;
    for (const auto& [one, times] : cells.ones.counts()) {
      for (const auto& [other, its_times] : cells.others.counts()) {
        double expected = static_cast<double>(times) *
                          static_cast<double>(its_times) /
                          static_cast<double>(cells.all);
        if (expected < kExpected) continue;
        ++asked;
        auto at = cells.seen.find({one, other});
        int64_t seen = at == cells.seen.end() ? 0 : at->second;
        if (static_cast<double>(seen) > kFarTooFew * expected) continue;
        found.push_back({name + ": " + one + " x " + other, expected, seen});
      }
    }
    return asked;
  }

  static Table table_of(const std::vector<Hole>& holes) {
    Table table;
    table.of = "combination";
    table.columns = {{"expected", "expected", Unit::count},
                     {"seen", "seen", Unit::count}};
    for (const Hole& hole : holes) {
      if (table.rows.size() == kMostHoles) break;
      table.rows.push_back(
          {hole.what, {hole.expected, static_cast<double>(hole.seen)}});
    }
    return table;
  }

  Figure never_called() const {
    std::vector<std::string> silent;
    for (const auto& [tool, times] : offered_.counts()) {
      if (called_.count(tool) == 0) silent.push_back(tool);
    }
    auto hits = static_cast<int64_t>(silent.size());
    auto tools = static_cast<int64_t>(offered_.size());
    Figure figure = share_figure("never_called", "Tools that are never called",
                                 hits, tools);
    figure.low = figure.high = std::nullopt;
    figure.of = "of " + counted(tools, "tool") + " that are offered";
    figure.good = "none is good: a tool that is never called is not learnt";
    figure.verdict = hits == 0 ? FigureVerdict::good : FigureVerdict::look;
    figure.finding = "never called: " + joined(silent, ", ");
    figure.table.of = "tool";
    figure.table.columns = {{"offered", "offered", Unit::count},
                            {"called", "called", Unit::count},
                            {"share", "share", Unit::share}};
    for (const auto& [tool, times] : offered_.top(40)) {
      auto called = static_cast<double>(called_.count(tool));
      auto offered = static_cast<double>(times);
      figure.table.rows.push_back(
          {tool, {offered, called, ratio(called, offered)}});
      if (called == 0) figure.table.rows.back().verdict = FigureVerdict::look;
    }
    return figure;
  }

  // How evenly they are spread: as many as would be, were all as frequent.
  Figure people() const {
    double entropy = 0;
    for (const auto& [name, times] : people_.counts()) {
      double p = static_cast<double>(times) / double(people_.total());
      entropy -= p * std::log(p);
    }
    double evenly = std::exp(entropy);
    auto all = static_cast<double>(people_.size());
    Figure figure;
    figure.key = "personas";
    figure.name = "Personas that are spread evenly";
    figure.unit = Unit::share;
    figure.value = evenly / all;
    figure.of = "of " + figure_text(all, Unit::count) + " personas, " +
                figure_text(double(people_.total()) / all, Unit::number) +
                " conversations each";
    figure.good = "high is good: over 80 %";
    figure.verdict = large_is_good(*figure.value, 0.8, 0.5);
    figure.finding = "few personas have most of the conversations: " +
                     people_.top(1).front().first + " has " +
                     counted(people_.top(1).front().second, "conversation");
    return figure;
  }

  // Values that are wished for and never came out.
  Figure never_seen() const {
    std::vector<std::string> missing;
    for (const auto& [axis, wanted] : facts_->wanted) {
      double all = 0;
      for (const WantedShare& one : wanted) all += one.share;
      for (const WantedShare& one : wanted) {
        double expected = one.share / all * double(conversations_);
        std::string name = axis + " " + one.value;
        bool seen = one.kept > 0 || seen_.count(name) > 0;
        if (!seen && expected >= kExpected) missing.push_back(name);
      }
    }
    Figure figure;
    figure.key = "never_seen";
    figure.name = "Wished for, and never there";
    figure.value = static_cast<double>(missing.size());
    figure.good = "none is good";
    figure.verdict = missing.empty() ? FigureVerdict::good : FigureVerdict::bad;
    figure.finding = "wished for, and never there: " + joined(missing, ", ");
    for (const std::string& one : missing) figure.examples.push_back({"", one});
    return figure;
  }

  const RunFacts* facts_;
  int64_t conversations_ = 0;
  std::map<std::string, Cells> cells_;
  LabelCounts people_;
  LabelCounts seen_;  // "mood calm", of what is wished for
  LabelCounts offered_;
  LabelCounts called_;
};

}  // namespace

std::unique_ptr<Measure> coverage_measure(const Asked& asked) {
  return std::make_unique<Coverage>(asked);
}

}  // namespace simulate
