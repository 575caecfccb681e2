// Keys and provider settings: secrets.json, .env and the environment, the
// later beating the earlier. Keys live in Provider::key and go nowhere but
// into a request's Authorization header.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/models/provider.h"

namespace simulate {

struct Secrets {
  std::vector<std::string> enabled;  // "enabled_providers", may be empty
  std::vector<Provider> providers;   // known and user-named, keys filled in
  Cast cast;                         // "roles"
  std::vector<std::string> notes;    // what a person should know

  // All that nothing may show: keys, but for words that a local server is given
  // as one, and logins in addresses.
  std::vector<std::string> values() const;

  // Throws BadUsage with the nearest right name.
  const Provider& provider(const std::string& name) const;
};

// What nothing may show of one provider.
std::vector<std::string> secret_values(const Provider& provider);

// A missing file gives the known providers without keys. Throws BadUsage on a
// file that is unreadable, readable by others, no JSON, or of a wrong shape.
Secrets read_secrets(const std::filesystem::path& path);

// A file to put keys into: a placeholder for each provider that needs one, and
// the address where it is had.
std::string secrets_template();

}  // namespace simulate
