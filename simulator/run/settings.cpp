#include "simulator/run/settings.h"

#include "simulator/base/text.h"

namespace simulate {

namespace {

struct Rule {
  const char* key;
  Consequence consequence;
};

constexpr Rule kRules[] = {
    {"seed", Consequence::refused},       {"tool_syntax", Consequence::refused},
    {"mode", Consequence::refused},       {"prompts", Consequence::stops},
    {"models", Consequence::stops},       {"cast", Consequence::stops},
    {"rewrite", Consequence::stops},      {"tools", Consequence::stops},
    {"personas", Consequence::next_wave}, {"sessions", Consequence::next_wave},
    {"turns", Consequence::next_wave},    {"providers", Consequence::continues},
};

std::string shown(const Json& value) {
  return value.is_string() ? value.get<std::string>()
                           : shortened(to_text(value), 60);
}

void compare_value(const std::string& name, Consequence consequence,
                   const Json& before, const Json& now,
                   std::vector<SettingsChange>& changes) {
  if (before == now) return;
  if (!before.is_object() || !now.is_object()) {
    changes.push_back(
        {consequence, name + ": " + shown(before) + " -> " + shown(now)});
    return;
  }
  for (const auto& [key, value] : before.items()) {
    if (now.contains(key)) {
      compare_value(name + " " + key, consequence, value, now[key], changes);
    } else if (name != "models") {
      changes.push_back({consequence, name + " " + key + ": removed"});
    }
  }
  for (const auto& [key, value] : now.items()) {
    if (!before.contains(key) && name != "models") {
      changes.push_back({consequence, name + " " + key + ": added"});
    }
  }
}

}  // namespace

std::vector<SettingsChange> compare_settings(const Json& before,
                                             const Json& now) {
  std::vector<SettingsChange> changes;
  for (const Rule& rule : kRules) {
    Json none;
    const Json& old_value = before.contains(rule.key) ? before[rule.key] : none;
    const Json& new_value = now.contains(rule.key) ? now[rule.key] : none;
    compare_value(rule.key, rule.consequence, old_value, new_value, changes);
  }
  return changes;
}

}  // namespace simulate
