// How often each value of an axis, or situation, has come out so far, and which
// is wanted most. The ledger keeps the same sums, and changes them with what
// they count (store/share_sums.h). A value.
// Tested by tests/conversation/shares_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "simulator/base/random.h"

namespace simulate {

struct ShareCount {
  int64_t open = 0;       // drawn for slots that are not done
  int64_t done = 0;       // drawn for slots that were kept or given up
  int64_t succeeded = 0;  // of those, where it came out as it was drawn
  int64_t kept = 0;  // conversations that it came out in, drawn for it or not

  // A value that comes out this seldom is not drawn more often to make up.
  static constexpr double kLeastSuccess = 0.3;
  static constexpr int64_t kEnoughToTell = 10;  // of done
  bool is_hopeless() const;
  // Before there is anything to go by, that everything succeeds.
  double success_rate() const;

  bool operator==(const ShareCount&) const = default;
};

// What can be drawn. Shares are relative to the sum over their axis.
struct Candidate {
  std::string value;
  double share = 0;
  bool is_possible = true;  // now
  bool is_task = false;     // it counts whatever comes of it
};

class Shares {
 public:
  ShareCount& count(const std::string& axis, const std::string& value) {
    return counts_[axis][value];
  }
  const std::map<std::string, std::map<std::string, ShareCount>>& counts()
      const {
    return counts_;
  }
  // Values that hardly ever come out as they are drawn: a line for people.
  std::vector<std::string> complaints(const std::string& axis) const;

  bool operator==(const Shares&) const = default;

  // Of the possible ones the value of which most is missing: share * N - kept -
  // open * success rate, N being all of them that are open or done; with less
  // than one conversation's worth of chance, so that axes do not go in step.
  // None is drawn more than twice as often as its share says, while others are
  // possible. Empty when nothing is possible.
  std::string most_wanted(const std::string& axis,
                          const std::vector<Candidate>& candidates,
                          Random& random) const;

 private:
  std::map<std::string, std::map<std::string, ShareCount>> counts_;
};

}  // namespace simulate
