// Says one of many phrases, never one that was said before in the conversation.
// A phrase holds choices, "[Right|Well], {it} again": brackets are drawn from,
// nested ones too, and {slots} are filled. One that needs a slot which is empty
// is not drawn.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "simulator/base/random.h"

namespace simulate::offline {

using Phrases = std::span<const char* const>;
using Slots = std::map<std::string, std::string>;

// `text` with every "[a|b]" drawn.
std::string spun(std::string_view text, Random& random);

class Voice {
 public:
  Voice(uint64_t seed, std::vector<std::string> said)
      : random_(seed), said_(std::move(said)) {}

  // Empty when no phrase fits the slots.
  std::string say(Phrases phrases, const Slots& slots = {});
  bool chance(double probability) { return random_.chance(probability); }
  Random& random() { return random_; }

 private:
  bool is_stale(const std::string& text) const;

  Random random_;
  std::vector<std::string> said_;
};

}  // namespace simulate::offline
