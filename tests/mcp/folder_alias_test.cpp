#include "simulator/mcp/folder_alias.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(FolderAlias, CallsTheFolderByTheSameNameEverywhere) {
  FolderAlias alias("/tmp/x1/memory/c1_1");
  Json result = {{"file", "/tmp/x1/memory/c1_1/notes.txt"}};
  alias.hide(result);
  EXPECT_EQ(result, Json({{"file", "/workspace/notes.txt"}}));
  Json arguments = {"/workspace", "/workspace/a.txt", "/workspaces/b.txt",
                    "ls /workspace/c"};
  alias.restore(arguments);
  EXPECT_EQ(arguments, Json({"/tmp/x1/memory/c1_1", "/tmp/x1/memory/c1_1/a.txt",
                             "/workspaces/b.txt", "ls /tmp/x1/memory/c1_1/c"}));
}

}  // namespace
}  // namespace simulate
