// The situations and axes that a plan draws from, as a folder has them:
// NAME.json for each situation, axes.json for the axes. A value; its text is
// what the ledger keeps.
// Tested by tests/conversation/situations_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/conversation/situation.h"

namespace simulate {

struct Situations {
  std::vector<Situation> all;  // by name
  std::vector<Axis> axes;      // in the order of axis_names()
  std::string text;            // JSON of both
  std::string hash;            // of the text

  const Situation* find(const std::string& name) const;
};

// What a file axes.json may have, and each slot has a value of.
const std::vector<std::string>& axis_names();

// Of what was read elsewhere: checked, with text and hash. Throws BadUsage.
Situations situations_of(std::vector<Situation> all, std::vector<Axis> axes);

// Throws BadUsage when there are none or one is bad: the file, the field, what
// it must be.
Situations load_situations(const std::filesystem::path& folder);

// Of a text as a ledger keeps it; an empty one has no situations. Throws
// BadUsage.
Situations situations_from(const std::string& text);

}  // namespace simulate
