// The roles, and who plays them. Values.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace simulate {

// Each has providers, models and sampling. The first three speak in
// conversations; the judge reads them, the writer writes personas, and the
// embedder turns texts into vectors.
enum class Role { tester, assistant, rewriter, judge, writer, embedder };
inline constexpr Role kRoles[] = {Role::tester, Role::assistant,
                                  Role::rewriter};
inline constexpr Role kAllRoles[] = {Role::tester,   Role::assistant,
                                     Role::rewriter, Role::judge,
                                     Role::writer,   Role::embedder};
const char* role_name(Role role);
std::optional<Role> role_named(const std::string& name);

// A model of a provider.
struct Player {
  std::string provider;
  std::string model = {};  // empty: the one that the provider gives the role
  double weight = 0;  // its share beside others' (mix.h); 0: none is asked for
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
