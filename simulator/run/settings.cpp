#include "simulator/run/settings.h"

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate {

namespace {

struct Rule {
  const char* key;
  Consequence consequence;
};

constexpr Rule kRules[] = {
    {"seed", Consequence::refused},
    {"tool_syntax", Consequence::refused},
    {"mode", Consequence::refused},
    {"prompts", Consequence::stops},
    {"models", Consequence::stops},
    {"cast", Consequence::stops},
    {"rewrite", Consequence::stops},
    {"tools", Consequence::stops},
    {"tool_failures", Consequence::stops},
    {"personas", Consequence::next_wave},
    {"sessions", Consequence::next_wave},
    {"turns", Consequence::next_wave},
    {"optional_tools", Consequence::next_wave},
    {"providers", Consequence::continues},
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

std::string line_difference(const std::string& before, const std::string& now,
                            size_t most) {
  std::vector<std::string> old_lines = split(before, '\n');
  std::vector<std::string> new_lines = split(now, '\n');
  size_t shorter = std::min(old_lines.size(), new_lines.size());
  size_t same = 0;
  while (same < shorter && old_lines[same] == new_lines[same]) ++same;
  size_t tail = 0;
  while (tail < shorter - same && old_lines[old_lines.size() - 1 - tail] ==
                                      new_lines[new_lines.size() - 1 - tail]) {
    ++tail;
  }
  std::string text;
  auto put = [&](const std::vector<std::string>& lines, const char* sign) {
    size_t end = lines.size() - tail;
    for (size_t i = same; i < end && i < same + most; ++i) {
      text += sign + shortened(lines[i], 100) + '\n';
    }
    if (end > same + most) {
      text += sign + std::string("(") + std::to_string(end - same - most) +
              " more lines)\n";
    }
  };
  put(old_lines, "- ");
  put(new_lines, "+ ");
  if (!text.empty()) text.pop_back();
  return text;
}

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
