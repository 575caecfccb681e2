// Picks one of many phrases, never one that was said before in the
// conversation. A phrase holds choices, "[Right|Well], {it} again": brackets
// are drawn from, nested ones too, and {blanks} are filled. One whose blank
// would stay empty is not drawn.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/offline/phrase_file.h"
#include "simulator/offline/scenes.h"

namespace simulate::offline {

// What the blanks are filled with, by their names.
using Blanks = std::map<std::string, std::string>;

// What scenes know by name, where nothing else is meant.
void add_values(const Values& values, Blanks& blanks);

// `text` with every "[a|b]" drawn.
std::string with_choices_drawn(std::string_view text, Random& random);

class PhrasePicker {
 public:
  PhrasePicker(uint64_t seed, std::vector<std::string> said)
      : random_(seed), said_(std::move(said)) {}

  // Empty when the blanks of no phrase can be filled.
  std::string pick(const Phrases& phrases, const Blanks& blanks = {});
  bool chance(double probability) { return random_.chance(probability); }
  Random& random() { return random_; }

 private:
  bool is_stale(const std::string& text) const;

  Random random_;
  std::vector<std::string> said_;
};

}  // namespace simulate::offline
