// Judging the judge: defects of known kinds are planted into some of the
// conversations, and the judge is asked about these and about the same ones as
// they are. What it finds, and what it finds where nothing was planted, is how
// far its verdicts can be believed.
// Tested by tests/program/judge_test.cpp.
#pragma once

#include <map>
#include <string>

#include "simulator/run/judge_job.h"

namespace simulate {

struct CaughtCount {
  int64_t planted = 0;
  int64_t caught = 0;   // a statement that ought to fail does
  int64_t located = 0;  // and names the message
};

struct AlarmCount {
  int64_t unharmed = 0;  // conversations as they are, that were judged
  int64_t alarms = 0;    // of which the statement is said to fail
  int64_t planted = 0;   // defects that the statement ought to fail for
  int64_t caught = 0;    // of which it fails
};

struct CalibrationTally {
  std::map<std::string, CaughtCount> by_defect;
  std::map<std::string, AlarmCount> by_statement;
  int64_t unusable = 0;

  // The result of an item.
  void add(const Rubric& rubric, const Json& result);
};

class Calibration : public JobSource {
 public:
  static constexpr const char* kKind = "calibrate";

  // With so many of the saved conversations, evenly from all of them.
  Calibration(LedgerReader& reader, Judges judges, int64_t conversations);

  std::unique_ptr<JobItem> next() override;
  std::vector<Change> done(const ItemRow& item) override;

  const CalibrationTally& tally() const { return tally_; }

 private:
  std::unique_ptr<JobItem> planted_into(int64_t commit_no);

  LedgerReader& reader_;
  Judges judges_;
  int64_t records_;
  int64_t most_;
  int64_t taken_ = 0;  // twice for each: unharmed, and with a defect
  size_t kind_ = 0;
  CalibrationTally tally_;
};

// What was found out of these judges before; nothing when nobody has tried.
std::optional<CalibrationTally> known_calibration(LedgerReader& reader,
                                                  const Judges& judges);

}  // namespace simulate
