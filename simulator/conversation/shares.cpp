#include "simulator/conversation/shares.h"

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr double kOptimism = 3;  // successes that nobody has seen

using Counts = std::map<std::string, ShareCount>;

ShareCount count_of(const Counts& counts, const std::string& value) {
  auto found = counts.find(value);
  return found == counts.end() ? ShareCount() : found->second;
}

// Of how many conversations the shares are shares.
double size_of(const Counts& counts, const std::vector<Candidate>& candidates) {
  int64_t all = 1;
  for (const Candidate& one : candidates) {
    ShareCount count = count_of(counts, one.value);
    all += count.open + count.done;
  }
  return static_cast<double>(all);
}

double missing(const Candidate& one, const ShareCount& count, double wanted) {
  auto open = static_cast<double>(count.open);
  if (one.is_task || count.is_hopeless()) {
    return wanted - static_cast<double>(count.done) - open;
  }
  return wanted - static_cast<double>(count.kept) - open * count.success_rate();
}

bool was_drawn_enough(const ShareCount& count, double wanted) {
  return static_cast<double>(count.open + count.done) > 2 * wanted + 1;
}

}  // namespace

bool ShareCount::is_hopeless() const {
  return done >= kEnoughToTell && static_cast<double>(succeeded) <
                                      kLeastSuccess * static_cast<double>(done);
}

double ShareCount::success_rate() const {
  return (static_cast<double>(succeeded) + kOptimism) /
         (static_cast<double>(done) + kOptimism);
}

std::vector<std::string> Shares::complaints(const std::string& axis) const {
  std::vector<std::string> lines;
  auto known = counts_.find(axis);
  if (known == counts_.end()) return lines;
  for (const auto& [value, count] : known->second) {
    if (!count.is_hopeless()) continue;
    lines.push_back(axis + " " + one_line(value) + " took place in " +
                    std::to_string(count.succeeded) + " of the " +
                    counted(count.done, "conversation") +
                    " that it was drawn for");
  }
  return lines;
}

std::string Shares::most_wanted(const std::string& axis,
                                const std::vector<Candidate>& candidates,
                                Random& random) const {
  static const Counts none;
  auto known = counts_.find(axis);
  const Counts& counts = known == counts_.end() ? none : known->second;
  double size = size_of(counts, candidates);
  double all = 0;
  for (const Candidate& one : candidates) all += one.share;
  const Candidate* best = nullptr;
  double most = 0;
  for (const Candidate& one : candidates) {
    // The draw is made for all, so that it does not depend on what is possible.
    double chance = random.fraction();
    if (!one.is_possible || one.share <= 0) continue;
    ShareCount count = count_of(counts, one.value);
    double wanted = one.share / all * size;
    double worth = missing(one, count, wanted) + chance * std::min(1.0, wanted);
    if (was_drawn_enough(count, wanted)) worth -= 1e12;
    if (best && worth <= most) continue;
    best = &one;
    most = worth;
  }
  return best ? best->value : "";
}

}  // namespace simulate
