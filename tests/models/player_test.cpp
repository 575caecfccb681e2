#include "simulator/models/player.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(Player, IsNamedByProviderAndModel) {
  EXPECT_EQ(player_text({"mistral", "large"}), "mistral:large");
  EXPECT_EQ(player_text({"mistral"}), "mistral");
}

TEST(Player, IsReadBack) {
  for (const char* text : {"mistral:large", "mistral", "ollama:qwen3:8b"}) {
    EXPECT_EQ(player_text(player_named(text)), text);
  }
  EXPECT_EQ(player_named("ollama:qwen3:8b").model, "qwen3:8b");
}

TEST(Player, MayBeAnybodyWhereNobodyIsNamed) {
  EXPECT_TRUE(may_play({}, "mistral"));
  EXPECT_TRUE(may_play({{"box"}, {"mistral", "large"}}, "mistral"));
  EXPECT_FALSE(may_play({{"box"}}, "mistral"));
  Cast cast = {{Role::tester, {{"box"}}}};
  EXPECT_EQ(players_of(cast, Role::tester), Players{{"box"}});
  EXPECT_TRUE(players_of(cast, Role::assistant).empty());
}

}  // namespace
}  // namespace simulate
