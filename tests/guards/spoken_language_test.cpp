#include "simulator/guards/spoken_language.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

constexpr const char* kGerman =
    "Der Zug hatte wieder zwei Stunden Verspätung und niemand sagte etwas.";

TEST(SpokenLanguage, IsAnotherOnlyWhenItPlainlyIs) {
  EXPECT_EQ(other_language_in(kGerman, "en"), "de");
  EXPECT_EQ(other_language_in(kGerman, "de-AT"), "");
  EXPECT_EQ(other_language_in("Der Zug hatte Verspätung.", "en"), "");
  EXPECT_EQ(other_language_in(std::string(kGerman) +
                                  " And then we all went home on foot, which "
                                  "was rather nice in the end.",
                              "en"),
            "");
}

TEST(SpokenLanguage, IsNoOtherWhereItsSmallWordsStand) {
  EXPECT_EQ(other_language_in("Henrik the cousin, Bergen, in autumn: kept. "
                              "Henrik the balcony stays.",
                              "en"),
            "");
}

TEST(SpokenLanguage, SaysNothingOfALanguageThatIsNotKnown) {
  EXPECT_EQ(other_language_in(kGerman, "Elvish"), "");
  EXPECT_EQ(other_language_in("\xFF" + std::string(kGerman), "en"), "");
}

}  // namespace
}  // namespace simulate::guards
