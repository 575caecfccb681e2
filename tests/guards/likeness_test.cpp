#include "simulator/guards/likeness.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

TEST(Likeness, SeesThroughCaseMarksAndSpaces) {
  EXPECT_EQ(Shingles("Élan, vital!").likeness(Shingles("élan VITAL")), 1);
  EXPECT_EQ(Shingles("").likeness(Shingles("")), 0);
  EXPECT_LT(Shingles("the cat sat").likeness(Shingles("a dog ran off")), 0.2);
}

TEST(Likeness, TellsHowMuchOfOneIsInTheOther) {
  Shingles part("rite of passage");
  EXPECT_EQ(part.share_in(Shingles("It is a rite of passage, they say.")), 1);
}

TEST(Likeness, WeighsLettersOfAnyScript) {
  EXPECT_EQ(weight_of("añ o! 9"), 4u);
  EXPECT_EQ(weight_of("今日は、雨。"), 8u);
}

TEST(Likeness, FindsAModelThatIsStuck) {
  EXPECT_TRUE(loops("It will be fine. It will be fine."));
  EXPECT_TRUE(loops("and then we went and then we went and then we went"));
  EXPECT_TRUE(loops("もう大丈夫だよ。もう大丈夫だよ。"));
  EXPECT_FALSE(loops("No. No. Really no, no, no."));
  EXPECT_FALSE(loops("hahahahahahahaha"));
}

}  // namespace
}  // namespace simulate::guards
