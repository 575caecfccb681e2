#include "simulator/models/prices.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "simulator/base/error.h"
#include "simulator/base/fields.h"
#include "simulator/base/file.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/text.h"
#include "simulator/models/provider.h"

namespace simulate {

namespace {

constexpr double kNano = 1e9;  // in a unit
constexpr int64_t kMillion = 1'000'000;
constexpr double kHighest = 1e6;  // what a price may be
constexpr const char* kAnyModel = "*";

// Two factors of 64 bits each need more than 64.
__extension__ using Wide = __int128;

Wide wide(Money money, int64_t tokens) {
  return Wide(money.nano) * std::max<int64_t>(0, tokens);
}

Json object_in(const std::string& text, const std::string& where) {
  std::optional<Json> file = parse_json(text);
  if (file && file->is_object()) return std::move(*file);
  std::string trouble = file ? "" : json_trouble(text);
  throw BadUsage(where + ": " +
                 (trouble.empty() ? "this is no JSON object" : trouble));
}

Money money_of(double units) {
  return {static_cast<int64_t>(std::llround(units * kNano))};
}

Money wanted(Fields& fields, const char* name) {
  if (auto value = fields.number(name, 0, kHighest)) return money_of(*value);
  fields.refuse(std::string("field \"") + name +
                "\" is missing: what a million tokens cost, 0 for nothing");
}

bool is_day(const std::string& text) {
  if (text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    bool is_dash = i == 4 || i == 7;
    bool good = is_dash ? text[i] == '-' : text[i] >= '0' && text[i] <= '9';
    if (!good) return false;
  }
  return true;
}

Price price_from(const Json& row, const std::string& where) {
  Fields fields(row, where);
  Price price;
  price.input = wanted(fields, "input");
  price.output = wanted(fields, "output");
  auto cached = fields.number("cached_input", 0, kHighest);
  price.cached_input = cached ? money_of(*cached) : price.input;
  price.read = fields.text("read");
  price.source = fields.text("source");
  fields.refuse_others();
  if (price.read.empty() || is_day(price.read)) return price;
  fields.refuse("field \"read\" must be a day such as \"2026-11-23\", got \"" +
                quotable(price.read) + "\"");
}

void refuse_unless_player(const std::string& key, const Fields& fields) {
  size_t colon = key.find(':');
  bool good = colon != key.npos && colon > 0 && colon + 1 < key.size();
  if (good) return;
  fields.refuse("\"" + quotable(key) +
                "\" names no model: write \"provider:model\", or "
                "\"provider:*\" for all of a provider");
}

bool costs_nothing(const std::string& provider) {
  const std::vector<Provider>& known = known_providers();
  return std::any_of(known.begin(), known.end(), [&](const Provider& one) {
    return one.name == provider && !one.dialect.needs_key;
  });
}

}  // namespace

Money& Money::operator+=(Money other) {
  constexpr int64_t most = std::numeric_limits<int64_t>::max();
  nano = nano > most - other.nano ? most : nano + other.nano;
  return *this;
}

double Money::units() const { return static_cast<double>(nano) / kNano; }

Money cost(const Price& price, const Usage& usage, int64_t cached) {
  cached =
      std::clamp<int64_t>(cached, 0, std::max<int64_t>(0, usage.input_tokens));
  Wide sum = wide(price.input, usage.input_tokens - cached) +
             wide(price.cached_input, cached) +
             wide(price.output, usage.output_tokens);
  Wide rounded_up = (sum + kMillion - 1) / kMillion;
  return {static_cast<int64_t>(
      std::min<Wide>(rounded_up, std::numeric_limits<int64_t>::max()))};
}

const Price* PriceList::find(const Player& player) const {
  static const Price nothing;
  for (const std::string& model : {player.model, std::string(kAnyModel)}) {
    auto found = prices.find(player.provider + ":" + model);
    if (found != prices.end()) return &found->second;
  }
  return costs_nothing(player.provider) ? &nothing : nullptr;
}

PriceList prices_from(const std::string& text, const std::string& where) {
  Json file = object_in(text, where);
  Fields fields(file, where);
  PriceList list;
  fields.text("notes");  // the user's own
  list.currency = one_line(fields.text("currency"));
  const Json& rows = fields.object("per_million_tokens");
  fields.refuse_others();
  if (list.currency.empty()) {
    fields.refuse("field \"currency\" is missing: one for all, as \"USD\"");
  }
  for (const auto& [key, row] : rows.items()) {
    refuse_unless_player(key, fields);
    list.prices[key] = price_from(row, where + ", \"" + quotable(key) + "\"");
  }
  return list;
}

PriceList load_prices(const std::filesystem::path& file) {
  return prices_from(read_file(file, kMostWritten), file.string());
}

}  // namespace simulate
