#include "simulator/base/fields.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"

namespace simulate {
namespace {

// Reads every kind of member once.
void read_all(const Json& object) {
  Fields fields(object, "file 'a.json'");
  fields.text("name");
  fields.texts("tools");
  fields.number("share", 0, 100);
  fields.range("sessions", {1, 8}, 8);
  fields.list("values");
  fields.object("options");
  fields.refuse_others();
}

std::string complaint_about(const std::string& json) {
  try {
    read_all(*parse_json(json));
  } catch (const BadUsage& wrong) {
    return wrong.what();
  }
  return "";
}

TEST(Fields, ReadsWhatIsThereAndWhatIsNot) {
  const Json object = *parse_json(
      R"({"name": " a ", "tools": ["x"], "share": 2.5, "sessions": [2]})");
  Fields fields(object, "here");
  EXPECT_EQ(fields.text("name"), "a");
  EXPECT_EQ(fields.text("nothing"), "");
  EXPECT_EQ(fields.texts("tools"), std::vector<std::string>{"x"});
  EXPECT_EQ(fields.number("share", 0, 100), 2.5);
  EXPECT_FALSE(fields.number("absent", 0, 1));
  EXPECT_EQ(fields.range("sessions", {1, 8}, 8), (std::pair<int, int>{2, 8}));
  EXPECT_EQ(fields.range("turns", {1, 12}, 50), (std::pair<int, int>{1, 12}));
  EXPECT_TRUE(fields.list("values").empty());
  EXPECT_TRUE(fields.object("options").empty());
  fields.refuse_others();
}

TEST(Fields, SaysWhichMemberMustBeWhat) {
  struct Row {
    const char* json;
    const char* complaint;
  };
  const Row rows[] = {
      {"[]", "file 'a.json': must be a JSON object"},
      {R"({"name": 3})",
       "file 'a.json': field \"name\" must be a string, got 3"},
      {R"({"tools": ["x", 1]})",
       "file 'a.json': field \"tools\" must be a list of strings, got "
       "[\"x\",1]"},
      {R"({"share": 101})",
       "file 'a.json': field \"share\" must be a number from 0 to 100, got "
       "101"},
      {R"({"sessions": [3, 2]})",
       "file 'a.json': field \"sessions\" must be [FIRST, LAST] or [FIRST], "
       "from 1 to 8, got [3,2]"},
      {R"({"sessions": 3})",
       "file 'a.json': field \"sessions\" must be [FIRST, LAST] or [FIRST], "
       "from 1 to 8, got 3"},
      {R"({"values": {}})",
       "file 'a.json': field \"values\" must be a list, got {}"},
      {R"({"nmae": "a"})",
       "file 'a.json': unknown field \"nmae\"; did you mean \"name\"?"},
      {R"({"zzzzzzzz": 1})",
       "file 'a.json': unknown field \"zzzzzzzz\"; known fields: name, tools, "
       "share, sessions, values, options"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(complaint_about(row.json), row.complaint) << row.json;
  }
}

TEST(Fields, AreTrueOrFalse) {
  Json value = {{"brief", true}, {"bad", 1}};
  Fields fields(value, "axes.json");
  EXPECT_TRUE(fields.flag("brief"));
  EXPECT_FALSE(fields.flag("absent"));
  EXPECT_THROW(fields.flag("bad"), BadUsage);
}

}  // namespace
}  // namespace simulate
