// The keys of replies, server_rounds and messages: numbers that keep together
// in one tree what belongs together. Whoever needs one, in C++ or in SQL, has
// it from here.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <cstdint>
#include <string>

#include "simulator/models/recorded.h"

namespace simulate {

constexpr int kMostAttempts = 255;  // at one slot, so that keys stay apart

// From the first key to the last one, both included.
struct KeyRange {
  int64_t first = 0;
  int64_t last = 0;
};

// Of a reply, and of a round of calls of servers.
constexpr int64_t reply_key(AttemptKey attempt, int seq) {
  return (attempt.slot << 24) + (int64_t{attempt.attempt} << 16) + seq;
}

constexpr KeyRange replies_of(AttemptKey attempt) {
  AttemptKey next{attempt.slot, attempt.attempt + 1};
  return {reply_key(attempt, 0), reply_key(next, 0) - 1};
}

// Of all its attempts.
constexpr KeyRange replies_of_slot(int64_t slot) {
  return {reply_key({slot, 0}, 0), reply_key({slot + 1, 0}, 0) - 1};
}

constexpr int64_t message_key(int64_t slot, int64_t position) {
  return (slot << 16) + position;
}

constexpr KeyRange messages_of(int64_t slot) {
  return {message_key(slot, 0), message_key(slot + 1, 0) - 1};
}

// The same as SQL, from the columns of a table or an alias, or from whatever
// columns are in reach.
std::string reply_key_sql();
std::string message_key_sql();
std::string replies_of_sql(const std::string& attempts);  // BETWEEN ... AND ...
std::string between_sql(const KeyRange& keys);            // BETWEEN ... AND ...

}  // namespace simulate
