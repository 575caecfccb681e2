// What models cost: a list of prices that a person keeps, by provider and
// model, and exact sums by it. A price that nobody has written down is unknown,
// and is not guessed. Values: a report adds up with them what was spent. Tested
// by tests/models/prices_test.cpp.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "simulator/models/chat.h"

namespace simulate {

// In thousand-millionths of the currency's unit: whole numbers, so that a sum
// is the same in whatever order it is made. One that is too large to be written
// stays at the largest, above any budget.
struct Money {
  int64_t nano = 0;

  Money& operator+=(Money other);
  auto operator<=>(const Money&) const = default;
  double units() const;  // to be shown
};

// Of a million tokens.
struct Price {
  Money input;
  Money cached_input;  // as input, where the list has none of its own
  Money output;
  std::string read;    // the day on which it was read, "2026-11-23", or nothing
  std::string source;  // and where
};

// All tokens together, rounded up to the next thousand-millionth: never less
// than what it costs. `cached` of the input tokens came from the provider's
// cache.
Money cost(const Price& price, const Usage& usage, int64_t cached = 0);

struct PriceList {
  std::string currency = "USD";
  std::map<std::string, Price> prices;  // by "provider:model", "provider:*"

  // The model's own, else its provider's "*". A provider that is known by name
  // and asks for no key costs nothing. Null: unknown.
  const Price* find(const Player& player) const;
};

// Throws BadUsage: `where`, the line or the key, and what it must be.
PriceList prices_from(const std::string& text, const std::string& where);
PriceList load_prices(const std::filesystem::path& file);

}  // namespace simulate
