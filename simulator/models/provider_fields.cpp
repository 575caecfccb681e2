// What a user has set of a provider, as secrets.json has it.
// Tested by tests/models/secrets_test.cpp.
#include <algorithm>
#include <cmath>

#include "simulator/base/text.h"
#include "simulator/models/key_shape.h"
#include "simulator/models/secrets_fields.h"

namespace simulate {

namespace fs = std::filesystem;

namespace {

void refuse_bad_address(const fs::path& path, const std::string& field,
                        const Provider& provider) {
  const std::string& address = provider.base_url;
  if (address.empty() || address.starts_with("http://") ||
      address.starts_with("https://")) {
    return;
  }
  wrong_secrets(path,
                "\"" + field +
                    "\" must begin with http:// or https://; what it is is not "
                    "shown here");
}

const char* counted_name(Counted counted) {
  return counted == Counted::requests ? "requests_per_" : "tokens_per_";
}

std::vector<std::string> provider_fields() {
  std::vector<std::string> fields = {"model",     "base_url",  "api_key",
                                     "in_flight", "deadlines", "stream"};
  for (Counted counted : {Counted::requests, Counted::tokens}) {
    for (const NamedWindow& window : kWindows) {
      fields.push_back(std::string(counted_name(counted)) + window.name);
    }
  }
  return fields;
}

// Whoever sets one limit of requests knows them all, so the usual ones go; 0
// is none. The same of tokens.
void read_limits(const fs::path& path, const std::string& where,
                 const Json& entry, Provider& into) {
  constexpr double kMost = 1e12;
  for (Counted counted : {Counted::requests, Counted::tokens}) {
    std::vector<RateLimit> set;
    bool any = false;
    for (const NamedWindow& window : kWindows) {
      std::string field = std::string(counted_name(counted)) + window.name;
      if (!entry.contains(field)) continue;
      any = true;
      double most = 0;
      read_number(path, where, entry, field.c_str(), 0, kMost, most);
      if (most > 0) set.push_back({counted, most, window.length});
    }
    if (!any) continue;
    into.limits_are_set = true;
    std::erase_if(into.limits,
                  [&](const auto& limit) { return limit.counted == counted; });
    into.limits.insert(into.limits.end(), set.begin(), set.end());
  }
}

// In seconds; a day is as good as none.
void read_deadlines(const fs::path& path, const std::string& where,
                    const Json& entry, Provider& into) {
  auto found = entry.find("deadlines");
  if (found == entry.end()) return;
  if (!found->is_object())
    wrong_secrets(path, "\"" + where + "\" must be an object");
  refuse_unknown(path, where + ".", *found,
                 {"connect", "first_byte", "idle", "total"});
  constexpr double kLeast = 0.01;
  constexpr double kMost = 86400;
  auto read = [&](const char* key, Millis& target) {
    double seconds = static_cast<double>(target.count()) / 1000;
    read_number(path, where + ".", *found, key, kLeast, kMost, seconds);
    target = Millis(std::llround(seconds * 1000));
  };
  read("connect", into.deadlines.connect);
  read("first_byte", into.deadlines.first_byte);
  read("idle", into.deadlines.idle);
  read("total", into.deadlines.total);
  into.idle_is_set = found->contains("idle");
}

}  // namespace

void read_provider(const fs::path& path, const Json& entry, Provider& into) {
  std::string where = "providers." + name_to_show(into.name) + ".";
  if (!entry.is_object())
    wrong_secrets(path, "\"" + where + "\" must be an object");
  refuse_unknown(path, where, entry, provider_fields());
  std::string model;
  read_field(path, where, entry, "model", model);
  refuse_key(path, where + "model", model);
  if (!model.empty()) {
    into.model = model;
    into.roles.clear();
  }
  read_field(path, where, entry, "base_url", into.base_url);
  while (into.base_url.ends_with('/')) into.base_url.pop_back();
  refuse_bad_address(path, where + "base_url", into);
  read_field(path, where, entry, "api_key", into.key);
  read_limits(path, where, entry, into);
  double most = into.in_flight;
  read_number(path, where, entry, "in_flight", 1, 4096, most);
  into.in_flight = static_cast<int>(most);
  read_deadlines(path, where + "deadlines", entry, into);
  read_field(path, where, entry, "stream", into.stream);
}

}  // namespace simulate
