#include "simulator/tables/column_plan.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {
namespace {

ColumnType row_type(const std::vector<std::string>& rows) {
  ColumnPlan plan({"messages", "call", "metadata"});
  for (const std::string& row : rows) plan.take(*parse_json(row));
  return plan.row();
}

// Of the column "x".
std::string type_of(const std::vector<std::string>& values) {
  std::vector<std::string> rows;
  for (const std::string& value : values)
    rows.push_back(R"({"x":)" + value + "}");
  return sql_type(row_type(rows).fields.front().second);
}

TEST(ColumnPlan, TellsTypesFromValues) {
  struct {
    std::vector<std::string> values;
    const char* type;
  } rows[] = {
      {{"\"a\"", "\"1\""}, "VARCHAR"},
      {{"1", "-2", "null"}, "BIGINT"},
      {{"null", "0.5", "1"}, "DOUBLE"},
      {{"true"}, "BOOLEAN"},
      {{"[]", "[\"a\"]", "[]"}, "VARCHAR[]"},
      {{"[[1]]"}, "BIGINT[][]"},
      {{"null"}, "JSON"},
      {{"[]"}, "JSON[]"},
  };
  for (const auto& row : rows) EXPECT_EQ(type_of(row.values), row.type);
}

TEST(ColumnPlan, KeepsAsJsonWhatIsNotOfOneType) {
  struct {
    std::vector<std::string> values;
    const char* type;
  } rows[] = {
      {{"1", "\"1\""}, "JSON"},
      {{"true", "1"}, "JSON"},
      {{"\"a\"", "[\"a\"]"}, "JSON"},
      {{"[1,\"a\"]"}, "JSON[]"},
      {{"[1]", "[\"a\"]"}, "JSON[]"},
      {{"18446744073709551615"}, "JSON"},     // no BIGINT holds it
      {{"9007199254740993", "0.5"}, "JSON"},  // no DOUBLE holds it
      {{"0.5", "9007199254740993"}, "JSON"},
      {{"9007199254740992", "0.5"}, "DOUBLE"},
      {{"-9223372036854775808"}, "BIGINT"},
  };
  for (const auto& row : rows) EXPECT_EQ(type_of(row.values), row.type);
}

TEST(ColumnPlan, GivesFieldsToKnownObjectsAlone) {
  ColumnType row = row_type(
      {R"({"messages":[{"role":"user"},{"role":"bot","call":{"name":"f",
           "arguments":{"a":1}}}],"other":{"b":2},"others":[{"c":1}]})",
       R"({"messages":[{"role":"user","weight":0}]})"});
  EXPECT_EQ(sql_type(row),
            "STRUCT(\"messages\" STRUCT(\"role\" VARCHAR, \"call\" "
            "STRUCT(\"name\" VARCHAR, \"arguments\" JSON), \"weight\" "
            "BIGINT)[], \"other\" JSON, \"others\" JSON[])");
}

TEST(ColumnPlan, KeepsAsJsonWhatCannotBeFields) {
  struct {
    const char* metadata;
    const char* type;
  } rows[] = {
      {R"({"a":1,"A":2})", "JSON"},  // no two columns
      {R"({"":1})", "JSON"},
      {R"({})", "JSON"},
      {R"({"a b\"":1})", R"(STRUCT("a b""" BIGINT))"},
  };
  for (const auto& row : rows) {
    ColumnType type =
        row_type({R"({"metadata":)" + std::string(row.metadata) + "}"});
    EXPECT_EQ(sql_type(type.fields.front().second), row.type);
  }
}

TEST(ColumnPlan, SaysWhyRowsAreNoTable) {
  std::string many = "{\"a\":1";
  for (int key = 0; key < 1000; ++key) {
    many += ",\"k" + std::to_string(key) + "\":1";
  }
  struct {
    std::string row;
    const char* said;
  } rows[] = {
      {"[1]", "no JSON object"},
      {R"({"a":1,"A":2})", "differ in case alone"},
      {R"({"":1})", "a key is empty"},
      {"{\"" + std::string(501, 'k') + "\":1}", "is too long"},
      {many + "}", "more than 1000 keys"},
  };
  for (const auto& row : rows) {
    try {
      row_type({row.row});
      ADD_FAILURE() << row.said;
    } catch (const BadUsage& wrong) {
      EXPECT_TRUE(contains(wrong.what(), row.said)) << wrong.what();
    }
  }
}

TEST(ColumnType, IsAFeatureOfDatasets) {
  ColumnType row =
      row_type({R"({"s":"a","i":1,"r":0.5,"b":true,"l":["a"],"j":{"x":1},
           "metadata":{"mood":"calm"}})"});
  EXPECT_EQ(to_text(datasets_feature(row)),
            R"({"s":{"dtype":"string","_type":"Value"},)"
            R"("i":{"dtype":"int64","_type":"Value"},)"
            R"("r":{"dtype":"float64","_type":"Value"},)"
            R"("b":{"dtype":"bool","_type":"Value"},)"
            R"("l":{"feature":{"dtype":"string","_type":"Value"},)"
            R"("_type":"List"},"j":{"_type":"Json"},)"
            R"("metadata":{"mood":{"dtype":"string","_type":"Value"}}})");
  EXPECT_TRUE(has_json(row));
  EXPECT_FALSE(has_json(row_type({R"({"a":["b"],"metadata":{"c":1}})"})));
}

TEST(ColumnType, KnowsWhichNullsAreAbsentFields) {
  ColumnType type = row_type(
      {R"({"messages":[{"role":"a","call":{"name":"f","arguments":{}}}]})"});
  Json row = *parse_json(
      R"({"messages":[null,{"role":null,"call":{"name":null,
          "arguments":{"due":null}}}],"unknown":null})");
  drop_absent(row, type);
  EXPECT_EQ(to_text(row),
            R"({"messages":[null,{"call":{"arguments":{"due":null}}}],)"
            R"("unknown":null})");
}

}  // namespace
}  // namespace simulate
