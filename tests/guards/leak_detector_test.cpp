#include "simulator/guards/leak_detector.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

TEST(LeakDetector, FindsSentencesOfThePromptButNotThePersonasOwn) {
  LeakDetector leaks;
  leaks.learn(
      "Write only the next message, the way it would be typed on a "
      "phone. You are {{persona.name}}, {{persona.facts}} and so on.");
  EXPECT_TRUE(leaks.leaks(
      "Sure! I write only the next message the way it would be typed."));
  EXPECT_FALSE(leaks.leaks("I write only what comes to mind, on my phone."));
  EXPECT_FALSE(
      leaks.leaks("My sister Nora is getting married in June and so "
                  "on, it is a long story."));
}

TEST(LeakDetector, FindsARowThatIsTheWholeText) {
  LeakDetector detector;
  detector.learn("one two three four five six seven eight");
  EXPECT_TRUE(detector.leaks("one two three four five six seven eight"));
  EXPECT_FALSE(detector.leaks("two three four five six seven eight"));
}

}  // namespace
}  // namespace simulate::guards
