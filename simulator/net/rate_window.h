// A server's limit as its client can keep it: no span of the limit's length
// ever holds more than it allows, counted where requests arrive, though only
// the moments of sending are known. What is sent arrives at once or a little
// later; so each request counts from the moment in which it is sent and is
// forgotten when the span has passed since the latest moment in which it can
// have arrived. A value with a clock passed in; the Limiter owns it.
// Tested by tests/net/rate_window_test.cpp.
#pragma once

#include <cstdint>
#include <deque>

#include "simulator/net/rate_limit.h"

namespace simulate {

class RateWindow {
 public:
  // How much later one request may arrive than another that was sent with it.
  static constexpr Micros kJitter = Millis(35);

  explicit RateWindow(RateLimit limit) : limit_(limit) {}

  const RateLimit& limit() const { return limit_; }
  void allow(double most) { limit_.most = most; }

  // When `amount` more may be sent; `now` or later. Max when only the end of
  // what is being prepared can tell.
  Micros earliest(Micros now, int64_t amount) const;

  // `amount` is about to be sent: it counts until more is known.
  void prepare(int64_t amount) { prepared_ += amount; }
  // It will not be sent.
  void drop(int64_t amount) { prepared_ -= amount; }
  // It is on its way. The number names it below.
  uint64_t sent(Micros now, int64_t amount);
  // It was answered: it had arrived by now, and was `amount`.
  void answered(uint64_t number, Micros now, int64_t was, int64_t amount);

  // What it holds at `now`, what is being prepared included.
  int64_t held(Micros now) const;

  // Counted by the server and not sent by us.
  void add(Micros arrived_by, int64_t amount);

  // Long spans are kept in so many pieces; a piece counts as if all of it had
  // arrived with its last one.
  struct Piece {
    Micros arrived_by{0};
    Micros begun{0};
    int64_t amount = 0;
    int calls = 0;
  };
  const std::deque<Piece>& pieces() const { return pieces_; }

 private:
  static constexpr int64_t kMostPieces = 1024;

  void forget(Micros now);
  bool fits(int64_t amount) const;

  RateLimit limit_;
  std::deque<Piece> pieces_;
  uint64_t first_ = 0;  // the number of the piece in front
  int64_t sum_ = 0;     // of the pieces
  int64_t prepared_ = 0;
};

}  // namespace simulate
