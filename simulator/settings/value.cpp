#include "simulator/settings/value.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

template <class Value>
using Words = std::vector<std::pair<std::string, Value>>;

const Words<Rewrite>& words_of(Rewrite) {
  static const Words<Rewrite> words = {{"conversation", Rewrite::conversation},
                                       {"turn", Rewrite::turn},
                                       {"off", Rewrite::off}};
  return words;
}

const Words<ToolSyntax>& words_of(ToolSyntax) {
  static const Words<ToolSyntax> words = {{"python", ToolSyntax::python},
                                          {"json", ToolSyntax::json}};
  return words;
}

const Words<OnChange>& words_of(OnChange) {
  static const Words<OnChange> words = {{"continue", OnChange::go_on},
                                        {"redo", OnChange::redo},
                                        {"new-run", OnChange::new_run}};
  return words;
}

const Words<LogLevel>& words_of(LogLevel) {
  static const Words<LogLevel> words = {{"error", LogLevel::error},
                                        {"info", LogLevel::info},
                                        {"debug", LogLevel::debug}};
  return words;
}

const Words<FileFormat>& words_of(FileFormat) {
  static const Words<FileFormat> words = {{"json", FileFormat::json},
                                          {"jsonl", FileFormat::jsonl}};
  return words;
}

template <class Value>
std::string word_for(Value value) {
  for (const auto& [word, meant] : words_of(value)) {
    if (meant == value) return word;
  }
  return "";
}

template <class Value>
void read_word(const std::string& flag, const std::string& text, Value& value) {
  std::vector<std::string> words;
  for (const auto& [word, meant] : words_of(value)) {
    words.push_back(word);
    if (word != text) continue;
    value = meant;
    return;
  }
  std::string guess = nearest(text, words);
  throw BadUsage(flag + " must be one of " + joined(words, ", ") + ", got \"" +
                 printable(text) + "\"" +
                 (guess.empty() ? "" : "; did you mean " + guess + "?"));
}

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

int64_t whole_number(const std::string& flag, const std::string& text,
                     Range range) {
  int64_t value = 0;
  const char* end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || value < range.low ||
      value > range.high) {
    throw BadUsage(flag + " must be a whole number from " +
                   std::to_string(range.low) + " to " +
                   std::to_string(range.high) + ", got \"" + printable(text) +
                   "\"");
  }
  return value;
}

// Each once.
std::vector<std::string> words_in(const std::string& list) {
  std::vector<std::string> words;
  for (const std::string& part : split(list, ',')) {
    std::string word(trimmed(part));
    bool known = std::find(words.begin(), words.end(), word) != words.end();
    if (!word.empty() && !known) words.push_back(std::move(word));
  }
  return words;
}

std::string shortest(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
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

constexpr Role kRoles[] = {Role::tester, Role::assistant, Role::rewriter};

bool restore_models_of(const Json& json, std::map<Role, RoleSettings>& roles) {
  if (!json.is_object()) return false;
  const Json sampling = json.value("sampling", Json::object());
  for (Role role : kRoles) {
    RoleSettings& settings = roles[role];
    auto model = json.find(role_name(role));
    if (model == json.end() || !restore_value(*model, settings.model)) {
      return false;
    }
    auto own = sampling.find(role_name(role));
    if (own != sampling.end() && !restore_sampling(*own, settings)) {
      return false;
    }
  }
  return true;
}

}  // namespace

void read_value(const std::string& flag, const std::string& text, Range range,
                int64_t& value) {
  value = whole_number(flag, text, range);
}

void read_value(const std::string& flag, const std::string& text, Range range,
                int& value) {
  value = static_cast<int>(whole_number(flag, text, range));
}

void read_value(const std::string& flag, const std::string& text, Range range,
                std::optional<int64_t>& value) {
  value = whole_number(flag, text, range);
}

void read_value(const std::string& flag, const std::string& text, Range range,
                std::optional<uint64_t>& value) {
  value = static_cast<uint64_t>(whole_number(flag, text, range));
}

// "0.05" or "5%".
void read_value(const std::string& flag, const std::string& text, Range,
                double& share) {
  bool percent = text.ends_with('%');
  std::string number = percent ? text.substr(0, text.size() - 1) : text;
  double value = -1;
  const char* end = number.data() + number.size();
  auto read = std::from_chars(number.data(), end, value);
  if (percent) value /= 100;
  if (read.ec != std::errc() || read.ptr != end || !(value >= 0) || value > 1) {
    throw BadUsage(flag + " must be a share such as 0.05 or 5%, got \"" +
                   printable(text) + "\"");
  }
  share = value;
}

void read_value(const std::string& flag, const std::string& text, Range range,
                TurnRange& value) {
  std::vector<std::string> ends = split(text, '-');
  if (ends.size() == 1) ends.push_back(ends[0]);
  if (ends.size() != 2) {
    throw BadUsage(flag + " must look like 2-5, got \"" + printable(text) +
                   "\"");
  }
  read_value(flag, ends[0], range, value.fewest);
  read_value(flag, ends[1], range, value.most);
  if (value.fewest <= value.most) return;
  throw BadUsage(flag + " " + printable(text) +
                 " is the wrong way round; did you mean " + ends[1] + "-" +
                 ends[0] + "?");
}

void read_value(const std::string&, const std::string&, Range, bool& value) {
  value = true;
}

void read_value(const std::string&, const std::string& text, Range,
                std::string& value) {
  value = text;
}

void read_value(const std::string&, const std::string& text, Range,
                std::filesystem::path& value) {
  value = text;
}

// A list that names nothing must not fall back to another choice.
void read_value(const std::string& flag, const std::string& text, Range,
                std::vector<std::string>& names) {
  names = words_in(text);
  if (!names.empty()) return;
  throw BadUsage(flag + " names nothing; write for example " + flag +
                 " mistral,together");
}

// "shopping?" is offered to one storyline and not to another.
void read_value(const std::string& flag, const std::string& text, Range,
                ToolChoice& value) {
  value.groups.clear();
  for (std::string name : words_in(text)) {
    bool optional = name.ends_with('?');
    if (optional) name.pop_back();
    if (std::count(value.groups.begin(), value.groups.end(), name)) {
      throw BadUsage(flag + " names \"" + printable(name) + "\" twice");
    }
    if (optional) value.optional.push_back(name);
    value.groups.push_back(std::move(name));
  }
  if (value.groups.size() > value.optional.size()) return;
  throw BadUsage(flag +
                 " must name tools that every conversation has; write for "
                 "example " +
                 flag + " memory,diary,shopping?");
}

void read_value(const std::string& flag, const std::string& text, Range,
                Rewrite& value) {
  read_word(flag, text, value);
}

void read_value(const std::string& flag, const std::string& text, Range,
                ToolSyntax& value) {
  read_word(flag, text, value);
}

void read_value(const std::string& flag, const std::string& text, Range,
                OnChange& value) {
  read_word(flag, text, value);
}

void read_value(const std::string& flag, const std::string& text, Range,
                LogLevel& value) {
  read_word(flag, text, value);
}

void read_value(const std::string& flag, const std::string& text, Range,
                std::optional<FileFormat>& value) {
  value.emplace();
  read_word(flag, text, *value);
}

std::string value_text(int64_t value) { return std::to_string(value); }
std::string value_text(int value) { return std::to_string(value); }

std::string value_text(const std::optional<int64_t>& value) {
  return value ? std::to_string(*value) : "";
}

std::string value_text(const std::optional<uint64_t>& value) {
  return value ? std::to_string(*value) : "";
}

std::string value_text(double share) { return shortest(share); }

std::string value_text(const TurnRange& value) {
  return std::to_string(value.fewest) + "-" + std::to_string(value.most);
}

std::string value_text(bool value) { return value ? "yes" : ""; }
std::string value_text(const std::string& value) { return value; }

std::string value_text(const std::filesystem::path& value) {
  return value.string();
}

std::string value_text(const std::vector<std::string>& names) {
  return joined(names, ",");
}

std::string value_text(const ToolChoice& value) {
  std::vector<std::string> names = value.groups;
  for (std::string& name : names) {
    const auto& optional = value.optional;
    if (std::count(optional.begin(), optional.end(), name)) name += '?';
  }
  return joined(names, ",");
}

std::string value_text(Rewrite value) { return word_for(value); }
std::string value_text(ToolSyntax value) { return word_for(value); }
std::string value_text(OnChange value) { return word_for(value); }
std::string value_text(LogLevel value) { return word_for(value); }

std::string value_text(const std::optional<FileFormat>& value) {
  return value ? word_for(*value) : "";
}

Json stored_value(int64_t value) { return value; }
Json stored_value(int value) { return value; }

Json stored_value(const std::optional<uint64_t>& value) {
  return value ? Json(*value) : Json();
}

Json stored_value(double value) { return value; }
Json stored_value(const TurnRange& value) { return value_text(value); }
Json stored_value(const std::string& value) { return value; }

Json stored_value(const std::filesystem::path& file) {
  return file.filename().string();
}

Json stored_value(const std::vector<std::string>& names) { return names; }
Json stored_value(Rewrite value) { return word_for(value); }
Json stored_value(ToolSyntax value) { return word_for(value); }

Json stored_value(const Cast& value) {
  Json json = Json::object();
  for (const auto& [role, players] : value) json[role_name(role)] = players;
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

bool restore_value(const Json& json, TurnRange& value) {
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

bool restore_value(const Json& json, Cast& value) {
  if (!json.is_object()) return false;
  value.clear();
  for (Role role : kRoles) {
    auto players = json.find(role_name(role));
    if (players == json.end()) continue;
    if (!restore_value(*players, value[role])) return false;
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

bool restore_value(const Json& json, std::optional<TextHashes>& value) {
  return restore_value(json, value.emplace());
}

void compare_values(const std::string& name, const TextHashes& before,
                    const TextHashes& now, Differences& differences) {
  for (const auto& [file, hash] : before) {
    const std::string* is = now.find(file);
    if (is) {
      compare_values(name + " " + file, hash, *is, differences);
    } else {
      differences.push_back(name + " " + file + ": removed");
    }
  }
  for (const auto& [file, unused] : now) {
    if (!before.find(file)) {
      differences.push_back(name + " " + file + ": added");
    }
  }
}

void compare_values(const std::string& name,
                    const std::optional<TextHashes>& before,
                    const std::optional<TextHashes>& now,
                    Differences& differences) {
  if (before && now) compare_values(name, *before, *now, differences);
}

void compare_values(const std::string& name, const ModelSettings& before,
                    const ModelSettings& now, Differences& differences) {
  for (const auto& [provider, roles] : before) {
    auto found = now.find(provider);
    if (found == now.end()) continue;
    for (const auto& [role, was] : roles) {
      auto is = found->second.find(role);
      if (is == found->second.end()) continue;
      std::string whose = name + " " + provider + " " + role_name(role);
      compare_values(whose, was.model, is->second.model, differences);
      compare_values(whose + " temperature", was.temperature,
                     is->second.temperature, differences);
      compare_values(whose + " max_tokens", was.max_tokens,
                     is->second.max_tokens, differences);
    }
  }
}

void compare_values(const std::string& name, const Cast& before,
                    const Cast& now, Differences& differences) {
  for (Role role : kRoles) {
    auto was = before.find(role);
    auto is = now.find(role);
    std::vector<std::string> anybody;
    compare_values(name + " " + role_name(role),
                   was == before.end() ? anybody : was->second,
                   is == now.end() ? anybody : is->second, differences);
  }
}

void compare_values(const std::string& name,
                    const std::vector<std::string>& before,
                    const std::vector<std::string>& now,
                    Differences& differences) {
  if (before == now) return;
  auto text = [](const std::vector<std::string>& names) {
    return names.empty() ? "nobody in particular" : joined(names, ",");
  };
  differences.push_back(name + ": " + text(before) + " -> " + text(now));
}

void compare_values(const std::string& name,
                    const std::filesystem::path& before,
                    const std::filesystem::path& now,
                    Differences& differences) {
  compare_values(name, before.filename().string(), now.filename().string(),
                 differences);
}

}  // namespace simulate
