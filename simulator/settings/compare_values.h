// What has changed between two values of a setting, in words: overloads for the
// table of settings, and for nobody else.
// Tested by tests/settings/settings_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/settings/settings.h"
#include "simulator/settings/typed_value.h"

namespace simulate {

// Appends what differs, each as "name: before -> now".
using Differences = std::vector<std::string>;
void compare_values(const std::string& name, const TextHashes& before,
                    const TextHashes& now, Differences& differences);
void compare_values(const std::string& name,
                    const std::optional<TextHashes>& before,
                    const std::optional<TextHashes>& now,
                    Differences& differences);
// Providers that only one of the two has are no difference.
void compare_values(const std::string& name, const ModelSettings& before,
                    const ModelSettings& now, Differences& differences);
void compare_values(const std::string& name, const Cast& before,
                    const Cast& now, Differences& differences);
void compare_values(const std::string& name,
                    const std::vector<std::string>& before,
                    const std::vector<std::string>& now,
                    Differences& differences);
// By their names: a run may be moved.
void compare_values(const std::string& name,
                    const std::filesystem::path& before,
                    const std::filesystem::path& now, Differences& differences);

template <class Value>
void compare_values(const std::string& name, const Value& before,
                    const Value& now, Differences& differences) {
  if (before == now) return;
  differences.push_back(name + ": " + value_text(before) + " -> " +
                        value_text(now));
}

}  // namespace simulate
