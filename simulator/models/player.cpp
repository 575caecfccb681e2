#include "simulator/models/player.h"

#include <algorithm>

namespace simulate {

const char* role_name(Role role) {
  switch (role) {
    case Role::tester:
      return "tester";
    case Role::assistant:
      return "assistant";
    case Role::rewriter:
      return "rewriter";
    case Role::judge:
      return "judge";
    case Role::writer:
      return "writer";
  }
  return "";
}

std::optional<Role> role_named(const std::string& name) {
  for (Role role : kAllRoles) {
    if (name == role_name(role)) return role;
  }
  return std::nullopt;
}

std::string player_text(const Player& player) {
  return player.model.empty() ? player.provider
                              : player.provider + ":" + player.model;
}

Player player_named(const std::string& text) {
  size_t colon = text.find(':');
  if (colon == std::string::npos) return {text};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

bool may_play(const Players& players, const std::string& provider) {
  return players.empty() ||
         std::any_of(players.begin(), players.end(), [&](const Player& player) {
           return player.provider == provider;
         });
}

const Players& players_of(const Cast& cast, Role role) {
  static const Players anybody;
  auto found = cast.find(role);
  return found == cast.end() ? anybody : found->second;
}

}  // namespace simulate
