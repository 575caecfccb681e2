#include "simulator/settings/stored_value.h"

#include <algorithm>
#include <cstdio>

#include "simulator/base/error.h"
#include "simulator/models/mix.h"
#include "simulator/settings/typed_value.h"
#include "simulator/settings/words.h"

namespace simulate {

namespace {

template <class Value>
bool restore_word(const Json& json, Value& value) {
  if (!json.is_string()) return false;
  for (const auto& [word, meant] : words_of(value)) {
    if (word != json.get_ref<const std::string&>()) continue;
    value = meant;
    return true;
  }
  return false;
}

Json stored_sampling(const RoleSettings& role) {
  return {{"temperature", role.temperature}, {"max_tokens", role.max_tokens}};
}

bool restore_sampling(const Json& json, RoleSettings& role) {
  if (!json.is_object() || !json.contains("temperature") ||
      !json.contains("max_tokens")) {
    return false;
  }
  return restore_value(json["temperature"], role.temperature) &&
         restore_value(json["max_tokens"], role.max_tokens);
}

// A role that is missing was not played then.
bool restore_models_of(const Json& json, std::map<Role, RoleSettings>& roles) {
  if (!json.is_object()) return false;
  const Json sampling = json.value("sampling", Json::object());
  for (Role role : kRoles) {
    auto model = json.find(role_name(role));
    if (model == json.end()) continue;
    RoleSettings& settings = roles[role];
    if (!restore_value(*model, settings.model)) return false;
    auto own = sampling.find(role_name(role));
    if (own != sampling.end() && !restore_sampling(*own, settings)) {
      return false;
    }
  }
  return true;
}

}  // namespace

Json stored_value(int64_t value) { return value; }
Json stored_value(int value) { return value; }

Json stored_value(const std::optional<uint64_t>& value) {
  return value ? Json(*value) : Json();
}

Json stored_value(double value) { return value; }
Json stored_value(const CountRange& value) { return value_text(value); }
Json stored_value(const std::string& value) { return value; }

Json stored_value(const std::filesystem::path& file) {
  return file.filename().string();
}

Json stored_value(const std::vector<std::string>& names) { return names; }
Json stored_value(Rewrite value) { return word_for(value); }
Json stored_value(ToolSyntax value) { return word_for(value); }
Json stored_value(ToolMode value) { return word_for(value); }
Json stored_value(Judging value) { return word_for(value); }

// Of those who speak: a run may have another judge any day.
Json stored_value(const Cast& value) {
  Json json = Json::object();
  for (Role role : kRoles) {
    auto players = value.find(role);
    if (players == value.end()) continue;
    Json& names = json[role_name(role)] = Json::array();
    for (const Player& player : players->second) {
      names.push_back(mix_text(player));
    }
  }
  return json;
}

Json stored_value(const ModelSettings& value) {
  Json json = Json::object();
  for (const auto& [provider, roles] : value) {
    Json sampling = Json::object();
    for (const auto& [role, settings] : roles) {
      json[provider][role_name(role)] = settings.model;
      sampling[role_name(role)] = stored_sampling(settings);
    }
    json[provider]["sampling"] = std::move(sampling);
  }
  return json;
}

Json stored_value(const TextHashes& value) {
  Json json = Json::object();
  for (const auto& [name, hash] : value) json[name] = hash;
  return json;
}

Json stored_value(const std::optional<TextHashes>& value) {
  return value ? stored_value(*value) : Json();
}

bool restore_value(const Json& json, int64_t& value) {
  if (!json.is_number_integer()) return false;
  value = json.get<int64_t>();
  return true;
}

bool restore_value(const Json& json, int& value) {
  if (!json.is_number_integer()) return false;
  value = json.get<int>();
  return true;
}

bool restore_value(const Json& json, std::optional<uint64_t>& value) {
  if (!json.is_number_integer()) return false;
  value = json.get<uint64_t>();
  return true;
}

bool restore_value(const Json& json, double& value) {
  if (!json.is_number()) return false;
  value = json.get<double>();
  return true;
}

// Before a storyline's length was drawn it was one number.
bool restore_value(const Json& json, CountRange& value) {
  if (restore_value(json, value.most)) return value.fewest = value.most, true;
  std::string text;
  if (!restore_value(json, text)) return false;
  return std::sscanf(text.c_str(), "%d-%d", &value.fewest, &value.most) == 2;
}

bool restore_value(const Json& json, std::string& value) {
  if (!json.is_string()) return false;
  value = json.get<std::string>();
  return true;
}

bool restore_value(const Json& json, std::filesystem::path& value) {
  if (!json.is_string()) return false;
  value = json.get<std::string>();
  return true;
}

bool restore_value(const Json& json, std::vector<std::string>& names) {
  auto is_text = [](const Json& item) { return item.is_string(); };
  if (!json.is_array() || !std::all_of(json.begin(), json.end(), is_text)) {
    return false;
  }
  names = json.get<std::vector<std::string>>();
  return true;
}

bool restore_value(const Json& json, Rewrite& value) {
  return restore_word(json, value);
}

bool restore_value(const Json& json, ToolSyntax& value) {
  return restore_word(json, value);
}

bool restore_value(const Json& json, ToolMode& value) {
  return restore_word(json, value);
}

bool restore_value(const Json& json, Judging& value) {
  return restore_word(json, value);
}

// Before there were weights, a model's name could end like one.
Player stored_player(const std::string& name) {
  try {
    return mix_named("cast", name).front();
  } catch (const BadUsage&) {
    return player_named(name);
  }
}

bool restore_value(const Json& json, Cast& value) {
  if (!json.is_object()) return false;
  value.clear();
  for (Role role : kRoles) {
    auto players = json.find(role_name(role));
    if (players == json.end()) continue;
    std::vector<std::string> names;
    if (!restore_value(*players, names)) return false;
    for (const std::string& name : names) {
      value[role].push_back(stored_player(name));
    }
  }
  return true;
}

bool restore_value(const Json& json, ModelSettings& value) {
  if (!json.is_object()) return false;
  value.clear();
  for (const auto& [provider, models] : json.items()) {
    if (!restore_models_of(models, value[provider])) return false;
  }
  return true;
}

bool restore_value(const Json& json, TextHashes& value) {
  if (!json.is_object()) return false;
  value = {};
  for (const auto& [name, hash] : json.items()) {
    if (!hash.is_string()) return false;
    value.set(name, hash.get<std::string>());
  }
  return true;
}

// At first only the names of the tools were kept, as a list.
bool restore_value(const Json& json, std::optional<TextHashes>& value) {
  value.reset();
  if (json.is_array()) return true;
  return restore_value(json, value.emplace());
}

}  // namespace simulate
