// Finds eight words in a row that stand in a prompt as well. Placeholders end
// a row, so what a persona may say is never taken for a leak.
// Tested by tests/guards/leak_detector_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>

namespace simulate::guards {

class LeakDetector {
 public:
  void learn(const std::string& prompt);
  bool leaks(const std::string& text) const;

 private:
  std::unordered_set<uint64_t> rows_;
};

}  // namespace simulate::guards
