#include "simulator/offline/wanted_reminder.h"

#include <gtest/gtest.h>

#include <array>

namespace simulate::offline {
namespace {

TEST(WantedReminder, IsReadFromTheWaysPeopleAsk) {
  const std::array<std::array<const char*, 3>, 5> rows = {{
      {"Remind me on Friday at four to ring Joan.", "2025-03-07 16:00",
       "Ring Joan."},
      {"Remind me on Friday about my bad hip.", "2025-03-07", "Their bad hip."},
      {"Could you remind me on Friday at 4 pm to ring Joan?",
       "2025-03-07 16:00", "Ring Joan."},
      {"Remind me tomorrow at nine about it, please.", "2025-03-05 09:00",
       "It."},
      {"Remind me on Tuesday morning about the dog.", "2025-03-11 09:00",
       "The dog."},
  }};
  for (const auto& [said, due, text] : rows) {
    WantedReminder wanted = wanted_reminder(said, "2025-03-04");
    EXPECT_EQ(wanted.due, due);
    EXPECT_EQ(wanted.text, text);
  }
}

TEST(WantedReminder, IsNoneWhenNothingIsAskedFor) {
  WantedReminder wanted = wanted_reminder("On Friday I bake.", "2025-03-04");
  EXPECT_EQ(wanted.due, "");
  EXPECT_EQ(wanted.text, "");
}

TEST(WantedReminder, HasNoDayWhereNoneIsNamed) {
  WantedReminder wanted =
      wanted_reminder("Remind me some day to ring Joan.", "2025-03-04");
  EXPECT_EQ(wanted.due, "");
  EXPECT_EQ(wanted.text, "Ring Joan.");
}

TEST(WantedReminder, SaysItsDayInWords) {
  EXPECT_EQ(day_in_words("2025-03-07"), "Friday, 7 March");
  EXPECT_EQ(day_in_words("2025-02-30"), "");
  EXPECT_EQ(day_in_words("soon"), "");
}

}  // namespace
}  // namespace simulate::offline
