#include "simulator/calls/last_object.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

std::optional<Json> with_a_name(const Json& object) {
  if (!object.contains("name")) return std::nullopt;
  return object["name"];
}

std::string name_in(const std::string& reply) {
  std::optional<Json> name = last_object(reply, with_a_name);
  return name ? to_text(*name) : "nothing";
}

TEST(LastObject, StandsBehindThoughtsAndDraftsOrInsideOfAnother) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"name": 1})", "1"},
      {R"(First {"name": 1}, no: {"name": 2}. Done.)", "2"},
      {R"({"name": 1} {"age": 2})", "1"},
      {R"({"person": {"name": 3}})", "3"},
      {R"(<think>{"name": 1}</think> none)", "nothing"},
      {R"(<think>{"name": 1}</think>{"name": 2})", "2"},
      {R"({"name": 1, {"name": 2})", "2"},
      {R"({"name": 1)", "nothing"},
      {"", "nothing"}};
  for (const auto& [reply, name] : rows) EXPECT_EQ(name_in(reply), name);
}

// Each brace could be the beginning, and none is the end.
TEST(LastObject, IsSoughtInRubbishWithoutLookingAtItTwice) {
  std::string rubbish;
  for (int i = 0; i < 20'000; ++i) rubbish += R"({"a": ")";
  EXPECT_EQ(name_in(rubbish), "nothing");
}

}  // namespace
}  // namespace simulate
