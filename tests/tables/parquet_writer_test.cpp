#include "simulator/tables/parquet_writer.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "tests/scratch.h"
#include "tests/tables/written_rows.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

class ParquetWriterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (duckdb_is_missing()) GTEST_SKIP() << why_duckdb_is_missing();
  }

  size_t files_here() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(scratch_.folder()), {}));
  }

  Scratch scratch_;
};

using Texts = std::vector<std::string>;

TEST_F(ParquetWriterTest, GivesBackWhatItWasGiven) {
  const Texts rows = {
      R"({"id":"a","n":1,"r":0.5,"yes":true,"free":{"a":1,"b":null,"c":[1,"2"]}})",
      R"({"id":"1","n":-9223372036854775808,"r":1e+300,"yes":false,"free":{"d":{}}})",
      R"({"id":"true","free":[1.0,18446744073709551615,"\u0001\"\\é😀"]})",
      R"({"id":"","r":3.0,"free":"{\"a\":1}"})",
      R"({"id":"NUL \u0000 in it","free":"\u0000"})"};
  write_rows(scratch_ / "x.parquet", rows);
  EXPECT_EQ(read_rows(scratch_ / "x.parquet"), rows);
}

TEST_F(ParquetWriterTest, GivesBackObjectsWithFieldsWithoutTheFieldsOfOthers) {
  const Texts rows = {
      R"({"messages":[{"role":"user","content":"1"},{"role":"bot","calls":)"
      R"([{"name":"f","arguments":{"a":null}},{"name":"g"}]}]})",
      R"({"messages":[]})",
      R"({"messages":[{"role":"bot","calls":[]},{"weight":1}]})"};
  write_rows(scratch_ / "x.parquet", rows, {"messages", "calls"});
  EXPECT_EQ(read_rows(scratch_ / "x.parquet"), rows);
}

TEST_F(ParquetWriterTest, SharesItsColumnsWithTheOtherPart) {
  ColumnPlan plan({});
  ParquetWriter one(scratch_ / "one.parquet", plan);
  ParquetWriter other(scratch_ / "other.parquet", plan);
  one.add(R"({"a":1})");
  other.add(R"({"a":"x","b":true})");
  one.finish();
  other.finish();
  auto columns = [this](const char* name) {
    return answers(
        "SELECT column_name || ' ' || column_type FROM (DESCRIBE "
        "SELECT * FROM " +
        sql_path(scratch_ / name) + ")");
  };
  EXPECT_EQ(columns("one.parquet"), (Texts{"a JSON", "b BOOLEAN"}));
  EXPECT_EQ(columns("other.parquet"), columns("one.parquet"));
  EXPECT_EQ(read_rows(scratch_ / "one.parquet"), Texts{R"({"a":1})"});
}

// As a part to validate with may be.
TEST_F(ParquetWriterTest, WritesAPartWithoutRows) {
  ColumnPlan plan({});
  ParquetWriter one(scratch_ / "one.parquet", plan);
  ParquetWriter none(scratch_ / "none.parquet", plan);
  one.add(R"({"a":1})");
  one.finish();
  none.finish();
  EXPECT_EQ(read_rows(scratch_ / "none.parquet"), Texts{});
}

TEST_F(ParquetWriterTest, TellsDatasetsWhatIsJson) {
  auto told = [this](const char* name) {
    return answers("SELECT decode(value) FROM parquet_kv_metadata(" +
                   sql_path(scratch_ / name) +
                   ") WHERE decode(key) = 'huggingface'");
  };
  write_rows(scratch_ / "free.parquet", {R"({"it's":{"a":1}})"});
  EXPECT_EQ(told("free.parquet"),
            Texts{R"({"info":{"features":{"it's":{"_type":"Json"}}}})"});
  // What any version reads says nothing that only newer ones know.
  write_rows(scratch_ / "plain.parquet", {R"({"a":["b"]})"});
  EXPECT_EQ(told("plain.parquet"), Texts{});
}

TEST_F(ParquetWriterTest, MarksJsonAsParquetDoes) {
  write_rows(scratch_ / "x.parquet", {R"({"free":{"a":1},"text":"b"})"});
  EXPECT_EQ(answers("SELECT name || ' ' || logical_type FROM parquet_schema(" +
                    sql_path(scratch_ / "x.parquet") +
                    ") WHERE logical_type IS NOT NULL AND name = 'free'"),
            Texts{"free JsonType()"});
}

TEST_F(ParquetWriterTest, WritesTheSameBytesForTheSameRows) {
  Texts rows;
  for (int row = 0; row < 5000; ++row) {
    rows.push_back(R"({"id":)" + std::to_string(row) + R"(,"f":{"x":[]}})");
  }
  write_rows(scratch_ / "one.parquet", rows);
  write_rows(scratch_ / "two.parquet", rows);
  EXPECT_EQ(read_rows(scratch_ / "one.parquet"), rows);
  EXPECT_EQ(read_file(scratch_ / "one.parquet"),
            read_file(scratch_ / "two.parquet"));
}

TEST_F(ParquetWriterTest, TakesNamesAsTheyAre) {
  const Texts rows = {
      R"({"row":1,"select":{"a":1},"it's \"x\"":2,"a.b":3,"tab\there":4,"é":5})"};
  fs::create_directory(scratch_ / "year=2026 [it's]*");
  fs::path path = scratch_ / "year=2026 [it's]*/x?.parquet";
  write_rows(path, rows);
  EXPECT_EQ(read_rows(path), rows);
}

TEST_F(ParquetWriterTest, TakesRowsOfManyMegabytesAndOverSeveralLines) {
  std::string large = R"({"a":")" + std::string(40 << 20, 'x') + R"("})";
  write_rows(scratch_ / "x.parquet", {"{\n\"a\": \"small\"\n}", large});
  Texts back = read_rows(scratch_ / "x.parquet");
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[0], R"({"a":"small"})");
  EXPECT_TRUE(back[1] == large);
}

TEST_F(ParquetWriterTest, NamesTheRowThatIsNone) {
  ColumnPlan plan({});
  ParquetWriter writer(scratch_ / "x.parquet", plan);
  writer.add(R"({"a":1})");
  for (const char* row : {"[1]", "{\"a\":", R"({"A":1})"}) {
    try {
      writer.add(row);
      ADD_FAILURE() << row;
    } catch (const BadUsage& wrong) {
      EXPECT_TRUE(contains(wrong.what(), "x.parquet, row ")) << wrong.what();
    }
  }
}

TEST_F(ParquetWriterTest, LeavesNothingOfAFileThatIsNotFinished) {
  {
    ColumnPlan plan({});
    ParquetWriter writer(scratch_ / "x.parquet", plan);
    for (int row = 0; row < 100'000; ++row) writer.add(R"({"a":"bcdefghij"})");
    EXPECT_EQ(files_here(), 0u);
  }
  EXPECT_EQ(files_here(), 0u);
}

TEST_F(ParquetWriterTest, LeavesTheOldFileWhereTheNewOneFails) {
  fs::path path = scratch_ / "x.parquet";
  write_rows(path, {R"({"a":1})"});
  fs::create_directory(scratch_ / "x.parquet.new");
  write_file(scratch_ / "x.parquet.new/in the way", "");
  EXPECT_THROW(write_rows(path, {R"({"a":2})"}), Fatal);
  EXPECT_EQ(read_rows(path), Texts{R"({"a":1})"});
}

TEST_F(ParquetWriterTest, RefusesATableWithoutColumns) {
  for (const Texts& rows : {Texts{}, Texts{"{}"}}) {
    EXPECT_THROW(write_rows(scratch_ / "x.parquet", rows), BadUsage);
  }
  EXPECT_EQ(files_here(), 0u);
}

TEST(ParquetWriter, SaysHowToGetDuckDb) {
  Scratch scratch;
  DuckDbPlaces nowhere;
  nowhere.system = false;
  ColumnPlan plan({});
  try {
    ParquetWriter(scratch / "x.parquet", plan, nowhere);
    ADD_FAILURE();
  } catch (const BadUsage& missing) {
    EXPECT_TRUE(contains(missing.what(), "npm pack")) << missing.what();
  }
  EXPECT_TRUE(fs::is_empty(scratch.folder()));
}

}  // namespace
}  // namespace simulate
