// When and of what somebody wants to be reminded, read from what was said.
// Pure.
#pragma once

#include <string>

namespace simulate::offline {

// The day and hour that "remind me on Friday at nine to ..." means, as
// add_reminder takes them, and what it is about; both empty when nothing is
// wanted.
struct WantedReminder {
  std::string due;
  std::string text;
};
WantedReminder wanted_reminder(const std::string& said,
                               const std::string& today);

// The day and hour that words mean, "Thursday at nine would do", as
// add_reminder takes them; empty when they name no day.
std::string moment_meant(const std::string& words, const std::string& today);

// "Friday, 7 March"; empty when `date` is none.
std::string day_in_words(const std::string& date);

}  // namespace simulate::offline
