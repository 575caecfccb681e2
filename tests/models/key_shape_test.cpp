#include "simulator/models/key_shape.h"

#include <gtest/gtest.h>

#include "simulator/models/provider.h"

namespace simulate {
namespace {

TEST(KeyShape, KnowsKeysFromNames) {
  for (const char* key :
       {"sk-proj-aaaaaaaaaaaaaaaa", "hf_abcdefghijklmnop",
        "Xk29fQm3LzP0aWbT7uYcR5vNs8dE1gHj", "5f2b8c0e9d7a4136b1c8e2f40a9d3b7c",
        "tgp_v1_0123456789abcdef", "Bearer 0123456789"}) {
    EXPECT_TRUE(looks_like_key(key)) << key;
    EXPECT_EQ(name_to_show(key), "(a name not shown here)");
  }
  for (const char* name :
       {"mistral-small-2506", "Qwen/Qwen3-235B-A22B-Instruct-2507-tput",
        "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8",
        "MistralSmall24BInstruct2501", "ft:open-mistral-7b:daf5e488:20230921",
        "http://127.0.0.1:8000/v1", "vllm-2", "deepseek-ai/DeepSeek-R1-0528"}) {
    EXPECT_FALSE(looks_like_key(name)) << name;
    EXPECT_EQ(name_to_show(name), name);
  }
}

TEST(KeyShape, TakesNoModelThatWeKnowForAKey) {
  for (const Provider& provider : known_providers()) {
    EXPECT_FALSE(looks_like_key(provider.model)) << provider.model;
    for (const auto& [role, own] : provider.roles) {
      EXPECT_FALSE(looks_like_key(own.model)) << own.model;
    }
  }
}

}  // namespace
}  // namespace simulate
