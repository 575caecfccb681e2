#include "simulator/mcp/offered_names.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"

namespace simulate {
namespace {

using Names = std::vector<std::string>;

TEST(OfferedNames, KeepTheServersNames) {
  EXPECT_EQ(offered_names({{"a", "", "read-file"}, {"b", "", "get.sum"}}, {}),
            (Names{"read-file", "get.sum"}));
}

TEST(OfferedNames, PutTheServerBeforeNamesThatMeet) {
  EXPECT_EQ(offered_names({{"a", "", "read"},
                           {"b", "", "read"},
                           {"b", "", "write"},
                           {"b", "", "add_memory"}},
                          {"add_memory"}),
            (Names{"a_read", "b_read", "write", "b_add_memory"}));
}

TEST(OfferedNames, PutThePrefixFirst) {
  EXPECT_EQ(offered_names({{"a", "fs_", "read"}, {"b", "", "read"}}, {}),
            (Names{"fs_read", "read"}));
}

TEST(OfferedNames, MapWhatNoModelServerAccepts) {
  EXPECT_EQ(offered_names({{"a", "", "read/file (new)"}}, {}),
            (Names{"read_file__new_"}));
  EXPECT_EQ(offered_names({{"a", "", std::string(90, 'x')}}, {}),
            (Names{std::string(64, 'x')}));
}

TEST(OfferedNames, RefuseWhatStillMeets) {
  try {
    offered_names({{"a", "", "b/c"}, {"a", "", "b.c"}, {"a", "", "b c"}}, {});
    FAIL();
  } catch (const BadUsage& wrong) {
    EXPECT_STREQ(wrong.what(),
                 "two tools would be named \"a_b_c\"; give MCP server \"a\" a "
                 "\"prefix\" of its own, or leave the tool out of its "
                 "\"tools\"");
  }
}

}  // namespace
}  // namespace simulate
