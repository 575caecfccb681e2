// The built program: `simulate try --watch`.
#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

TEST(TryWatch, PlaysAgainAtEachSaveAndOutlivesAFileThatIsHalfEdited) {
  Scratch scratch;
  auto save = [&](const std::string& text) {
    write_file(scratch / "person.json", text);
  };
  auto said = [&](const char* file, const char* words) {
    return Program::see(
        [&] { return contains(read_file(scratch / file), words); });
  };
  save(
      R"({"name": "Bo Lund", "background": "Likes it quiet.", "topics": ["boats"]})");
  Program program(scratch);
  program.start({"try", "--watch", "--providers", "offline", "--personas",
                 "person.json"});
  EXPECT_TRUE(said("err", "Bo Lund talks with"));
  EXPECT_TRUE(said("err", "Waiting for a file to be saved"));
  save(R"({"name": "Cy)");
  EXPECT_TRUE(said("err", "Saved: person.json"));
  EXPECT_TRUE(said("err", "is not JSON"));
  save(
      R"({"name": "Cyrille Moreau", "background": "Likes it quiet.", "topics": ["bread"]})");
  EXPECT_TRUE(said("err", "Cyrille Moreau talks with"));
  program.kill(SIGINT);
  Ended ended = program.wait();
  EXPECT_EQ(ended.status, 130);
}

}  // namespace
}  // namespace simulate
