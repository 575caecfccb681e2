#include "simulator/offline/phrase_picker.h"

#include <gtest/gtest.h>

#include <set>

namespace simulate::offline {
namespace {

TEST(PhrasePicker, DrawsFromChoicesInsideChoices) {
  std::set<std::string> drawn;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    Random random(seed);
    drawn.insert(with_choices_drawn("a[b|c[d|]]", random));
  }
  EXPECT_EQ(drawn, (std::set<std::string>{"ab", "ac", "acd"}));
}

TEST(PhrasePicker, FillsBlanksWithAndWithoutACapital) {
  PhrasePicker picker(1, {});
  EXPECT_EQ(picker.pick({"{Topic}, and {topic}."}, {{"topic", "my cat"}}),
            "My cat, and my cat.");
}

TEST(PhrasePicker, PassesOverAPhraseWhoseBlankIsEmpty) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    PhrasePicker picker(seed, {});
    EXPECT_EQ(picker.pick({"About {topic}.", "Go on."}, {{"topic", ""}}),
              "Go on.");
  }
  EXPECT_EQ(PhrasePicker(1, {}).pick({"About {topic}."}), "");
}

TEST(PhrasePicker, SaysNoSentenceTwiceWhileThereIsAnother) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    PhrasePicker picker(seed, {"Well. Go on."});
    EXPECT_EQ(picker.pick({"Go on.", "And then?"}), "And then?");
    EXPECT_NE(picker.pick({"Go on.", "And then?"}), "");
  }
}

}  // namespace
}  // namespace simulate::offline
