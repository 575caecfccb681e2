#include "simulator/guards/deeds.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

TEST(Deeds, AreToldByTheNameOfATool) {
  EXPECT_TRUE(does("add_memory", Deed::save));
  EXPECT_TRUE(does("create_entities", Deed::save));
  EXPECT_TRUE(does("memory.saveNote", Deed::save));
  EXPECT_FALSE(does("recall_memories", Deed::save));
  EXPECT_FALSE(does("address_lookup", Deed::save));
  EXPECT_TRUE(does("add_reminder", Deed::set));
  EXPECT_FALSE(does("add_memory", Deed::set));
  EXPECT_TRUE(does("take_off_shopping_list", Deed::remove));
  EXPECT_TRUE(does("complete_reminder", Deed::remove));
  EXPECT_FALSE(does("search_memories", Deed::remove));
  EXPECT_TRUE(does("search_memories", Deed::find));
  EXPECT_TRUE(does("check_watch", Deed::find));
  EXPECT_FALSE(does("check_off_habit", Deed::find));
}

Transcript with_result(const char* tool, const char* body, bool error) {
  Transcript transcript;
  Message& message = transcript.messages.emplace_back();
  message.speaker = Speaker::tool;
  message.result.name = tool;
  message.result.body = *parse_json(body);
  message.result.error = error;
  return transcript;
}

TEST(Deeds, AreDoneWhenAResultSaysSo) {
  EXPECT_TRUE(was_done(with_result("add_memory", "{}", false), 0, Deed::save));
  EXPECT_FALSE(was_done(with_result("add_memory", "{}", true), 0, Deed::save));
  EXPECT_FALSE(was_done(with_result("add_memory", "{}", false), 1, Deed::save));
}

TEST(Deeds, FindSomethingOnlyWhereListsHoldSomething) {
  const char* empty = R"x({"found": [], "note": "Nothing."})x";
  const char* full = R"x({"found": ["a"], "other": []})x";
  EXPECT_FALSE(something_was_found(with_result("search", empty, false), 0));
  EXPECT_TRUE(something_was_found(with_result("search", full, false), 0));
  EXPECT_TRUE(something_was_found(
      with_result("check_watch", R"x({"time": "9:00"})x", false), 0));
}

}  // namespace
}  // namespace simulate::guards
