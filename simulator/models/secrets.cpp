#include "simulator/models/secrets.h"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/text.h"
#include "simulator/models/key_shape.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void wrong(const fs::path& path, const std::string& what) {
  throw BadUsage(path.string() + ": " + what);
}

bool others_can_read(const fs::path& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

void refuse_if_others_can_read(const fs::path& path) {
  if (fs::is_symlink(path)) {
    wrong(path,
          "this is a symbolic link, which is not followed; name the file "
          "itself with --secrets");
  }
  if (others_can_read(path)) {
    wrong(path,
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
  wrong(path, (trouble.empty() ? "this is no JSON object" : trouble) +
                  "; `simulate init` writes one that is right into an empty "
                  "folder");
}

// Names of fields are made of small letters; anything else may be a key.
std::string field_to_show(const std::string& name) {
  bool is_field =
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_-") == name.npos;
  return is_field ? name_to_show(name) : kNotShown;
}

void refuse_unknown(const fs::path& path, const std::string& where,
                    const Json& object, const std::vector<std::string>& known) {
  for (const auto& [key, unused] : object.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string guess = nearest(key, known);
    wrong(path, "\"" + where + field_to_show(key) + "\" is unknown; " +
                    (guess.empty() ? "known: " + joined(known, ", ")
                                   : "did you mean \"" + guess + "\"?"));
  }
}

template <class Value>
constexpr const char* kind_of() {
  if (std::is_same_v<Value, std::string>) return "a string";
  if (std::is_same_v<Value, bool>) return "true or false";
  return std::is_arithmetic_v<Value> ? "a number" : "a list of names";
}

// The value itself is never shown: it may be a key in the wrong place.
template <class Value>
void read_field(const fs::path& path, const std::string& where,
                const Json& object, const char* key, Value& target) {
  auto found = object.find(key);
  if (found == object.end()) return;
  try {
    target = found->get<Value>();
  } catch (const Json::exception&) {
    wrong(path, "\"" + where + key + "\" must be " + kind_of<Value>() +
                    ", got " + found->type_name());
  }
}

// Numbers are read as they stand, so that none is cut to fit unseen.
void read_number(const fs::path& path, const std::string& where,
                 const Json& object, const char* key, double low, double high,
                 double& target) {
  read_field(path, where, object, key, target);
  if (!object.contains(key) || (target >= low && target <= high)) return;
  char range[64];
  std::snprintf(range, sizeof range, "%g to %g", low, high);
  wrong(path, "\"" + where + key + "\" must be a number from " + range);
}

Role known_role(const fs::path& path, const std::string& name) {
  if (auto role = role_named(name)) return *role;
  std::vector<std::string> names;
  for (Role role : kAllRoles) names.push_back(role_name(role));
  wrong(path, "\"roles\" knows " + joined(names, ", ") + ", not \"" +
                  name_to_show(name) + "\"");
}

// A key in the place of a name would be sent, stored and shown as a name.
void refuse_key(const fs::path& path, const std::string& field,
                const std::string& value) {
  if (!looks_like_key(value)) return;
  wrong(path, "\"" + field +
                  "\" looks like a key, which belongs into \"api_key\"; it is "
                  "not shown here");
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

void refuse_bad_address(const fs::path& path, const std::string& field,
                        const Provider& provider) {
  const std::string& address = provider.base_url;
  if (address.empty() || address.starts_with("http://") ||
      address.starts_with("https://")) {
    return;
  }
  wrong(path, "\"" + field +
                  "\" must begin with http:// or https://; what it is is not "
                  "shown here");
}

void refuse_bad_name(const fs::path& path, const std::string& name) {
  constexpr size_t kLongest = 60;
  bool good = !name.empty() && name.size() <= kLongest &&
              name == one_line(name) && name.find_first_of(",:") == name.npos;
  if (good && !looks_like_key(name)) return;
  wrong(path,
        "\"providers\" has a name that is no name: some letters, without "
        "comma or colon, and not a key");
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
  if (!found->is_object()) wrong(path, "\"" + where + "\" must be an object");
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

void read_provider(const fs::path& path, const Json& entry, Provider& into) {
  std::string where = "providers." + name_to_show(into.name) + ".";
  if (!entry.is_object()) wrong(path, "\"" + where + "\" must be an object");
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
    if (!found->is_object()) wrong(path, "\"providers\" must be an object");
    for (const auto& [name, entry] : found->items()) {
      refuse_bad_name(path, name);
      Provider& provider = find_or_add(secrets, name);
      read_provider(path, entry, provider);
      if (provider.base_url.empty() && !provider.offline()) {
        wrong(path, "provider \"" + name +
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
  if (!roles->is_object()) wrong(path, "\"roles\" must be an object");
  for (const auto& [name, entries] : roles->items()) {
    Role role = known_role(path, name);
    if (!entries.is_array()) wrong(path, "\"roles." + name + "\" is no list");
    for (const Json& entry : entries) {
      if (!entry.is_object()) {
        wrong(path, "\"roles." + name + "\" must be a list of objects");
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
