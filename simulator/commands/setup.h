// What several commands need before they can begin: the providers that were
// asked for, and lanes to them.
// Tested by tests/program/usage_test.cpp.
#pragma once

#include <filesystem>
#include <set>
#include <vector>

#include "simulator/models/lanes.h"
#include "simulator/models/secrets.h"
#include "simulator/net/http.h"
#include "simulator/settings/settings.h"

namespace simulate {

// The providers of --providers, or of secrets.json, or those that have a key;
// and who of them plays which role, where secrets.json says so. One that is
// only enabled there, without a key yet, is left out when another has one.
// Throws BadUsage that says how to go on when there is none, or none for a role
// that the command `plays`; who has another role is no matter of it.
struct Chosen {
  std::vector<Provider> providers;
  Cast cast;
  std::vector<std::string> secrets;  // keys of all that are known
  std::vector<std::string> notes;    // who was left out, and other warnings
};
Chosen chosen_providers(const Settings& settings, const std::set<Role>& plays);

// `scenes` are those that the offline model plays; see world.h.
void open_lanes(Lanes& lanes, const std::vector<Provider>& providers,
                Http& http, const std::string& scenes);

bool all_offline(const std::vector<Provider>& providers);

}  // namespace simulate
