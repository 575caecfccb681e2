#include "simulator/net/rate_window.h"

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate {

std::string text_of(const RateLimit& limit) {
  std::string name;
  for (const NamedWindow& window : kWindows) {
    if (window.length == limit.window) name = window.name;
  }
  if (name.empty()) {
    name = std::to_string(limit.window.count() / 1'000'000) + " s";
  }
  const char* what =
      limit.counted == Counted::requests ? " requests a " : " tokens a ";
  return shortest(limit.most) + what + name;
}

double requests_per_second(const std::vector<RateLimit>& limits) {
  double least = 0;
  for (const RateLimit& limit : limits) {
    if (limit.counted != Counted::requests || limit.most <= 0) continue;
    double rate = limit.per_second();
    least = least > 0 ? std::min(least, rate) : rate;
  }
  return least;
}

// A request that is larger than the limit has to go alone, since it cannot go
// at all otherwise.
Micros RateWindow::earliest(Micros now, int64_t amount) const {
  auto left = sum_ + prepared_ + amount;
  for (const Piece& piece : pieces_) {
    bool fits = static_cast<double>(left) <= limit_.most;
    bool gone = piece.arrived_by + limit_.window <= now;
    if (fits && !gone) return now;
    left -= piece.amount;
    if (gone) continue;
    bool enough = static_cast<double>(left) <= limit_.most || left == amount;
    if (enough) return piece.arrived_by + limit_.window;
  }
  bool enough = static_cast<double>(left) <= limit_.most || left == amount;
  return enough ? now : Micros::max();
}

uint64_t RateWindow::sent(Micros now, int64_t amount) {
  prepared_ -= amount;
  forget(now);
  Micros arrives = now + kJitter;
  sum_ += amount;
  bool joins = !pieces_.empty() &&
               now - pieces_.back().begun < limit_.window / kMostPieces;
  if (joins) {
    Piece& piece = pieces_.back();
    piece.arrived_by = std::max(piece.arrived_by, arrives);
    piece.amount += amount;
    ++piece.calls;
  } else {
    pieces_.push_back({arrives, now, amount, 1});
  }
  return first_ + pieces_.size() - 1;
}

void RateWindow::answered(uint64_t number, Micros now, int64_t was,
                          int64_t amount) {
  if (number < first_) return;  // forgotten
  Piece& piece = pieces_.at(number - first_);
  piece.amount += amount - was;
  sum_ += amount - was;
  if (piece.calls == 1) piece.arrived_by = std::min(piece.arrived_by, now);
}

int64_t RateWindow::held(Micros now) const {
  int64_t held = sum_ + prepared_;
  for (const Piece& piece : pieces_) {
    if (piece.arrived_by + limit_.window > now) break;
    held -= piece.amount;
  }
  return held;
}

void RateWindow::add(Micros arrived_by, int64_t amount) {
  prepared_ += amount;
  sent(arrived_by - kJitter, amount);
}

void RateWindow::forget(Micros now) {
  while (!pieces_.empty() &&
         pieces_.front().arrived_by + limit_.window <= now) {
    sum_ -= pieces_.front().amount;
    pieces_.pop_front();
    ++first_;
  }
}

}  // namespace simulate
