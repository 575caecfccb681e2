// What servers do wrong, each in a way that was seen in the wild: for the
// offline model, which makes such faults to try settings with, and for tests.
// Values; pure.
// Tested by tests/offline/faults_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/net/http.h"

namespace simulate {

enum class Fault {
  limited_for_seconds,  // 429, Retry-After
  limited_for_millis,   // 429, retry-after-ms
  limited_in_words,     // 429, and an error that says for how long
  limited,              // 429 and nothing
  overloaded,           // 503
  internal_error,       // 500, 502, 504, 520, 529
  error_as_success,     // 200 and an error
  reset_before,         // the connection dies before anything was sent
  reset_in_body,        // and in the middle of the answer
  silence,              // no answer in time
  stalled,              // half an answer in time
  truncated_json,
  web_page,
  empty_choices,
  empty_reply,
  no_usage,
  bad_utf8,
  duplicate_keys,
  deep_json,  // 10,000 levels
  endless,    // a gzip bomb, or headers that do not end
  redirect,   // to another host
  dead_name,  // no address
  bad_certificate,
  cut_short,  // its finish reason says so
  withheld,   // by a filter
};

struct FaultRow {
  Fault fault;
  const char* name;
  double share;  // how often it happens, beside the others
  // Whether the server made an answer, which it may bill.
  bool is_billed;
};

// Each once, in the order of the list above.
const std::vector<FaultRow>& all_faults();

// What comes instead of `good`, a chat-completions answer. `rest` is how long
// a server that limits wants to be left alone.
HttpResult with_fault(Fault fault, const HttpResponse& good, Millis rest,
                      Random& random);

// Drawn by the shares.
const FaultRow& drawn_fault(Random& random);

}  // namespace simulate
