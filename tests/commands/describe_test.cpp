#include "simulator/commands/describe.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/settings/setting.h"

namespace simulate {
namespace {

// Of every setting that somebody types after two dashes.
std::vector<std::string> flag_names() {
  std::vector<std::string> names;
  for (const Setting& setting : all_settings()) {
    bool flag =
        setting.written == Written::option || setting.written == Written::flag;
    if (flag) names.push_back(setting.name);
  }
  return names;
}

TEST(Describe, NamesEveryOptionAndCommandInTheManual) {
  std::string page = manual_page();
  for (const std::string& name : flag_names()) {
    std::string written = replaced("--" + name, "-", "\\-");
    EXPECT_TRUE(contains(page, ".B " + written)) << name;
  }
  for (const CommandRow& row : all_commands()) {
    std::string name = *row.name ? std::string(" ") + row.name : "";
    EXPECT_TRUE(contains(page, ".SS simulate" + replaced(name, "-", "\\-")))
        << row.name;
  }
}

TEST(Describe, CompletesEveryOptionInEveryShell) {
  for (const std::string& name : flag_names()) {
    EXPECT_TRUE(contains(bash_completion(), "--" + name)) << name;
    EXPECT_TRUE(contains(zsh_completion(), "--" + name)) << name;
    EXPECT_TRUE(contains(fish_completion(), "-l " + name)) << name;
  }
}

TEST(Describe, TheReadmeHoldsTheTableOfOptionsOfThisProgram) {
  std::string readme =
      read_file(std::filesystem::path(SIMULATE_SOURCE_DIR) / "README.md");
  EXPECT_TRUE(contains(readme, options_table()))
      << "scripts/options-table writes it anew";
}

}  // namespace
}  // namespace simulate
