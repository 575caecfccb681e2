// What a server allows: so many requests or tokens in any span of one length.
// A value.
// Tested by tests/net/rate_window_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/base/time.h"

namespace simulate {

enum class Counted { requests, tokens };

struct RateLimit {
  Counted counted = Counted::requests;
  double most = 0;  // learned ones may lie between whole numbers
  Micros window = Seconds(1);

  double per_second() const {
    return most * 1e6 / static_cast<double>(window.count());
  }
  bool operator==(const RateLimit&) const = default;
};

// What a server has told of one: nothing is known of what remains, and of when
// all of it will be there again, where it does not say.
struct AnnouncedLimit {
  RateLimit limit;
  std::optional<int64_t> remaining = {};
  std::optional<Micros> resets_in = {};
};

// The spans that providers count in, by their names in settings and headers. A
// month is one of 30 days.
struct NamedWindow {
  const char* name;
  Micros length;
};
constexpr NamedWindow kWindows[] = {{"second", Seconds(1)},
                                    {"minute", Seconds(60)},
                                    {"hour", Seconds(3600)},
                                    {"day", Seconds(86'400)},
                                    {"month", Seconds(30 * 86'400)}};

// "60 requests a minute", "500000 tokens a minute".
std::string text_of(const RateLimit& limit);

// What all of them together let through; 0 when none of them counts requests.
double requests_per_second(const std::vector<RateLimit>& limits);

}  // namespace simulate
