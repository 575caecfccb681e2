// Stops sending to a server that keeps failing, and tries again with one
// request after a while. A value with a clock passed in.
// Tested by tests/net/limiter_test.cpp.
#pragma once

#include "simulator/base/time.h"

namespace simulate {

class Breaker {
 public:
  // Open: nothing is sent before this moment.
  Micros opens_until() const { return open_until_; }

  // It was open and nothing has succeeded since: send one request at a time.
  bool is_on_trial() const { return failures_ >= kFailuresInARow; }

  void succeeded();

  // True when this failure opened the breaker: five in a row, and then every
  // failed trial. The pause doubles from 15 s to 5 minutes.
  bool failed(Micros now);

 private:
  static constexpr int kFailuresInARow = 5;
  static constexpr Micros kFirstPause = Seconds(15);
  static constexpr Micros kLongestPause = Seconds(300);

  int failures_ = 0;
  Micros pause_ = kFirstPause;
  Micros open_until_{0};
};

}  // namespace simulate
