// What a folder says of its world as a whole, in world.json: what the assistant
// is called, which options of a run are its own, and who plays it offline.
//
//   {"assistant": "Robin", "options": {"tools": "orders,policy"},
//    "offline": "scenes.json"}
//
// Tested by tests/program/world_test.cpp.
#pragma once

#include <filesystem>
#include <string>

#include "simulator/settings/settings.h"

namespace simulate {

// The world that lies where the program finds it by itself, and the name of
// the scripts that play it offline.
constexpr const char* kCompanion = "companion";

// Fills in what world.json of the working folder says, or the installed one
// where there is none; what is typed comes afterwards. Throws BadUsage.
void apply_world(Settings& settings);

// What the offline model plays, as text: the file of scenes that the world
// names, empty for the scripts of the companion. Throws BadUsage when the world
// has neither.
std::string offline_scenes(const Settings& settings);

}  // namespace simulate
