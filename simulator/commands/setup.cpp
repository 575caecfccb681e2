#include "simulator/commands/setup.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/models/embeddings.h"
#include "simulator/models/native_models.h"
#include "simulator/models/openai_wire.h"
#include "simulator/offline/chaotic_model.h"
#include "simulator/offline/offline_model.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

// As the seed tool did: a first run leaves a file to put keys into.
bool create_secrets(const Settings& settings) {
  const fs::path& path = settings.secrets;
  std::error_code none;
  if (settings.dry_run) return false;
  if (fs::exists(fs::symlink_status(path, none))) return false;
  write_file(path, secrets_template(), 0600);
  return true;
}

[[noreturn]] void explain_keys(const Settings& settings) {
  bool created = create_secrets(settings);
  throw BadUsage(
      "no provider has a key yet. " +
      (created ? "I made " + settings.secrets.string() + "; put" : "Put") +
      " a key into " + settings.secrets.string() + " or set one of " +
      joined(key_variables(), ", ") +
      ". To look around without a key: simulate --providers "
      "offline --target 20");
}

bool lacks_key(const Provider& provider) {
  return provider.dialect.needs_key && provider.key.empty();
}

void refuse_without_key(const Settings& settings, const Provider& provider) {
  if (!lacks_key(provider)) return;
  create_secrets(settings);
  throw BadUsage(provider.name + " has no key: set " + provider.key_variable +
                 " or put \"" + provider.key_field + "\" into " +
                 settings.secrets.string() +
                 ", or leave it out of --providers");
}

std::vector<std::string> chosen_names(const Settings& settings,
                                      const Secrets& secrets) {
  if (!settings.providers.empty()) return settings.providers;
  if (!secrets.enabled.empty()) return secrets.enabled;
  std::vector<std::string> names;
  for (const Provider& provider : secrets.providers) {
    if (!provider.key.empty()) names.push_back(provider.name);
  }
  return names;
}

// With those who are to play a role by the command line.
std::vector<std::string> names_of(const Settings& settings,
                                  const Secrets& secrets) {
  std::vector<std::string> names = chosen_names(settings, secrets);
  for (const auto& [role, players] : settings.mix) {
    for (const Player& player : players) names.push_back(player.provider);
  }
  return names;
}

bool is_among(const std::vector<Provider>& providers, const std::string& name) {
  return std::any_of(providers.begin(), providers.end(),
                     [&](const Provider& p) { return p.name == name; });
}

// Of those who shall play a role, the ones who take part in this run.
Players present_players(const Players& players, const Chosen& chosen) {
  Players present;
  for (const Player& player : players) {
    if (is_among(chosen.providers, player.provider)) present.push_back(player);
  }
  return present;
}

[[noreturn]] void refuse_absent(const Settings& settings, Role role,
                                const Player& player) {
  throw BadUsage(settings.secrets.string() + " gives the " + role_name(role) +
                 " to " + player_text(player) +
                 ", which takes no part in this run; add it to --providers or "
                 "change \"roles\"");
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

// Real servers make faults enough of their own.
void choose_chaos(const Settings& settings, std::vector<Provider>& providers) {
  if (settings.chaos <= 0) return;
  for (Provider& provider : providers) {
    if (!provider.offline()) {
      throw BadUsage("--chaos is for --providers offline: " + provider.name +
                     " is a real server");
    }
    provider.chaos = settings.chaos;
  }
}

void choose_tool_mode(const Settings& settings,
                      std::vector<Provider>& providers) {
  ToolMode mode = settings.conversation.tool_mode;
  for (Provider& provider : providers) {
    if (provider.offline() && mode == ToolMode::native) {
      throw BadUsage(
          "the offline model writes its calls in tags; leave --tool-mode out");
    }
    provider.tool_mode = mode;
    provider.native_models = native_models(native_models_file(), provider);
  }
}

std::unique_ptr<ChatModel> scripted(const Provider& provider,
                                    const std::string& scenes) {
  auto model = std::make_unique<OfflineModel>(scenes);
  if (provider.chaos <= 0) return model;
  return std::make_unique<ChaoticModel>(provider, std::move(model),
                                        provider.chaos);
}

std::unique_ptr<ChatModel> wire_to(const Provider& provider, Http& http,
                                   const std::string& scenes) {
  switch (provider.wire) {
    case Wire::chat_completions:
      return std::make_unique<OpenAiWire>(provider, http);
    case Wire::embeddings:
      return std::make_unique<EmbeddingsWire>(provider, http);
    case Wire::script:
      return scripted(provider, scenes);
  }
  return nullptr;
}

}  // namespace

Chosen chosen_providers(const Settings& settings, const std::set<Role>& plays) {
  Secrets secrets = read_secrets(settings.secrets);
  for (const auto& [role, players] : settings.mix) {
    secrets.cast[role] = players;
  }
  std::vector<std::string> names = names_of(settings, secrets);
  if (names.empty()) explain_keys(settings);
  Chosen chosen;
  chosen.notes = secrets.notes;
  chosen.secrets = secrets.values();
  bool some_have_keys =
      settings.providers.empty() &&
      std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return !lacks_key(secrets.provider(name));
      });
  for (const std::string& name : names) {
    const Provider& provider = secrets.provider(name);
    if (some_have_keys && lacks_key(provider)) {
      chosen.notes.push_back(name + " is enabled in " +
                             settings.secrets.string() +
                             " but has no key yet, so it takes no part.");
      continue;
    }
    refuse_without_key(settings, provider);
    if (!is_among(chosen.providers, name)) chosen.providers.push_back(provider);
  }
  refuse_mixture(chosen.providers);
  choose_tool_mode(settings, chosen.providers);
  choose_chaos(settings, chosen.providers);
  for (const auto& [role, players] : secrets.cast) {
    Players present = present_players(players, chosen);
    if (!present.empty()) {
      chosen.cast[role] = std::move(present);
    } else if (plays.contains(role)) {
      refuse_absent(settings, role, players.front());
    }
  }
  return chosen;
}

void open_lanes(Lanes& lanes, const std::vector<Provider>& providers,
                Http& http, const std::string& scenes) {
  for (const Provider& provider : providers) {
    lanes.add(provider, wire_to(provider, http, scenes));
  }
}

bool all_offline(const std::vector<Provider>& providers) {
  return std::all_of(providers.begin(), providers.end(),
                     [](const Provider& p) { return p.offline(); });
}

}  // namespace simulate
