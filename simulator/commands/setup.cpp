#include "simulator/commands/setup.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/models/openai_wire.h"
#include "simulator/offline/offline_model.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

// build/release/simulate lies two folders below what ships.
fs::path beside_program(const std::string& name) {
  std::error_code none;
  fs::path program = fs::read_symlink("/proc/self/exe", none);
  return program.parent_path().parent_path().parent_path() / name;
}

// As the seed tool did: a first run leaves a file to put keys into.
bool create_secrets(const Options& options) {
  const fs::path& path = options.secrets;
  std::error_code none;
  if (options.dry_run) return false;
  fs::path example = shipped("", "secrets.json.example");
  if (fs::exists(path, none) || !fs::exists(example, none)) return false;
  write_file(path, read_file(example), 0600);
  return true;
}

[[noreturn]] void explain_keys(const Options& options) {
  bool created = create_secrets(options);
  throw BadUsage(
      "no provider has a key yet. " +
      (created ? "I made " + options.secrets.string() + "; put" : "Put") +
      " a key into " + options.secrets.string() +
      " or set MISTRAL_API_KEY, TOGETHER_API_KEY, HF_TOKEN or "
      "OPENAI_API_KEY. To look around without a key: simulate --providers "
      "offline --target 20");
}

void refuse_without_key(const Options& options, const Provider& provider) {
  if (!provider.dialect.needs_key || !provider.key.empty()) return;
  create_secrets(options);
  throw BadUsage(provider.name + " has no key: set " + provider.key_variable +
                 " or put \"" + provider.key_field + "\" into " +
                 options.secrets.string() + ", or leave it out of --providers");
}

std::vector<std::string> names_of(const Options& options,
                                  const Secrets& secrets) {
  if (!options.providers.empty()) return options.providers;
  if (!secrets.enabled.empty()) return secrets.enabled;
  std::vector<std::string> names;
  for (const Provider& provider : secrets.providers) {
    if (!provider.key.empty()) names.push_back(provider.name);
  }
  return names;
}

bool is_among(const std::vector<Provider>& providers, const std::string& name) {
  return std::any_of(providers.begin(), providers.end(),
                     [&](const Provider& p) { return p.name == name; });
}

// Of those who shall play a role, the ones who take part in this run.
std::vector<std::string> present_players(
    const Options& options, Role role, const std::vector<std::string>& players,
    const Chosen& chosen) {
  std::vector<std::string> present;
  for (const std::string& name : players) {
    if (is_among(chosen.providers, name)) present.push_back(name);
  }
  if (present.empty()) {
    throw BadUsage(options.secrets.string() + " gives the " + role_name(role) +
                   " to " + players.front() +
                   ", which takes no part in this run; add it to --providers "
                   "or change \"roles\"");
  }
  return present;
}

void refuse_mixture(const std::vector<Provider>& providers) {
  bool offline = std::any_of(providers.begin(), providers.end(),
                             [](const Provider& p) { return p.offline(); });
  if (offline && providers.size() > 1) {
    throw BadUsage(
        "offline conversations are samples and never share a run "
        "with real ones; use --providers offline alone, or leave "
        "it out");
  }
}

}  // namespace

fs::path shipped(const fs::path& given, const std::string& name) {
  std::error_code none;
  if (!given.empty()) return given;
  if (fs::exists(name, none)) return name;
  fs::path installed = beside_program(name);
  return fs::exists(installed, none) ? installed : fs::path(name);
}

// A folder of this name is common, and may hold something else.
fs::path tools_folder() {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator("tools", none)) {
    if (entry.path().extension() == ".json") return "tools";
  }
  fs::path installed = beside_program("tools");
  return fs::exists(installed, none) ? installed : fs::path("tools");
}

std::vector<ToolGroup> shipped_tools() {
  return load_tool_groups(tools_folder(), default_tool_groups());
}

Chosen chosen_providers(const Options& options) {
  Secrets secrets = read_secrets(options.secrets);
  std::vector<std::string> names = names_of(options, secrets);
  if (names.empty()) explain_keys(options);
  Chosen chosen;
  for (const std::string& name : names) {
    const Provider& provider = secrets.provider(name);
    refuse_without_key(options, provider);
    if (!is_among(chosen.providers, name)) chosen.providers.push_back(provider);
  }
  refuse_mixture(chosen.providers);
  for (const auto& [role, players] : secrets.cast) {
    chosen.cast[role] = present_players(options, role, players, chosen);
  }
  return chosen;
}

void open_lanes(Lanes& lanes, const std::vector<Provider>& providers,
                Http& http) {
  for (const Provider& provider : providers) {
    if (provider.offline()) {
      lanes.add(provider, std::make_unique<OfflineModel>());
    } else {
      lanes.add(provider, std::make_unique<OpenAiWire>(provider, http));
    }
  }
}

bool all_offline(const std::vector<Provider>& providers) {
  return std::all_of(providers.begin(), providers.end(),
                     [](const Provider& p) { return p.offline(); });
}

}  // namespace simulate
