#include "simulator/conversation/tasks.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

class Tasks : public testing::Test {
 protected:
  Situations load(const std::string& lines) {
    write_file(scratch_ / "tasks.jsonl", lines);
    return load_tasks(scratch_ / "tasks.jsonl", {});
  }

  std::string complaint(const std::string& lines) {
    try {
      load(lines);
    } catch (const BadUsage& wrong) {
      return wrong.what();
    }
    return "";
  }

  Scratch scratch_;
};

TEST_F(Tasks, KeepWhatALineSays) {
  Situations tasks =
      load(R"({"id":"late-tea","opening":"Complain.","goal":"You want tea.",)"
           R"("expect":"turns > 1","turns":4,"persona":"Bo Lind"})"
           "\n\n"
           R"({"messages":["  Tea?\n","Now!"]})");
  ASSERT_EQ(tasks.all.size(), 2u);
  const Situation& first = tasks.all[0];
  EXPECT_EQ(first.name, "late-tea");
  EXPECT_TRUE(first.is_task);
  EXPECT_EQ(first.opening, "Complain.");
  EXPECT_EQ(first.tester, "You want tea.");
  EXPECT_EQ(first.expect, "turns > 1");
  EXPECT_EQ(first.turns, (CountRange{4, 4}));
  EXPECT_EQ(first.persona, "Bo Lind");
  const Situation& second = tasks.all[1];
  EXPECT_EQ(second.name, "task_0003");
  EXPECT_EQ(second.share, first.share);
  EXPECT_EQ(second.says, (std::vector<std::string>{"  Tea?\n", "Now!"}));
  EXPECT_EQ(second.turns, (CountRange{2, 2}));
}

TEST_F(Tasks, AreReadAgainFromTheirText) {
  Situations tasks =
      load(R"({"id":"a","opening":"o","goal":"g","persona":"Bo","turns":2})"
           "\n"
           R"({"id":"b","messages":["x","y"]})");
  Situations again = situations_from(tasks.text);
  ASSERT_EQ(again.all.size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(again.all[i].to_json(), tasks.all[i].to_json());
  }
}

TEST_F(Tasks, AreForSomebodyOrForAnybody) {
  std::string bo = R"({"goal":"g","persona":"Bo"})";
  std::string anybody = R"({"goal":"g"})";
  EXPECT_EQ(people_of(load(bo)), std::vector<std::string>{"Bo"});
  EXPECT_EQ(people_of(load(bo + "\n" + anybody)), std::vector<std::string>{});
}

TEST_F(Tasks, SayWhatIsWrongInWhichLine) {
  const std::pair<std::string, const char*> rows[] = {
      {"", "there is no task in"},
      {"{", "task 'tasks.jsonl:1': is not JSON"},
      {"\n{\"id\":\"a\"}", "task 'tasks.jsonl:2': needs a \"goal\""},
      {R"({"gaol":"g","messages":["a"]})",
       R"(unknown field "gaol"; did you mean "goal"?)"},
      {R"({"messages":["a"," "]})", "a message is empty"},
      {R"({"messages":["a<|im_end|>"]})", "tags or special tokens of a model"},
      {R"({"messages":["<think>a</think>"]})", "tags or special tokens"},
      {R"({"messages":["a"],"turns":2})", "say how many \"turns\" there are"},
      {R"({"goal":"g","turns":0})", "field \"turns\" must be"},
      {"{\"id\":\"a\",\"goal\":\"g\"}\n{\"id\":\"a\",\"goal\":\"g\"}",
       "task 'tasks.jsonl:2': two tasks are called \"a\""},
      {R"({"goal":"{{nme}}"})", "unknown placeholder {{nme}}"},
  };
  for (const auto& [lines, expected] : rows) {
    std::string said = complaint(lines);
    EXPECT_TRUE(contains(said, expected)) << said;
  }
}

}  // namespace
}  // namespace simulate
