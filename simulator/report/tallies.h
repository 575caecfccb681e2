// What measures count with: sums whose memory is bounded, however many
// conversations there are. Values.
// Tested by tests/report/tallies_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/report/figure.h"

namespace simulate {

// How often each label came; of very many, the later ones share one.
class LabelCounts {
 public:
  static constexpr size_t kMostLabels = 20'000;
  static constexpr const char* kOthers = "(others)";

  void add(const std::string& label, int64_t times = 1);

  int64_t count(const std::string& label) const;
  int64_t total() const { return total_; }
  size_t size() const { return counts_.size(); }
  const std::map<std::string, int64_t>& counts() const { return counts_; }

  // The most frequent first; of equals by their label.
  std::vector<std::pair<std::string, int64_t>> top(size_t most) const;
  // As shares of all; those that are not among the first are one bar.
  std::vector<Bar> bars(size_t most) const;

 private:
  std::map<std::string, int64_t> counts_;
  int64_t total_ = 0;
};

// Of whole numbers from 0; large ones are kept to three digits.
class Distribution {
 public:
  void add(int64_t value);

  int64_t count() const { return count_; }
  double mean() const;
  int64_t quantile(double part) const;  // 0 to 1
  // In bins of equal, round width; the last holds the longest 1 %.
  std::vector<Bar> histogram(size_t most) const;

 private:
  std::map<int64_t, int64_t> counts_;
  int64_t count_ = 0;
  double sum_ = 0;
};

// The first few of what was found.
class Quotes {
 public:
  explicit Quotes(size_t most) : most_(most) {}

  void add(const std::string& conversation, std::string_view text);
  const std::vector<Quote>& all() const { return all_; }

 private:
  size_t most_;
  std::vector<Quote> all_;
};

// hits / all, or nothing when there is nothing.
std::optional<double> ratio(double hits, double all);

// A figure that is a share, with its interval; a `finding` is said when the
// verdict asks for a look.
Figure share_figure(const std::string& key, const std::string& name,
                    int64_t hits, int64_t all);

}  // namespace simulate
