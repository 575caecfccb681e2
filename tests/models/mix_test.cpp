#include "simulator/models/mix.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"

namespace simulate {
namespace {

TEST(Mix, IsReadWithModelsAndWeights) {
  Players mix = mix_named(
      "--assistant", "mistral:mistral-large-latest=70, ollama:qwen3:8b=30");
  ASSERT_EQ(mix.size(), 2u);
  EXPECT_EQ(mix[0].model, "mistral-large-latest");
  EXPECT_EQ(mix[0].weight, 70);
  EXPECT_EQ(mix[1].provider, "ollama");
  EXPECT_EQ(mix[1].model, "qwen3:8b");
  EXPECT_EQ(mix_text(mix),
            "mistral:mistral-large-latest=70,ollama:qwen3:8b=30");
  EXPECT_FALSE(has_weights(mix_named("--tester", "together,mistral")));
}

TEST(Mix, IsRefusedWhereItSaysNothing) {
  for (const char* text : {"", "a=,b=1", "a=0", "a=-1", "a=x", "a=1,b", ":m",
                           "a=1,,b=1", "a=1e9", "a=nan", "a=inf"}) {
    EXPECT_THROW(mix_named("--assistant", text), BadUsage) << text;
  }
}

TEST(Mix, LetsTwoModelsOfOneProviderShareAlike) {
  Players mix = mix_named("--assistant", "a:one,a:two");
  EXPECT_EQ(mix[0].weight, 1);
  EXPECT_EQ(mix[1].weight, 1);
}

TEST(Mix, GivesToWhoIsMissingMost) {
  Players mix = mix_named("--assistant", "a=70,b=30");
  std::map<std::string, int64_t> given;
  for (int i = 0; i < 100; ++i) ++given[most_missing(mix, given)->provider];
  EXPECT_EQ(given["a"], 70);
  EXPECT_EQ(given["b"], 30);
}

TEST(Mix, TakesTurnsByWeightInEveryStretch) {
  Players mix = mix_named("--tester", "a=3,b=1");
  for (int64_t first : {1, 17, 4711}) {
    for (Role role : {Role::tester, Role::rewriter, Role::judge}) {
      std::map<std::string, int> turns;
      for (int64_t i = first; i < first + 100; ++i) {
        ++turns[turn_of(mix, role, i)->provider];
      }
      EXPECT_NEAR(turns["a"], 75, 3);
    }
  }
}

// Whoever has the one tester must not always have the one rewriter as well.
TEST(Mix, OfTwoRolesAreIndependent) {
  Players mix = mix_named("--tester", "a=1,b=1");
  int same = 0;
  for (int64_t i = 0; i < 1000; ++i) {
    same += turn_of(mix, Role::tester, i) == turn_of(mix, Role::rewriter, i);
  }
  EXPECT_NEAR(same, 500, 50);
}

}  // namespace
}  // namespace simulate
