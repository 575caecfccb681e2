#include "simulator/mcp/redactor.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(Redactor, HidesKeysInTextsAndNowhereElse) {
  Redactor redactor({"100000", "ab/c&d12"}, "/tmp/x1/memory/c1_1");
  Json value = *parse_json(
      R"({"100000": 100000, "key": "is ab\/c\u0026d12", "list": ["100000"]})");
  redactor.redact(value);
  const char* expected =
      R"x({"100000":100000,"key":"is (hidden)","list":["(hidden)"]})x";
  EXPECT_EQ(to_text(value), expected);
}

TEST(Redactor, CallsTheFolderByTheSameNameEverywhere) {
  Redactor redactor({}, "/tmp/x1/memory/c1_1");
  Json result = {{"file", "/tmp/x1/memory/c1_1/notes.txt"}};
  redactor.redact(result);
  EXPECT_EQ(result, Json({{"file", "/workspace/notes.txt"}}));
  Json arguments = {"/workspace", "/workspace/a.txt", "/workspaces/b.txt",
                    "ls /workspace/c"};
  redactor.restore(arguments);
  EXPECT_EQ(arguments, Json({"/tmp/x1/memory/c1_1", "/tmp/x1/memory/c1_1/a.txt",
                             "/workspaces/b.txt", "ls /tmp/x1/memory/c1_1/c"}));
}

}  // namespace
}  // namespace simulate
