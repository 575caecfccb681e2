#include "simulator/settings/compare_values.h"

#include "simulator/base/text.h"
#include "simulator/models/mix.h"

namespace simulate {

namespace {

std::vector<std::string> names_of(const Players& players) {
  std::vector<std::string> names;
  for (const Player& player : players) names.push_back(mix_text(player));
  return names;
}

}  // namespace

void compare_values(const std::string& name, const TextHashes& before,
                    const TextHashes& now, Differences& differences) {
  for (const auto& [file, hash] : before) {
    const std::string* is = now.find(file);
    if (is) {
      compare_values(name + " " + file, hash, *is, differences);
    } else {
      differences.push_back(name + " " + file + ": removed");
    }
  }
  for (const auto& [file, unused] : now) {
    if (!before.find(file)) {
      differences.push_back(name + " " + file + ": added");
    }
  }
}

void compare_values(const std::string& name,
                    const std::optional<TextHashes>& before,
                    const std::optional<TextHashes>& now,
                    Differences& differences) {
  if (before && now) compare_values(name, *before, *now, differences);
}

void compare_values(const std::string& name, const ModelSettings& before,
                    const ModelSettings& now, Differences& differences) {
  for (const auto& [provider, roles] : before) {
    auto found = now.find(provider);
    if (found == now.end()) continue;
    for (const auto& [role, was] : roles) {
      auto is = found->second.find(role);
      if (is == found->second.end()) continue;
      std::string whose = name + " " + provider + " " + role_name(role);
      compare_values(whose, was.model, is->second.model, differences);
      compare_values(whose + " temperature", was.temperature,
                     is->second.temperature, differences);
      compare_values(whose + " max_tokens", was.max_tokens,
                     is->second.max_tokens, differences);
    }
  }
}

void compare_values(const std::string& name, const Cast& before,
                    const Cast& now, Differences& differences) {
  for (Role role : kRoles) {
    compare_values(name + " " + role_name(role),
                   names_of(players_of(before, role)),
                   names_of(players_of(now, role)), differences);
  }
}

void compare_values(const std::string& name,
                    const std::vector<std::string>& before,
                    const std::vector<std::string>& now,
                    Differences& differences) {
  if (before == now) return;
  auto text = [](const std::vector<std::string>& names) {
    return names.empty() ? "nobody in particular" : joined(names, ",");
  };
  differences.push_back(name + ": " + text(before) + " -> " + text(now));
}

void compare_values(const std::string& name,
                    const std::filesystem::path& before,
                    const std::filesystem::path& now,
                    Differences& differences) {
  compare_values(name, before.filename().string(), now.filename().string(),
                 differences);
}

}  // namespace simulate
