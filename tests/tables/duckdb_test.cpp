#include "simulator/tables/duckdb.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "tests/scratch.h"
#include "tests/tables/written_rows.h"

namespace simulate {
namespace {

class DuckDbTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (duckdb_is_missing()) GTEST_SKIP() << why_duckdb_is_missing();
  }
};

TEST_F(DuckDbTest, AnswersInTexts) {
  EXPECT_EQ(
      answers("SELECT * FROM (VALUES ('short'), (NULL), "
              "('longer than twelve bytes')) ORDER BY 1 NULLS FIRST"),
      (std::vector<std::string>{"", "longer than twelve bytes", "short"}));
}

TEST_F(DuckDbTest, AnswersMoreThanOneChunk) {
  EXPECT_EQ(answers("SELECT CAST(range AS VARCHAR) FROM range(10000)").size(),
            10000u);
}

TEST_F(DuckDbTest, SaysInALineWhatIsWrong) {
  DuckDb database;
  for (const std::string sql :
       {"SELECT nothing", "SELEC", "SELECT CAST('x' AS INTEGER)"}) {
    try {
      database.run(sql);
      ADD_FAILURE() << sql;
    } catch (const Error& error) {
      std::string said = error.what();
      EXPECT_TRUE(said.starts_with("DuckDB: ")) << said;
      EXPECT_FALSE(contains(said, "\n")) << said;
    }
    EXPECT_THROW(DuckDbTexts(database, sql).next(), Error) << sql;
  }
  database.run("SELECT 1");  // it goes on
}

TEST_F(DuckDbTest, SaysWhatGoesWrongOnTheWay) {
  DuckDb database;
  DuckDbTexts texts(database,
                    "SELECT CAST(CAST(CASE WHEN range < 9999 THEN '1' ELSE 'x' "
                    "END AS INTEGER) AS VARCHAR) FROM range(10000)");
  auto all = [&texts] {
    while (texts.next()) {
    }
  };
  EXPECT_THROW(all(), Error);
}

TEST_F(DuckDbTest, LeavesNothingInTheCurrentFolderAndAsksNoNetwork) {
  EXPECT_EQ(answers("SELECT value FROM duckdb_settings() WHERE name IN "
                    "('temp_directory', 'autoinstall_known_extensions', "
                    "'autoload_known_extensions') ORDER BY name"),
            (std::vector<std::string>{"false", "false", ""}));
}

TEST(SqlText, IsQuoted) {
  EXPECT_EQ(sql_text("it's"), "'it''s'");
  EXPECT_EQ(sql_name("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(sql_path("/a/[x]*?.parquet"), "'/a/[[]x][*][?].parquet'");
  EXPECT_EQ(sql_path("s3:x").find("s3:"), sql_path("x").size() - 2);
}

}  // namespace
}  // namespace simulate
