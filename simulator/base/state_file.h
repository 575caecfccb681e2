// Where the program keeps what it has learned of the world for later runs, such
// as what a server allows: files of the user's, which may be deleted at any
// time.
// Tested by tests/models/native_models_test.cpp.
#pragma once

#include <filesystem>
#include <string>

namespace simulate {

// $XDG_STATE_HOME/simulate/NAME, else ~/.local/state/simulate/NAME; empty when
// there is no home: then nothing is kept. (XDG Base Directory Specification)
std::filesystem::path state_file(const std::string& name);

// "2026-11-23", in UTC: when something was learned. Nothing that a run's
// content depends on asks for it.
std::string today();

}  // namespace simulate
