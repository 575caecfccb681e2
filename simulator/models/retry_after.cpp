#include "simulator/models/retry_after.h"

#include <re2/re2.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "simulator/base/text.h"
#include "simulator/models/announced_limits.h"

namespace simulate {

namespace {

constexpr double kLongestSeconds = 600;
constexpr size_t kMostRead = 4096;  // of an error's text

const std::string* header(const HttpResponse& response,
                          const std::string& name) {
  auto found = response.headers.find(name);
  return found == response.headers.end() ? nullptr : &found->second;
}

std::optional<double> number_in(const std::string* text) {
  if (!text || text->empty()) return std::nullopt;
  char* end = nullptr;
  double value = std::strtod(text->c_str(), &end);
  std::string_view rest = trimmed(std::string_view(end));
  if (end == text->c_str() || !(rest.empty() || rest == "s")) {
    return std::nullopt;
  }
  if (!std::isfinite(value) || value < 0) return std::nullopt;
  return value;
}

// The form that HTTP obliges servers to write: RFC 9110, section 5.6.7.
std::optional<time_t> date_in(const std::string* text) {
  if (!text) return std::nullopt;
  struct tm parts = {};
  if (!strptime(text->c_str(), "%a, %d %b %Y %H:%M:%S", &parts)) {
    return std::nullopt;
  }
  return timegm(&parts);
}

// "30", "1m30s", or a moment, as a date or in seconds or milliseconds since
// 1970: how long it is until then by the response's own clock.
std::optional<double> wait_in(const std::string* text, time_t sent) {
  if (!text) return std::nullopt;
  constexpr double kMoment = 1e9;     // 2001 in seconds
  constexpr double kInMillis = 1e12;  // the same in milliseconds
  if (auto number = number_in(text); number && *number < kMoment) {
    return number;
  } else if (number) {
    double moment = *number >= kInMillis ? *number / 1000 : *number;
    if (sent == 0) return std::nullopt;
    return std::max(0.0, moment - static_cast<double>(sent));
  }
  if (auto span = span_in(*text)) {
    return static_cast<double>(span->count()) / 1e6;
  }
  auto until = date_in(text);
  if (!until || sent == 0) return std::nullopt;
  return std::max(0.0, difftime(*until, sent));
}

// Of the limits that are used up, the one that is free again last.
std::optional<double> longest_reset(const HttpResponse& response, time_t sent) {
  std::optional<double> longest;
  for (const char* what : {"-requests", "-tokens", "-tokens-minute"}) {
    std::string name = what;
    const std::string* left = header(response, "x-ratelimit-remaining" + name);
    if (!left || number_in(left).value_or(1) >= 1) continue;
    auto wait = wait_in(header(response, "x-ratelimit-reset" + name), sent);
    if (wait) longest = std::max(longest.value_or(0), *wait);
  }
  return longest;
}

// As the texts of errors have it: "Please try again in 7.66s", and Google's
// "retryDelay": "34s".
std::optional<double> wait_in_words(const std::string& body) {
  static const RE2 kWords(
      R"re((?i)(?:try again|retry|wait)[a-z ]{0,20} (?:in|after|for) )re"
      R"re(((?:\d+(?:\.\d+)?\s?(?:ms|s|m|h))+)(?:ec|in|our|\b))re");
  static const RE2 kDelay(R"re("retryDelay"\s*:\s*"([0-9.]+m?s)")re");
  std::string_view start = std::string_view(body).substr(0, kMostRead);
  std::string found;
  re2::StringPiece text(start.data(), start.size());
  if (!RE2::PartialMatch(text, kDelay, &found) &&
      !RE2::PartialMatch(text, kWords, &found)) {
    return std::nullopt;
  }
  auto span = span_in(replaced(found, " ", ""));
  if (!span) return std::nullopt;
  return static_cast<double>(span->count()) / 1e6;
}

std::optional<double> seconds_asked(const HttpResponse& response) {
  time_t sent = date_in(header(response, "date")).value_or(0);
  if (auto millis = number_in(header(response, "retry-after-ms"))) {
    return *millis / 1000;
  }
  for (const char* name :
       {"retry-after", "x-ratelimit-reset", "ratelimit-reset"}) {
    if (auto wait = wait_in(header(response, name), sent)) return wait;
  }
  if (auto wait = longest_reset(response, sent)) return wait;
  return wait_in_words(response.body);
}

}  // namespace

std::optional<Micros> retry_after(const HttpResponse& response) {
  std::optional<double> seconds = seconds_asked(response);
  if (!seconds) return std::nullopt;
  double capped = std::min(*seconds, kLongestSeconds);
  return Micros(static_cast<int64_t>(capped * 1e6));
}

}  // namespace simulate
