// What a ledger knows of a run beyond its kept conversations: what was wanted,
// what failed, what all of it cost. Values; `run` fills them.
// Tested by tests/report/report_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "simulator/models/prices.h"

namespace simulate {

// A value that the plan draws from: of the axis "situation", or "mood".
struct WantedShare {
  std::string value;
  double share = 0;       // relative to the others of its axis
  int64_t kept = 0;       // conversations that it came out in
  int64_t done = 0;       // slots that it was drawn for, kept or given up
  int64_t succeeded = 0;  // of those, where it came out as drawn
};

// How often a guard found something in a player's replies, in all attempts.
struct GuardFindings {
  std::string player;  // "provider:model"
  std::string role;    // "tester", "assistant"
  std::string guard;
  int64_t replies = 0;
};

// All that a player answered in a role.
struct Spent {
  std::string player;
  std::string role;
  int64_t replies = 0;
  int64_t input_tokens = 0;
  int64_t output_tokens = 0;
};

struct RunFacts {
  // By axis, in the order in which they are to be shown.
  std::vector<std::pair<std::string, std::vector<WantedShare>>> wanted;
  std::vector<GuardFindings> findings;
  std::vector<Spent> spent;      // on conversations, failed attempts included
  std::vector<Spent> job_spent;  // on judges, personas and embeddings
  std::map<std::string, int64_t> failures;  // attempts, by their reason
  int64_t target = 0;  // conversations that the run is to have
  int64_t kept = 0;    // that it has; 0: as many as are read
};

struct ReportRules {
  std::string title;  // "run.json"
  std::string assistant_name = "Ada";
  double near_duplicate = 0.8;  // likeness from which on two are duplicates
  size_t most_examples = 5;     // of a figure
  size_t most_values = 12;      // of a breakdown; the rest is one row
  PriceList prices;
};

}  // namespace simulate
