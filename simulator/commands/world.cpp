#include "simulator/commands/world.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/fields.h"
#include "simulator/base/file.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/text.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/settings/setting.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "world.json";

// What a world may decide: the content of its conversations, and nothing of how
// a start goes about them.
const std::vector<std::string>& own_options() {
  static const std::vector<std::string> names = {"tools", "sessions", "turns",
                                                 "rewrite", "tool-failures"};
  return names;
}

const Setting& option_named(const std::string& name) {
  const auto& names = own_options();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw BadUsage(std::string(kFile) + ": \"options\" may have " +
                   joined(names, ", ") + "; got \"" + quotable(name) + "\"");
  }
  return *std::find_if(all_settings().begin(), all_settings().end(),
                       [&](const Setting& one) {
                         return one.name == name && one.read != nullptr;
                       });
}

void apply_options(const Json& options, Settings& settings) {
  for (const auto& [name, value] : options.items()) {
    const Setting& option = option_named(name);
    if (!value.is_string()) {
      throw BadUsage(std::string(kFile) + ": option \"" + name +
                     "\" must be a text, as behind --" + name);
    }
    option.read(option, value.get<std::string>(), settings);
  }
}

}  // namespace

void apply_world(Settings& settings) {
  fs::path file = shipped({}, kFile);
  std::error_code none;
  if (!fs::exists(file, none)) return;
  std::string text = read_file(file, kMostWritten);
  const std::optional<Json> world = parse_json(text);
  if (!world) {
    throw BadUsage(file.string() + " is not JSON; " + json_trouble(text));
  }
  Fields fields(*world, kFile);
  fields.text("about");
  std::string name = fields.text("assistant");
  if (name.empty()) {
    fields.refuse("field \"assistant\" is missing: what it is called");
  }
  settings.conversation.assistant_name = one_line(name);
  apply_options(fields.object("options"), settings);
  settings.offline = fields.text("offline");
  if (!settings.offline.empty() && settings.offline != kCompanion) {
    settings.offline = file.parent_path() / settings.offline;
  }
  fields.refuse_others();
}

std::string offline_scenes(const Settings& settings) {
  if (settings.offline == kCompanion) return "";
  if (settings.offline.empty()) {
    throw BadUsage(
        "this world cannot be played offline: write a file of scenes and name "
        "it as \"offline\" in world.json (docs/worlds.md), or choose other "
        "--providers");
  }
  return read_file(settings.offline, kMostWritten);
}

}  // namespace simulate
