// Judging finished conversations after the fact: the saved ones of a run, or
// those of a file. Each is an item of a job; verdicts on a run's stand beside
// them in its ledger, under slot and attempt.
// Tested by tests/program/judge_test.cpp.
#pragma once

#include <map>
#include <set>
#include <string>

#include "simulator/conversation/judge.h"
#include "simulator/run/job.h"
#include "simulator/run/ledger_source.h"

namespace simulate {

// Whom to ask what.
struct Judges {
  const Rubric* rubric = nullptr;  // outlives the job
  std::set<std::string> players;   // "provider:model" of those who may judge
  bool scripted = false;           // the offline model does

  // What makes a judging the same one.
  Json settings() const;
};

// What judges have said, by question.
struct VerdictTally {
  int64_t judged = 0;
  int64_t good = 0;
  int64_t unusable = 0;                   // the judge did not answer as asked
  std::map<std::string, int64_t> broken;  // in how many a statement fails

  void add(const JudgeVerdict& verdict);
};

// Of what is saved in a run, those by this rubric.
VerdictTally kept_verdicts(LedgerReader& reader, const Rubric& rubric);

// "58 good; each statement holds in: natural 57, nothing leaks 60".
std::string tally_text(const VerdictTally& tally, const Rubric& rubric);

// As the result of an item, and back; nothing for one that has none.
Json verdict_json(const JudgeVerdict& verdict);
std::optional<JudgeVerdict> verdict_from(const Json& result);

class JudgedRun : public JobSource {
 public:
  static constexpr const char* kKind = "judge";

  // Of the saved conversations those that are chosen, and have no verdict of
  // these judges by this rubric yet; the verdicts of the others are tallied.
  JudgedRun(LedgerReader& reader, Judges judges, ChosenSlots chosen);

  std::unique_ptr<JobItem> next() override;
  std::vector<Change> done(const ItemRow& item) override;

  const VerdictTally& tally() const { return tally_; }

 private:
  bool is_judged(AttemptKey key);
  bool is_of_a_job(AttemptKey key);

  LedgerReader& reader_;
  Judges judges_;
  ChosenSlots chosen_;
  int64_t records_;
  int64_t read_ = 0;
  std::vector<JobRow> jobs_;  // judgings of this run so far
  VerdictTally tally_;
};

class JudgedSource : public JobSource {
 public:
  // Of whatever other source: each by its place and what it says.
  JudgedSource(ConversationSource& source, Judges judges);

  std::unique_ptr<JobItem> next() override;
  std::vector<Change> done(const ItemRow& item) override;

  const VerdictTally& tally() const { return tally_; }

 private:
  ConversationSource& source_;
  Judges judges_;
  int64_t read_ = 0;
  VerdictTally tally_;
};

// All that a judge is sent of it, for the names of items: the rest of the
// request is the rubric, which is a setting of the job.
std::string sent_text(const JudgedTalk& talk);

// What a judge is shown of a saved conversation.
JudgedTalk judged_talk(LedgerReader& reader, const Conversation& saved,
                       const Judges& judges);

}  // namespace simulate
