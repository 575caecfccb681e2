// Tasks that a user brings: a file of JSON lines, each of which becomes a
// situation of share 1. docs/situations.md says what a line has.
// Tested by tests/conversation/tasks_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/conversation/situations.h"

namespace simulate {

// Played with these axes. Throws BadUsage when there are none or one is bad:
// the line, the field, what it must be.
Situations load_tasks(const std::filesystem::path& file,
                      std::vector<Axis> axes);

// Who they are for; empty when one of them is for anybody.
std::vector<std::string> people_of(const Situations& tasks);

}  // namespace simulate
