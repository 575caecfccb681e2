// Tested by tests/program/init_test.cpp.

#include <algorithm>
#include <cstdio>

#include "simulator/base/file.h"
#include "simulator/base/folder.h"
#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/commands.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/commands/world.h"
#include "simulator/models/secrets.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

// What is there already is the user's, and stays.
class Layout {
 public:
  explicit Layout(fs::path folder) : folder_(std::move(folder)) {}

  void put(const fs::path& name, const std::string& text, unsigned mode) {
    fs::path file = folder_ / name;
    std::error_code none;
    if (fs::exists(fs::symlink_status(file, none))) {
      ++kept_;
      return;
    }
    make_folder(file.parent_path());
    write_file(file, text, mode);
    ++made_;
  }

  void put_file(const fs::path& world, const char* name) {
    std::error_code none;
    if (!fs::exists(world / name, none)) return;
    put(name, read_file(world / name), 0644);
  }

  void put_folder(const fs::path& world, const std::string& name,
                  const std::string& extension) {
    for (const auto& entry : fs::recursive_directory_iterator(world / name)) {
      if (entry.path().extension() != extension) continue;
      put(fs::relative(entry.path(), world), read_file(entry.path()), 0644);
    }
  }

  int made() const { return made_; }
  int kept() const { return kept_; }

 private:
  fs::path folder_;
  int made_ = 0;
  int kept_ = 0;
};

// The companion's files lie where the program finds them by itself, the others'
// each in a folder of examples/.
fs::path world_named(const std::string& name) {
  std::vector<std::string> names = {kCompanion};
  std::error_code none;
  for (const auto& entry :
       fs::directory_iterator(installed("examples"), none)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw BadUsage("there is no example \"" + quotable(name) +
                   "\"; there are " + joined(names, ", "));
  }
  fs::path world = name == kCompanion ? installed("personas").parent_path()
                                      : installed("examples") / name;
  if (fs::exists(world / "personas", none)) return world;
  throw BadUsage(
      "there are no personas beside the program to copy; install simulate "
      "whole");
}

}  // namespace

ExitCode init_command(const Settings& settings) {
  Layout layout(settings.folder);
  fs::path world = world_named(settings.example);
  layout.put_folder(world, "personas", ".json");
  layout.put_folder(world, "situations", ".json");
  layout.put_folder(world, "systemprompts", ".md");
  layout.put_folder(world, "tools", ".json");
  layout.put_file(world, "world.json");
  layout.put_file(world, "scenes.json");
  layout.put_file(world, "rubrics/conversation.json");
  layout.put_file(world, "writer/persona.md");
  layout.put("secrets.json", secrets_template(), 0600);
  std::string here =
      settings.folder == "." ? "this folder" : settings.folder.string();
  std::string text = std::to_string(layout.made()) + " files made in " + here;
  if (layout.kept() > 0) {
    text += ", " + std::to_string(layout.kept()) +
            " were there and stay as they are";
  }
  text +=
      ".\nPersonas, prompts, situations and tools are yours to edit. Put a key "
      "into "
      "secrets.json (it says where each is had), then:\n";
  if (settings.folder != ".") text += "  cd " + here + "\n";
  text +=
      "  simulate check\n"
      "  simulate try --providers offline\n"
      "  simulate --target 20\n";
  show(stdout, Shown(text));
  return ExitCode::done;
}

}  // namespace simulate
