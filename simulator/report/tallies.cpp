#include "simulator/report/tallies.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "simulator/base/text.h"
#include "simulator/metrics/paired_test.h"

namespace simulate {

namespace {

constexpr size_t kLongestExample = 240;  // bytes
constexpr double kMostOfThem = 0.99;

// Three digits of it: 12345 as 12300.
int64_t rounded(int64_t value) {
  int64_t step = 1;
  while (value / step >= 1000) step *= 10;
  return value / step * step;
}

// The next of 1, 2, 5, 10, 20, 50, ... that is not below it.
int64_t round_width(int64_t least) {
  for (int64_t power = 1;; power *= 10) {
    for (int64_t digit : {1, 2, 5}) {
      if (digit * power >= least) return digit * power;
    }
  }
}

std::string bin_label(int64_t from, int64_t width) {
  if (width == 1) return std::to_string(from);
  return std::to_string(from) + "-" + std::to_string(from + width - 1);
}

}  // namespace

void LabelCounts::add(const std::string& label, int64_t times) {
  total_ += times;
  auto found = counts_.find(label);
  if (found != counts_.end()) {
    found->second += times;
  } else if (counts_.size() < kMostLabels) {
    counts_[label] = times;
  } else {
    counts_[kOthers] += times;
  }
}

int64_t LabelCounts::count(const std::string& label) const {
  auto found = counts_.find(label);
  return found == counts_.end() ? 0 : found->second;
}

std::vector<std::pair<std::string, int64_t>> LabelCounts::top(
    size_t most) const {
  std::vector<std::pair<std::string, int64_t>> all(counts_.begin(),
                                                   counts_.end());
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.second > b.second;
  });
  if (all.size() > most) all.resize(most);
  return all;
}

std::vector<Bar> LabelCounts::bars(size_t most) const {
  std::vector<Bar> bars;
  auto all = static_cast<double>(std::max<int64_t>(1, total_));
  int64_t shown = 0;
  for (const auto& [label, times] : top(most)) {
    bars.push_back({label, static_cast<double>(times) / all});
    shown += times;
  }
  if (shown < total_) {
    std::string rest = std::to_string(counts_.size() - bars.size()) + " others";
    bars.push_back({rest, static_cast<double>(total_ - shown) / all});
  }
  return bars;
}

void Distribution::add(int64_t value) {
  value = std::max<int64_t>(0, value);
  ++counts_[rounded(value)];
  ++count_;
  sum_ += static_cast<double>(value);
}

double Distribution::mean() const {
  return count_ == 0 ? 0 : sum_ / static_cast<double>(count_);
}

int64_t Distribution::quantile(double part) const {
  auto rank =
      static_cast<int64_t>(std::ceil(part * static_cast<double>(count_)));
  int64_t seen = 0;
  for (const auto& [value, times] : counts_) {
    seen += times;
    if (seen >= rank) return value;
  }
  return 0;
}

std::vector<Bar> Distribution::histogram(size_t most) const {
  if (count_ == 0) return {};
  int64_t first = counts_.begin()->first;
  int64_t end = std::max(first, quantile(kMostOfThem)) + 1;
  auto bins = static_cast<int64_t>(most);
  int64_t width = round_width((end - first + bins - 1) / bins);
  int64_t from = first / width * width;
  int64_t longest = counts_.rbegin()->first;
  std::vector<Bar> bars;
  for (; from < end; from += width) {
    bars.push_back({bin_label(from, width), 0});
  }
  if (longest >= from) bars.push_back({std::to_string(from) + "+", 0});
  int64_t begin = first / width * width;
  for (const auto& [value, times] : counts_) {
    auto at =
        std::min(static_cast<size_t>((value - begin) / width), bars.size() - 1);
    bars[at].value += static_cast<double>(times) / static_cast<double>(count_);
  }
  return bars;
}

void Quotes::add(const std::string& conversation, std::string_view text) {
  if (all_.size() >= most_) return;
  all_.push_back({conversation, shortened(one_line(text), kLongestExample)});
}

std::optional<double> ratio(double hits, double all) {
  if (all <= 0) return std::nullopt;
  return hits / all;
}

Figure share_figure(const std::string& key, const std::string& name,
                    int64_t hits, int64_t all) {
  Figure figure;
  figure.key = key;
  figure.name = name;
  figure.unit = Unit::share;
  if (all <= 0) return figure;
  Share share = share_of(hits, all);
  figure.value = share.value;
  figure.low = share.low;
  figure.high = share.high;
  return figure;
}

}  // namespace simulate
