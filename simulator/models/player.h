// The three roles, and who plays them. Values.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace simulate {

// The three speakers of the play; each has providers, models and sampling.
enum class Role { tester, assistant, rewriter };
inline constexpr Role kRoles[] = {Role::tester, Role::assistant,
                                  Role::rewriter};
const char* role_name(Role role);
std::optional<Role> role_named(const std::string& name);

// A model of a provider.
struct Player {
  std::string provider;
  std::string model = {};  // empty: the one that the provider gives the role
  auto operator<=>(const Player&) const = default;
};

// "provider:model", as records, ledgers and messages name it; the provider
// alone when no model is named.
std::string player_text(const Player& player);

// Reads it back. A model's name may hold colons, a provider's may not.
Player player_named(const std::string& text);

// Those who may play; empty: anybody.
using Players = std::vector<Player>;

// Whether a model of `provider` may play.
bool may_play(const Players& players, const std::string& provider);

// Who plays each role; one that is missing is played by anybody.
using Cast = std::map<Role, Players>;

const Players& players_of(const Cast& cast, Role role);

}  // namespace simulate
