// Which tools the scripted assistant uses next, and why: a pure function of
// the moment.
#pragma once

#include <string>
#include <vector>

#include "simulator/offline/moment.h"

namespace simulate::offline {

struct PlannedCall {
  std::string name;
  Json arguments = Json::object();
};

struct Step {
  std::vector<PlannedCall> calls;  // none: it is time to answer
  std::string thought;
};

Step next_step(const Moment& moment);

// The day and hour that "remind me on Friday at nine to ..." means, as
// add_reminder takes them, and what it is about.
struct WantedReminder {
  std::string due;
  std::string text;
};
WantedReminder wanted_reminder(const std::string& said,
                               const std::string& date);

// The index in the result of recall_reminders of the one that was asked about
// in `asked`; 0 when none fits.
int reminder_index(const Json& result, const std::string& asked);

// "Friday, 7 March"; empty when `date` is none.
std::string day_in_words(const std::string& date);

}  // namespace simulate::offline
