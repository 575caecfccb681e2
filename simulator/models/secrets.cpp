#include "simulator/models/secrets.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/text.h"
#include "simulator/models/key_shape.h"
#include "simulator/models/secrets_fields.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

bool others_can_read(const fs::path& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

void refuse_if_others_can_read(const fs::path& path) {
  if (fs::is_symlink(path)) {
    wrong_secrets(
        path,
        "this is a symbolic link, which is not followed; name the file "
        "itself with --secrets");
  }
  if (others_can_read(path)) {
    wrong_secrets(path,
                  "other users of this machine can read your keys; run: chmod "
                  "600 " +
                      path.string());
  }
}

Json read_object(const fs::path& path) {
  std::string text = read_file(path, kMostWritten);
  std::optional<Json> value = parse_json(text);
  if (value && value->is_object()) return *value;
  std::string trouble = value ? "" : json_trouble(text);
  wrong_secrets(path,
                (trouble.empty() ? "this is no JSON object" : trouble) +
                    "; `simulate init` writes one that is right into an empty "
                    "folder");
}

Role known_role(const fs::path& path, const std::string& name) {
  if (auto role = role_named(name)) return *role;
  std::vector<std::string> names;
  for (Role role : kAllRoles) names.push_back(role_name(role));
  wrong_secrets(path, "\"roles\" knows " + joined(names, ", ") + ", not \"" +
                          name_to_show(name) + "\"");
}

void read_role(const fs::path& path, const Json& entry, RoleModel& role) {
  read_field(path, "roles.", entry, "model", role.model);
  refuse_key(path, "roles.model", role.model);
  if (entry.contains("temperature")) {
    role.temperature.emplace();
    read_number(path, "roles.", entry, "temperature", 0, 2, *role.temperature);
  }
  if (entry.contains("max_tokens")) {
    double tokens = 0;
    read_number(path, "roles.", entry, "max_tokens", 1, 1e6, tokens);
    role.max_tokens = static_cast<int>(tokens);
  }
}

void refuse_bad_name(const fs::path& path, const std::string& name) {
  constexpr size_t kLongest = 60;
  bool good = !name.empty() && name.size() <= kLongest &&
              name == one_line(name) && name.find_first_of(",:") == name.npos;
  if (good && !looks_like_key(name)) return;
  wrong_secrets(
      path,
      "\"providers\" has a name that is no name: some letters, without "
      "comma or colon, and not a key");
}

Provider& find_or_add(Secrets& secrets, const std::string& name) {
  for (Provider& provider : secrets.providers) {
    if (provider.name == name) return provider;
  }
  Provider fresh;
  fresh.name = name;
  fresh.model = "default";
  fresh.key_field = name + "_api_key";
  fresh.dialect.needs_key = false;
  secrets.providers.push_back(fresh);
  return secrets.providers.back();
}

void read_providers(const fs::path& path, const Json& file, Secrets& secrets) {
  if (auto found = file.find("providers"); found != file.end()) {
    if (!found->is_object())
      wrong_secrets(path, "\"providers\" must be an object");
    for (const auto& [name, entry] : found->items()) {
      refuse_bad_name(path, name);
      Provider& provider = find_or_add(secrets, name);
      read_provider(path, entry, provider);
      if (provider.base_url.empty() && !provider.offline()) {
        wrong_secrets(path,
                      "provider \"" + name +
                          "\" is not known by name, so it needs a base_url, "
                          "such as http://127.0.0.1:8000/v1");
      }
    }
  }
  for (Provider& provider : secrets.providers) {
    if (provider.key_field.empty()) continue;
    read_field(path, "", file, provider.key_field.c_str(), provider.key);
  }
}

void read_roles(const fs::path& path, const Json& file, Secrets& secrets) {
  auto roles = file.find("roles");
  if (roles == file.end()) return;
  if (!roles->is_object()) wrong_secrets(path, "\"roles\" must be an object");
  for (const auto& [name, entries] : roles->items()) {
    Role role = known_role(path, name);
    if (!entries.is_array())
      wrong_secrets(path, "\"roles." + name + "\" is no list");
    for (const Json& entry : entries) {
      if (!entry.is_object()) {
        wrong_secrets(path, "\"roles." + name + "\" must be a list of objects");
      }
      refuse_unknown(path, "roles." + name + ".", entry,
                     {"provider", "model", "temperature", "max_tokens"});
      std::string wanted = string_at(entry, "provider");
      secrets.provider(wanted);  // refuses a name nobody knows
      read_role(path, entry, find_or_add(secrets, wanted).roles[role]);
      secrets.cast[role].push_back({wanted});
    }
  }
}

// After the providers, whose own names of keys it knows then.
void refuse_unknown_top(const fs::path& path, const Json& file,
                        const Secrets& secrets) {
  // "notes" is the user's own.
  std::vector<std::string> known = {"enabled_providers", "providers", "roles",
                                    "notes"};
  for (const Provider& provider : secrets.providers) {
    if (!provider.key_field.empty()) known.push_back(provider.key_field);
  }
  refuse_unknown(path, "", file, known);
}

std::map<std::string, std::string> read_dot_env(const fs::path& path) {
  std::map<std::string, std::string> values;
  std::error_code none;
  if (!fs::is_regular_file(path, none)) return values;
  for (const std::string& line : split(read_file(path, kMostWritten), '\n')) {
    std::string_view text = trimmed(line);
    if (text.starts_with("export ")) text = trimmed(text.substr(7));
    size_t equals = text.find('=');
    if (text.starts_with('#') || equals == std::string_view::npos) continue;
    std::string_view value = trimmed(text.substr(equals + 1));
    if (value.size() >= 2 && (value[0] == '"' || value[0] == '\'') &&
        value.back() == value[0]) {
      value = value.substr(1, value.size() - 2);
    }
    values[std::string(trimmed(text.substr(0, equals)))] = value;
  }
  return values;
}

void read_environment(const fs::path& beside, Secrets& secrets) {
  fs::path file = beside.parent_path() / ".env";
  auto dot_env = read_dot_env(file);
  if (others_can_read(file)) {
    secrets.notes.push_back("Other users of this machine can read " +
                            file.string() + "; run: chmod 600 " +
                            file.string());
  }
  for (Provider& provider : secrets.providers) {
    if (provider.key_variable.empty()) continue;
    if (auto found = dot_env.find(provider.key_variable);
        found != dot_env.end() && !is_placeholder_key(found->second)) {
      provider.key = found->second;
    }
    const char* value = std::getenv(provider.key_variable.c_str());
    if (value && !is_placeholder_key(value)) provider.key = value;
  }
}

// A line break in a key would let it write headers of its own.
void clean_keys(Secrets& secrets) {
  for (Provider& provider : secrets.providers) {
    provider.key = trimmed(provider.key);
    if (is_placeholder_key(provider.key)) provider.key.clear();
    if (provider.key.find_first_of("\r\n") != std::string::npos) {
      throw BadUsage("the key of " + provider.name +
                     " holds a line break; copy it again");
    }
  }
}

// Local servers take any key, "ollama" or "not-needed": hiding such a word
// would take it out of every conversation.
bool is_word(const std::string& key) {
  constexpr size_t kLongest = 15;
  return key.size() <= kLongest &&
         lowered(key).find_first_not_of("abcdefghijklmnopqrstuvwxyz-_") ==
             std::string::npos;
}

}  // namespace

const Provider& Secrets::provider(const std::string& name) const {
  for (const Provider& provider : providers) {
    if (provider.name == name) return provider;
  }
  known_provider(name);  // throws, with the nearest right name
  throw BadUsage("there is no provider \"" + name_to_show(name) + "\"");
}

std::vector<std::string> secret_values(const Provider& provider) {
  std::vector<std::string> values;
  std::string login = provider.login();
  if (!is_word(provider.key)) values.push_back(provider.key);
  values.push_back(login.substr(login.find(':') + 1));  // its password
  values.push_back(login);
  return values;
}

std::vector<std::string> Secrets::values() const {
  std::vector<std::string> all;
  for (const Provider& provider : providers) {
    std::vector<std::string> own = secret_values(provider);
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

Secrets read_secrets(const fs::path& path) {
  Secrets secrets;
  secrets.providers = known_providers();
  std::error_code none;
  if (fs::exists(fs::symlink_status(path, none))) {
    refuse_if_others_can_read(path);
    Json file = read_object(path);
    read_providers(path, file, secrets);
    refuse_unknown_top(path, file, secrets);
    read_roles(path, file, secrets);
    read_field(path, "", file, "enabled_providers", secrets.enabled);
  }
  read_environment(path, secrets);
  clean_keys(secrets);
  return secrets;
}

std::string secrets_template() {
  Json file;
  for (const Provider& provider : known_providers()) {
    if (!provider.dialect.needs_key) continue;
    file["notes"][provider.name] = "a key is had at " + provider.key_page;
    file[provider.key_field] = "your-" + provider.name + "-key-here";
  }
  file["enabled_providers"] = Json::array();
  return file.dump(2) + "\n";
}

}  // namespace simulate
