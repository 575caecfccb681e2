#include "simulator/conversation/name_in_text.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(NameInText, StandsAtTheBeginning) {
  const std::pair<const char*, const char*> rows[] = {
      {"Ottilie Brandvold, a lighthouse keeper, counts gulls.",
       "Ottilie Brandvold"},
      {"Ottilie Brandvold counts gulls.", "Ottilie Brandvold"},
      {"Ottilie Brandvold's Sunday walks are long.", "Ottilie Brandvold"},
      {"João dos Santos Lima, um marceneiro, toca viola.",
       "João dos Santos Lima"},
      {"Tan Wei Ling keeps bees on a roof.", "Tan Wei Ling"},
      {"Ngozi O'Hara-Eze runs a bakery.", "Ngozi O'Hara-Eze"},
      {"灯台 守子さんは、朝早く起きる。", "灯台 守子"},
      {"灯台 守子は朝早く起きる。", "灯台 守子"},
      {"A retired baker who paints.", ""},
      {"The quiet keeper of a lighthouse.", ""},
      {"Growing tomatoes is what she likes.", ""},
      {"a lower-case beginning", ""},
      {"", ""},
  };
  for (const auto& [text, name] : rows) {
    EXPECT_EQ(name_in({text}), name) << text;
  }
}

TEST(NameInText, IsWhatMostTextsBeginWith) {
  EXPECT_EQ(name_in({"On Sundays Bo Lind sails.", "Bo Lind, a sailor, sings.",
                     "Cape Cod draws him.", "Bo Lind cooks."}),
            "Bo Lind");
  EXPECT_EQ(name_in({"Bo sails.", "Bo sings.", "Bo Lind is a sailor."}),
            "Bo Lind");
}

TEST(NameInText, OfOneWordMustBeginTwoTexts) {
  EXPECT_EQ(name_in({"Suryani, a weaver, sings."}), "");
  EXPECT_EQ(name_in({"Suryani, a weaver, sings.", "Suryani cooks."}),
            "Suryani");
  EXPECT_EQ(name_in({"한바다 씨는 등대를 지킵니다.", "한바다 씨는 걷습니다."}),
            "한바다");
}

}  // namespace
}  // namespace simulate
