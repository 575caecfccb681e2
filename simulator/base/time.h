// Units of time, and the simulated calendar that conversations live in.
// Tested by tests/base/base_test.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace simulate {

using Micros = std::chrono::microseconds;
using Millis = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

// Local minutes since 1970-01-01 00:00 where the persona lives. It is drawn by
// the plan and moves with the turns, never with the machine's clock.
struct SimulatedTime {
  int64_t minutes = 0;
};

std::string date_text(SimulatedTime time);     // "2025-03-04"
std::string clock_text(SimulatedTime time);    // "08:05"
std::string moment_text(SimulatedTime time);   // "2025-03-04 08:05"
std::string weekday_text(SimulatedTime time);  // "Tuesday"

// How long before `now` something was, as people say it: "earlier today",
// "yesterday", "5 days ago", "3 weeks ago".
std::string ago_text(SimulatedTime then, SimulatedTime now);

}  // namespace simulate
