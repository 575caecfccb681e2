// How alike two texts are, by the pieces of a few letters that they share: in
// any script, whatever case, marks and small changes. Pure.
// Tested by tests/guards/likeness_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace simulate::guards {

// How much is said: its letters and digits, of which one counts for two in
// scripts that need few of them (all but Latin, Greek, Cyrillic and the like).
size_t weight_of(std::string_view text);

// Below this weight people say the same thing twice and mean it: "Yes." "Good
// night!"
constexpr size_t kFewLetters = 16;

// The distinct pieces of a text; two are compared in linear time.
class Shingles {
 public:
  explicit Shingles(std::string_view text);

  // 0 to 1: of what both have, the share that they have in common.
  double likeness(const Shingles& other) const;
  // 0 to 1: the share of this one's pieces that the other has.
  double share_in(const Shingles& other) const;
  size_t size() const { return pieces_.size(); }

 private:
  size_t common(const Shingles& other) const;

  std::vector<uint64_t> pieces_;
};

// The same passage comes again and again, as when a model is stuck.
bool loops(std::string_view text);

}  // namespace simulate::guards
