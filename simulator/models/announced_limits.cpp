#include "simulator/models/announced_limits.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr double kMostAllowed = 1e15;
constexpr double kLongestSpan = 1e8;  // seconds; more is a moment

// What the words behind "ratelimit" say.
struct HeaderName {
  bool tells_limit = false;
  bool tells_remaining = false;
  bool tells_reset = false;
  Counted counted = Counted::requests;
  bool names_what = false;
  std::optional<Micros> window;
};

std::optional<Micros> window_named(const std::string& word) {
  for (const NamedWindow& window : kWindows) {
    if (word == window.name) return window.length;
  }
  return std::nullopt;
}

// Nothing for a name that says something else.
std::optional<HeaderName> name_of(const std::string& header) {
  HeaderName name;
  bool known = false;
  for (const std::string& word : split(header, '-')) {
    if (word == "x" || word.empty()) continue;
    if (word == "ratelimit" || word == "tokenlimit") {
      known = true;
      if (word == "tokenlimit") name.counted = Counted::tokens;
    } else if (word == "limit") {
      name.tells_limit = true;
    } else if (word == "remaining") {
      name.tells_remaining = true;
    } else if (word == "reset") {
      name.tells_reset = true;
    } else if (word == "req" || word == "request" || word == "requests") {
      name.names_what = true;
    } else if (word == "token" || word == "tokens") {
      name.names_what = true;
      name.counted = Counted::tokens;
    } else if (auto window = window_named(word)) {
      name.window = window;
    } else {
      return std::nullopt;
    }
  }
  int tells = name.tells_limit + name.tells_remaining + name.tells_reset;
  if (!known || tells != 1) return std::nullopt;
  return name;
}

std::optional<double> number_at(std::string_view text) {
  std::string copy(trimmed(text));
  char* end = nullptr;
  double value = std::strtod(copy.c_str(), &end);
  if (end == copy.c_str() || !std::isfinite(value)) return std::nullopt;
  if (value < 0 || value > kMostAllowed) return std::nullopt;
  return value;
}

// "100;w=60" of the draft: the parameter's value.
std::optional<double> parameter(const std::string& text, const char* name) {
  std::string key = std::string(";") + name + "=";
  size_t at = text.find(key);
  if (at == std::string::npos) return std::nullopt;
  return number_at(text.substr(at + key.size()));
}

Micros seconds_of(double seconds) {
  return Micros(static_cast<int64_t>(seconds * 1e6));
}

const std::string* header(const HttpResponse& response,
                          const std::string& name) {
  auto found = response.headers.find(name);
  return found == response.headers.end() ? nullptr : &found->second;
}

// The shortest usual one that what is left of it fits into; without a word a
// second, since that is found to be wrong soonest.
Micros window_by_reset(const HttpResponse& response) {
  std::optional<Micros> longest;
  for (const char* name : {"x-ratelimit-reset", "ratelimit-reset"}) {
    const std::string* text = header(response, name);
    if (text) longest = span_in(*text);
  }
  for (const NamedWindow& window : kWindows) {
    if (longest.value_or(Micros(0)) <= window.length) return window.length;
  }
  return Seconds(1);
}

Micros window_of(const HeaderName& name, const std::string& text,
                 const WireDialect& dialect, const HttpResponse& response) {
  if (name.window) return *name.window;
  if (auto seconds = parameter(text, "w"); seconds && *seconds > 0) {
    return seconds_of(std::min(*seconds, kLongestSpan));
  }
  if (name.names_what && name.counted == Counted::requests) {
    return dialect.announced_requests;
  }
  if (name.names_what) return Seconds(60);
  return dialect.announced_bare.count() > 0 ? dialect.announced_bare
                                            : window_by_reset(response);
}

AnnouncedLimit& limit_for(std::vector<AnnouncedLimit>& limits, Counted counted,
                          Micros window) {
  for (AnnouncedLimit& one : limits) {
    if (one.limit.counted == counted && one.limit.window == window) return one;
  }
  return limits.emplace_back(AnnouncedLimit{{counted, 0, window}});
}

void read_policy(const HttpResponse& response,
                 std::vector<AnnouncedLimit>& limits) {
  const std::string* policy = header(response, "ratelimit-policy");
  if (!policy) return;
  for (const std::string& one : split(*policy, ',')) {
    std::string text = replaced(one, " ", "");
    auto most = parameter(text, "q");
    if (!most) most = number_at(text);
    auto seconds = parameter(text, "w");
    if (!most || !seconds || *most <= 0 || *seconds <= 0) continue;
    Micros window = seconds_of(std::min(*seconds, kLongestSpan));
    limit_for(limits, Counted::requests, window).limit.most = *most;
  }
}

}  // namespace

std::optional<Micros> span_in(std::string_view text) {
  struct Unit {
    const char* name;
    double seconds;
  };
  constexpr Unit kUnits[] = {{"d", 86'400}, {"h", 3600},  {"ms", 1e-3},
                             {"m", 60},     {"us", 1e-6}, {"s", 1}};
  std::string rest(trimmed(text));
  double total = 0;
  if (rest.empty()) return std::nullopt;
  while (!rest.empty()) {
    char* end = nullptr;
    double value = std::strtod(rest.c_str(), &end);
    if (end == rest.c_str() || !std::isfinite(value) || value < 0) {
      return std::nullopt;
    }
    rest = rest.substr(static_cast<size_t>(end - rest.c_str()));
    const Unit* unit = std::find_if(
        std::begin(kUnits), std::end(kUnits),
        [&](const Unit& one) { return rest.starts_with(one.name); });
    bool bare = rest.empty();
    if (unit == std::end(kUnits) && !bare) return std::nullopt;
    total += value * (bare ? 1 : unit->seconds);
    if (!bare) rest = rest.substr(std::string_view(unit->name).size());
  }
  if (total > kLongestSpan) return std::nullopt;
  return seconds_of(total);
}

std::vector<AnnouncedLimit> announced_limits(const WireDialect& dialect,
                                             const HttpResponse& response) {
  std::vector<AnnouncedLimit> limits;
  for (const auto& [header_name, text] : response.headers) {
    if (!contains(header_name, "limit-")) continue;
    auto name = name_of(header_name);
    if (!name) continue;
    Micros window = window_of(*name, text, dialect, response);
    AnnouncedLimit& one = limit_for(limits, name->counted, window);
    if (name->tells_reset) one.resets_in = span_in(text);
    auto value = number_at(text);
    if (!value || name->tells_reset) continue;
    if (name->tells_limit) one.limit.most = *value;
    if (name->tells_remaining) one.remaining = static_cast<int64_t>(*value);
  }
  read_policy(response, limits);
  std::erase_if(limits, [](const auto& one) { return one.limit.most <= 0; });
  return limits;
}

}  // namespace simulate
