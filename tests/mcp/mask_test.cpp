#include "simulator/mcp/mask.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(Mask, HidesKeysInTextsAndNowhereElse) {
  Mask mask({"100000", "ab/c&d12"}, "/tmp/x1/memory/c1_1");
  Json value = *parse_json(
      R"({"100000": 100000, "key": "is ab\/c\u0026d12", "list": ["100000"]})");
  mask.hide(value);
  const char* masked =
      R"x({"100000":100000,"key":"is (hidden)","list":["(hidden)"]})x";
  EXPECT_EQ(to_text(value), masked);
}

TEST(Mask, CallsTheFolderByTheSameNameEverywhere) {
  Mask mask({}, "/tmp/x1/memory/c1_1");
  Json result = {{"file", "/tmp/x1/memory/c1_1/notes.txt"}};
  mask.hide(result);
  EXPECT_EQ(result, Json({{"file", "/workspace/notes.txt"}}));
  Json arguments = {"/workspace", "/workspace/a.txt", "/workspaces/b.txt",
                    "ls /workspace/c"};
  mask.restore(arguments);
  EXPECT_EQ(arguments, Json({"/tmp/x1/memory/c1_1", "/tmp/x1/memory/c1_1/a.txt",
                             "/workspaces/b.txt", "ls /tmp/x1/memory/c1_1/c"}));
}

}  // namespace
}  // namespace simulate
