#include "simulator/models/retry_after.h"

#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr double kLongestSeconds = 600;

const std::string* header(const HttpResponse& response, const char* name) {
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

std::optional<double> seconds_asked(const HttpResponse& response) {
  if (auto millis = number_in(header(response, "retry-after-ms"))) {
    return *millis / 1000;
  }
  if (auto seconds = number_in(header(response, "retry-after"))) {
    return seconds;
  }
  auto until = date_in(header(response, "retry-after"));
  auto sent = date_in(header(response, "date"));
  if (until && sent) return std::max(0.0, difftime(*until, *sent));
  return number_in(header(response, "x-ratelimit-reset"));
}

}  // namespace

std::optional<Micros> retry_after(const HttpResponse& response) {
  std::optional<double> seconds = seconds_asked(response);
  if (!seconds) return std::nullopt;
  double capped = std::min(*seconds, kLongestSeconds);
  return Micros(static_cast<int64_t>(capped * 1e6));
}

}  // namespace simulate
