#include "simulator/tables/parquet_file.h"

#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/scratch.h"
#include "tests/tables/written_rows.h"

namespace simulate {
namespace {

class ParquetFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (duckdb_is_missing()) GTEST_SKIP() << why_duckdb_is_missing();
  }

  // A file that others wrote.
  std::filesystem::path written(const std::string& select) {
    DuckDb database;
    std::filesystem::path path = scratch_ / "x.parquet";
    database.run("COPY (" + select + ") TO " + sql_text(path.string()) +
                 " (FORMAT parquet)");
    return path;
  }

  Scratch scratch_;
};

using Texts = std::vector<std::string>;

TEST_F(ParquetFileTest, ReadsColumnsOfAnyType) {
  EXPECT_EQ(
      read_rows(written("SELECT 1::TINYINT AS i, 0.5::FLOAT AS f, "
                        "DATE '2026-03-02' AS d, 1.25::DECIMAL(9,2) AS x, "
                        "MAP {'a': 1} AS m, NULL::INTEGER AS absent, "
                        "[1, NULL] AS l, {'a': NULL, 'b': 2} AS s")),
      Texts{R"({"i":1,"f":0.5,"d":"2026-03-02","x":1.25,"m":{"a":1},)"
            R"("l":[1,null],"s":{"b":2}})"});
}

TEST_F(ParquetFileTest, KeepsTheOrderOfRows) {
  auto path = written("SELECT range AS n FROM range(300000)");
  ParquetFile file(path);
  for (int64_t n = 0; n < 300'000; ++n) {
    std::optional<Json> row = file.next();
    ASSERT_TRUE(row);
    ASSERT_EQ((*row)["n"], n);
    ASSERT_EQ(file.row(), n + 1);
  }
  EXPECT_FALSE(file.next());
  EXPECT_FALSE(file.next());
}

TEST_F(ParquetFileTest, BeginsAgain) {
  auto path = written("SELECT range AS n FROM range(10000)");
  ParquetFile file(path);
  file.next();
  file.next();
  file.begin_again();
  EXPECT_EQ((*file.next())["n"], 0);
  EXPECT_EQ(file.row(), 1);
}

TEST_F(ParquetFileTest, HasNoRowsWhereThereAreNone) {
  EXPECT_EQ(read_rows(written("SELECT 1 AS n WHERE false")), Texts{});
}

TEST_F(ParquetFileTest, RefusesWhatIsDamaged) {
  auto path = written(
      "SELECT range AS n, md5(CAST(range AS VARCHAR)) AS t "
      "FROM range(10000)");
  std::string whole = read_file(path);
  std::string holed = whole;
  for (size_t at = 100; at < 2000; ++at) holed[at] = static_cast<char>(at);
  for (const std::string& bytes :
       {std::string("PAR1"), whole.substr(0, whole.size() / 2),
        whole.substr(0, whole.size() - 1), holed}) {
    write_file(path, bytes);
    try {
      read_rows(path);
      ADD_FAILURE() << bytes.size();
    } catch (const BadUsage& error) {
      EXPECT_TRUE(contains(error.what(), "x.parquet as Parquet: DuckDB: "))
          << error.what();
    }
  }
  EXPECT_THROW(ParquetFile(scratch_ / "nowhere.parquet"), BadUsage);
}

TEST(IsParquet, LooksAtHowAFileBegins) {
  Scratch scratch;
  write_file(scratch / "a.jsonl", "PAR1...");
  write_file(scratch / "b.parquet", "{}");
  write_file(scratch / "c", "PA");
  EXPECT_TRUE(is_parquet(scratch / "a.jsonl"));
  EXPECT_FALSE(is_parquet(scratch / "b.parquet"));
  EXPECT_FALSE(is_parquet(scratch / "c"));
  EXPECT_FALSE(is_parquet(scratch / "nowhere"));
  EXPECT_FALSE(is_parquet(scratch.folder()));
}

}  // namespace
}  // namespace simulate
