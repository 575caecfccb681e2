#include "simulator/models/secrets_fields.h"

#include <algorithm>
#include <cstdio>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/models/key_shape.h"

namespace simulate {

namespace fs = std::filesystem;

namespace {

// Names of fields are made of small letters; anything else may be a key.
std::string field_to_show(const std::string& name) {
  bool is_field =
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_-") == name.npos;
  return is_field ? name_to_show(name) : kNotShown;
}

}  // namespace

void wrong_secrets(const fs::path& path, const std::string& what) {
  throw BadUsage(path.string() + ": " + what);
}

void refuse_unknown(const fs::path& path, const std::string& where,
                    const Json& object, const std::vector<std::string>& known) {
  for (const auto& [key, unused] : object.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string guess = nearest(key, known);
    wrong_secrets(path,
                  "\"" + where + field_to_show(key) + "\" is unknown; " +
                      (guess.empty() ? "known: " + joined(known, ", ")
                                     : "did you mean \"" + guess + "\"?"));
  }
}

void read_number(const fs::path& path, const std::string& where,
                 const Json& object, const char* key, double low, double high,
                 double& target) {
  read_field(path, where, object, key, target);
  if (!object.contains(key) || (target >= low && target <= high)) return;
  char range[64];
  std::snprintf(range, sizeof range, "%g to %g", low, high);
  wrong_secrets(path, "\"" + where + key + "\" must be a number from " + range);
}

void refuse_key(const fs::path& path, const std::string& field,
                const std::string& value) {
  if (!looks_like_key(value)) return;
  wrong_secrets(
      path, "\"" + field +
                "\" looks like a key, which belongs into \"api_key\"; it is "
                "not shown here");
}

}  // namespace simulate
