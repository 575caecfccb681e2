#include "simulator/mcp/mcp_config.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/json.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kOurFields = {
    "command",          "args",  "env",    "stateless", "timeout_seconds",
    "max_result_bytes", "tools", "prefix", "disabled",  "type",
    "optional"};

// Fields of other clients that change nothing here, though some look like
// ours with a typing error.
const std::vector<std::string> kForeignFields = {
    "timeout", "autoApprove", "alwaysAllow", "description",
    "trust",   "name",        "title",       "disabledTools"};

bool is_one_of(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// One entry of "mcpServers"; knows where it stands for its complaints.
class Entry {
 public:
  Entry(const fs::path& path, const std::string& name, const Json& fields)
      : path_(path), name_(name), fields_(fields) {}

  bool is_disabled() const { return flag("disabled", false); }
  McpServerConfig config() const;

 private:
  [[noreturn]] void wrong(const std::string& what) const {
    throw BadUsage(path_.string() + ": server \"" + quotable(name_) +
                   "\": " + what);
  }

  void refuse_wrong_name() const;
  void refuse_other_transports() const;
  void refuse_typing_errors() const;

  bool flag(const char* key, bool otherwise) const;
  double number(const char* key, double low, double high,
                double otherwise) const;
  std::string text(const char* key) const;
  std::vector<std::string> texts(const char* key) const;
  std::vector<std::pair<std::string, std::string>> environment() const;

  const fs::path& path_;
  const std::string& name_;
  const Json& fields_;
};

McpServerConfig Entry::config() const {
  refuse_wrong_name();
  refuse_other_transports();
  refuse_typing_errors();
  McpServerConfig config;
  config.name = name_;
  config.command = text("command");
  if (config.command.empty()) {
    wrong(
        "\"command\" is missing; write the program that starts it, such as "
        "\"npx\"");
  }
  config.arguments = texts("args");
  config.environment = environment();
  config.stateless = flag("stateless", false);
  double seconds = number("timeout_seconds", 0.001, 86'400, 60);
  config.timeout = Millis(static_cast<int64_t>(seconds * 1000));
  config.max_result_bytes =
      static_cast<size_t>(number("max_result_bytes", 64, 1 << 20, 65'536));
  config.tools = texts("tools");
  if (fields_.contains("tools") && config.tools.empty()) {
    wrong(
        "\"tools\" is empty; leave it out to offer all, or set \"disabled\": "
        "true");
  }
  config.prefix = text("prefix");
  config.optional = flag("optional", false);
  return config;
}

// It becomes part of tool names and of a folder's name.
void Entry::refuse_wrong_name() const {
  bool good = !name_.empty() && name_.size() <= 64 && name_[0] != '.';
  for (unsigned char c : name_) {
    good = good && (std::isalnum(c) != 0 || c == '_' || c == '.' || c == '-');
  }
  if (!good) {
    wrong(
        "a server's name is at most 64 letters, digits, \"_\", \".\" and "
        "\"-\"; rename it");
  }
}

void Entry::refuse_other_transports() const {
  std::string type = string_at(fields_, "type", "stdio");
  bool remote = type != "stdio";
  for (const char* key : {"url", "serverUrl", "httpUrl"}) {
    remote = remote || fields_.contains(key);
  }
  if (remote) {
    wrong(
        "only servers that are started as a program and speak over stdin "
        "and stdout are understood; give \"command\" and \"args\", perhaps "
        "of a bridge such as mcp-remote, or set \"disabled\": true");
  }
  if (fields_.contains("cwd")) {
    wrong(
        "\"cwd\" is not possible, each server runs in a private folder; "
        "write whole paths in \"args\"");
  }
}

void Entry::refuse_typing_errors() const {
  for (const auto& [key, value] : fields_.items()) {
    if (is_one_of(kOurFields, key) || is_one_of(kForeignFields, key)) continue;
    std::string meant = nearest(key, kOurFields);
    if (meant.empty()) continue;
    wrong("\"" + quotable(key) + "\" is unknown; did you mean \"" + meant +
          "\"?");
  }
}

bool Entry::flag(const char* key, bool otherwise) const {
  auto found = fields_.find(key);
  if (found == fields_.end()) return otherwise;
  if (!found->is_boolean()) {
    wrong(std::string("\"") + key + "\" must be true or false, got " +
          found->type_name());
  }
  return found->get<bool>();
}

double Entry::number(const char* key, double low, double high,
                     double otherwise) const {
  auto found = fields_.find(key);
  if (found == fields_.end()) return otherwise;
  double value = found->is_number() ? found->get<double>() : low - 1;
  if (value >= low && value <= high) return value;
  char range[64];
  std::snprintf(range, sizeof range, "%.10g to %.10g", low, high);
  wrong(std::string("\"") + key + "\" must be a number from " + range);
}

std::string Entry::text(const char* key) const {
  auto found = fields_.find(key);
  if (found == fields_.end()) return "";
  if (!found->is_string()) {
    wrong(std::string("\"") + key + "\" must be a string, got " +
          found->type_name());
  }
  return found->get<std::string>();
}

std::vector<std::string> Entry::texts(const char* key) const {
  auto found = fields_.find(key);
  if (found == fields_.end()) return {};
  auto is_text = [](const Json& item) { return item.is_string(); };
  if (!found->is_array() ||
      !std::all_of(found->begin(), found->end(), is_text)) {
    wrong(std::string("\"") + key + "\" must be a list of strings");
  }
  return found->get<std::vector<std::string>>();
}

std::vector<std::pair<std::string, std::string>> Entry::environment() const {
  auto found = fields_.find("env");
  if (found == fields_.end()) return {};
  if (!found->is_object()) {
    wrong("\"env\" must be an object of variables and their values");
  }
  std::vector<std::pair<std::string, std::string>> variables;
  for (const auto& [name, value] : found->items()) {
    if (!value.is_string() || name.empty() || contains(name, "=")) {
      wrong("\"env." + quotable(name) +
            "\" must be a variable with a string as its value");
    }
    variables.emplace_back(name, value.get<std::string>());
  }
  return variables;
}

}  // namespace

std::vector<McpServerConfig> read_mcp_config(const fs::path& path) {
  std::string text = read_file(path, kMostWritten);
  std::optional<Json> file = parse_json(text);
  if (std::string trouble = json_trouble(text); !file && !trouble.empty()) {
    throw BadUsage(path.string() + " is no JSON: " + trouble);
  }
  if (!file || !file->is_object() || !file->contains("mcpServers") ||
      !file->at("mcpServers").is_object()) {
    throw BadUsage(path.string() +
                   ": this is no JSON object with \"mcpServers\" in it, such "
                   "as {\"mcpServers\": {\"memory\": {\"command\": \"npx\", "
                   "\"args\": [\"-y\", "
                   "\"@modelcontextprotocol/server-memory\"]}}}");
  }
  if (file->at("mcpServers").empty()) {
    throw BadUsage(path.string() + ": \"mcpServers\" names no server");
  }
  std::vector<McpServerConfig> configs;
  for (const auto& [name, fields] : file->at("mcpServers").items()) {
    if (!fields.is_object()) {
      throw BadUsage(path.string() + ": server \"" + quotable(name) +
                     "\" must be an object");
    }
    Entry entry(path, name, fields);
    if (!entry.is_disabled()) configs.push_back(entry.config());
  }
  return configs;
}

}  // namespace simulate
