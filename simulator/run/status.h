// What a run tells whoever watches it: an observer, so that the run knows
// nothing of terminals or JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulator/conversation/cost.h"
#include "simulator/models/lanes.h"

namespace simulate {

struct LaneReport {
  std::string name;
  LaneStats stats;
  int64_t conversations = 0;  // kept ones whose assistant it was
  int in_flight = 0;
  double requests_per_second = 0;
  std::string disabled_because;
  bool backs_off = false;  // it fails or rests; new work goes elsewhere
  int waiting = 0;         // conversations under way that wait for it
  double given_up_in = 0;  // seconds until they are parked, if it backs off
};

struct Report {
  int64_t target = 0;
  int64_t kept = 0;    // in the run, earlier processes included
  int64_t saved = 0;   // by this process
  int64_t failed = 0;  // attempts that came to nothing, in this process
  int64_t abandoned = 0;
  int64_t parked = 0;
  int in_flight = 0;
  double seconds = 0;
  double tail_seconds = 0;  // since nothing more could be started
  std::vector<LaneReport> lanes;
  Cost cost;                            // of the saved ones
  std::vector<std::string> complaints;  // of situations that do not take place

  int64_t calls() const;
  int64_t maybe_billed() const;
  bool nothing_was_to_do() const;
  // Until the target, from this run's rate, and never less than what the
  // limits of the lanes that work allow, or than conversations wait for one
  // that backs off; negative while nothing is known.
  double seconds_left() const;
};

class Status {
 public:
  virtual ~Status() = default;

  // A thing worth a line: a file was repaired, the run is stopping.
  virtual void note(const std::string& text) = 0;
  // A thing that even a quiet run must say: a provider is out.
  virtual void warn(const std::string& text) = 0;
  virtual void saved(const std::string& id) = 0;
  virtual void attempt_failed(const std::string& id, const std::string& reason,
                              const std::string& detail) = 0;
  virtual void progress(const Report& report) = 0;
  virtual void summary(const Report& report) = 0;
};

}  // namespace simulate
