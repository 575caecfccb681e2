#include "simulator/guards/speaker_labels.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

using Labels = std::vector<std::string>;

TEST(SpeakerLabels, StandBeforeALine) {
  EXPECT_EQ(line_labels("Ada: hi\n**User:** yo\n> [Rolf] na\nAda : et"),
            (Labels{"Ada", "User", "Rolf", "Ada"}));
  EXPECT_EQ(line_labels("由美:会議\n由美：会議"), (Labels{"由美", "由美"}));
}

TEST(SpeakerLabels, AreNoneElsewhere) {
  EXPECT_EQ(line_labels("Well, Ada: hi\nat 9:30"), (Labels{"", "at 9"}));
  EXPECT_EQ(line_labels("```\nUser: root\n```"), (Labels{""}));
}

TEST(SpeakerLabels, AreNamesThatAreSetOff) {
  for (const char* text : {"Rolf: na", "rolf – na", "[Rolf] na", "**Rolf** na",
                           "(Rolf) na", "Rolf Huber: na", "Rolf schreibt: na",
                           "Rolf (tired): na", "<Rolf> na"}) {
    EXPECT_TRUE(begins_with_name(text, "Rolf Huber")) << text;
  }
  for (const char* text : {"Rolf is here", "Rolfs: na", "hi Rolf: na",
                           "Rolf, na", "Rolf said it. Then: no", "R-olf"}) {
    EXPECT_FALSE(begins_with_name(text, "Rolf Huber")) << text;
  }
  EXPECT_FALSE(begins_with_name(": na", ""));
}

TEST(SpeakerLabels, MayStandBehindASentence) {
  EXPECT_TRUE(gives_a_line_to("Yes! Ada: and then?", "Ada"));
  EXPECT_FALSE(gives_a_line_to("I asked Ada: nothing", "Ada"));
}

}  // namespace
}  // namespace simulate::guards
