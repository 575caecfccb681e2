#include "simulator/tables/duckdb_library.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

std::string complaint(const DuckDbPlaces& places) {
  try {
    duckdb_functions(places);
  } catch (const BadUsage& error) {
    return error.what();
  }
  return "";
}

TEST(DuckDbLibrary, SaysWhereItLookedAndHowToGetIt) {
  Scratch scratch;
  DuckDbPlaces places;
  places.program_folder = scratch / "bin";
  places.home = scratch / "home";
  places.system = false;
  std::string said = complaint(places);
  EXPECT_TRUE(contains(said, "~/.local/lib/simulate")) << said;
  EXPECT_TRUE(contains(said, "SIMULATE_DUCKDB")) << said;
  EXPECT_TRUE(contains(said, duckdb_install_command())) << said;
}

TEST(DuckDbLibrary, IsLookedForInThisOrder) {
  DuckDbPlaces places;
  places.program_folder = "/opt/simulate/bin";
  places.home = "/home/ada";
  EXPECT_EQ(places.files(),
            (std::vector<std::string>{
                "/opt/simulate/bin/libduckdb.so",
                "/opt/simulate/lib/simulate/libduckdb.so",
                "/home/ada/.local/lib/simulate/libduckdb.so", "libduckdb.so"}));
}

TEST(DuckDbLibrary, IsTheOneThatIsNamedAndNoOther) {
  DuckDbPlaces places = DuckDbPlaces::of_this_process();
  places.named = "/nowhere/libduckdb.so";
  EXPECT_EQ(places.files(), std::vector<std::string>{places.named});
  EXPECT_TRUE(contains(complaint(places), "cannot load /nowhere/libduckdb.so"));
}

TEST(DuckDbLibrary, HasToBeOne) {
  Scratch scratch;
  DuckDbPlaces places;
  places.program_folder = scratch.folder();
  write_file(scratch / "libduckdb.so", "no library");
  std::string said = complaint(places);
  EXPECT_TRUE(
      contains(said, "cannot load " + (scratch / "libduckdb.so").string()))
      << said;
  for (const char* folder : {"/usr/lib/x86_64-linux-gnu", "/usr/lib64"}) {
    std::filesystem::path other = std::filesystem::path(folder) / "libre2.so";
    if (!std::filesystem::exists(other)) continue;
    places.named = other.string();
    EXPECT_TRUE(contains(complaint(places), "has no duckdb_open"));
  }
}

// Both get the same library.
TEST(DuckDbLibrary, IsTheOneThatTheScriptInstalls) {
  std::string script = read_file(std::filesystem::path(SIMULATE_SOURCE_DIR) /
                                 "scripts/install-duckdb");
  std::string command = duckdb_install_command();
  size_t at = command.find("@duckdb/");
  std::string package = command.substr(at, command.find(')', at) - at);
  EXPECT_TRUE(contains(script, package)) << package;
}

}  // namespace
}  // namespace simulate
