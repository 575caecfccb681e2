// What a report says, before anybody shows it: figures in sections. Each figure
// carries what is good, a verdict and examples, so that text, JSON and HTML say
// the same, and no measure knows how it is shown. Values.
// Tested by tests/report/figure_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace simulate {

enum class FigureVerdict { none, good, look, bad };  // from mild to grave
const char* verdict_name(FigureVerdict verdict);

FigureVerdict graver(FigureVerdict one, FigureVerdict other);

enum class Unit {
  count,   // whole
  share,   // 0 to 1, shown in percent
  number,  // two decimals
  money,   // as many decimals as it takes
};

// "1,204", "3.4 %", "2.71", "0.0056".
std::string figure_text(double value, Unit unit);

// Where something was seen.
struct Quote {
  std::string conversation;  // its id; may be empty
  std::string text;
};

// A value of a series: of a plot, a bar.
struct Bar {
  std::string label;
  double value = 0;
  std::optional<double> wanted = {};  // what it ought to be
  FigureVerdict verdict = FigureVerdict::none;
};

struct Table {
  struct Column {
    std::string key;
    std::string name;
    Unit unit = Unit::count;
  };
  struct Row {
    std::string label;
    std::vector<std::optional<double>> values;  // none: cannot be told
    FigureVerdict verdict = FigureVerdict::none;
  };

  std::string of = {};  // what a row is: "tool"
  std::vector<Column> columns = {};
  std::vector<Row> rows = {};
};

struct Figure {
  std::string key;   // in JSON, never renamed: "near_duplicates"
  std::string name;  // "Conversations that are nearly another one's copy"
  Unit unit = Unit::count;
  std::string of = {};  // behind the value: "words"; may be empty
  std::optional<double> value = {};
  std::optional<double> low = {};  // 95 % interval, where it is one
  std::optional<double> high = {};
  std::vector<Bar> bars = {};
  bool is_histogram = false;  // the bars lie beside each other, in order
  Table table = {};
  std::string good = {};  // what is good: "under 2 %"
  FigureVerdict verdict = FigureVerdict::none;
  std::string finding = {};  // of a grave one, what to say on top: a clause
  std::vector<Quote> examples = {};
};

struct Section {
  std::string key;
  std::string title;
  std::string about;  // a sentence: what is asked here
  std::vector<Figure> figures = {};

  FigureVerdict verdict() const;  // the gravest of its figures'
};

struct DatasetReport {
  std::string title;  // what was read
  int64_t conversations = 0;
  std::vector<Section> sections;

  const Figure* find(const std::string& section,
                     const std::string& figure) const;
};

// "2 of 11 parts need a look: tools, cost.", or that none does.
std::string verdict_text(const DatasetReport& report);

// What to say on top: of each part that needs a look its findings, the gravest
// first, as are the parts.
struct Remark {
  FigureVerdict verdict = FigureVerdict::look;
  std::string key;      // of the section
  std::string section;  // its title
  std::vector<std::string> findings;
};
std::vector<Remark> remarks_of(const DatasetReport& report);

// The verdict on a value that ought to be small, or large.
FigureVerdict small_is_good(double value, double look, double bad);
FigureVerdict large_is_good(double value, double look, double bad);

}  // namespace simulate
