#include "simulator/base/state_file.h"

#include <cstdlib>
#include <ctime>

namespace simulate {

namespace {

// Relative ones count as none, as the specification says.
std::filesystem::path folder_named(const char* variable) {
  const char* value = std::getenv(variable);
  std::filesystem::path path = value ? value : "";
  return path.is_absolute() ? path : std::filesystem::path();
}

}  // namespace

std::filesystem::path state_file(const std::string& name) {
  std::filesystem::path state = folder_named("XDG_STATE_HOME");
  if (state.empty()) {
    std::filesystem::path home = folder_named("HOME");
    if (home.empty()) return {};
    state = home / ".local" / "state";
  }
  return state / "simulate" / name;
}

std::string today() {
  std::time_t now = std::time(nullptr);
  std::tm parts = {};
  gmtime_r(&now, &parts);
  char text[sizeof "2026-11-23"];
  size_t size = std::strftime(text, sizeof text, "%F", &parts);
  return {text, size};
}

}  // namespace simulate
