// Rows of every trainer, written and read again.
#include "simulator/samples/row_columns.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/samples/dataset.h"
#include "simulator/samples/imported.h"
#include "simulator/samples/imported_file.h"
#include "tests/samples/told.h"
#include "tests/scratch.h"
#include "tests/tables/written_rows.h"

namespace simulate {
namespace {

struct Written {
  ColumnPlan plan;
  std::vector<std::string> rows;
};

Written rows_for(const ExportSettings& settings) {
  DatasetPlan dataset = dataset_plan(settings);
  Written written{row_columns(dataset.trainer), {}};
  for (const Sample& sample : samples_of(told(), dataset.rules)) {
    Json row = dataset.trainer->row(sample, *dataset.family);
    written.plan.take(row);
    written.rows.push_back(to_text(row));
  }
  return written;
}

ExportSettings settings_for(const std::string& trainer,
                            const std::string& family = "qwen3") {
  ExportSettings settings;
  settings.trainer = trainer;
  settings.family = family;
  return settings;
}

// As train.py declares them.
TEST(RowColumns, KeepMessagesWholeWhereATemplateReadsThem) {
  EXPECT_EQ(sql_type(rows_for(settings_for("trl")).plan.row()),
            "STRUCT(\"id\" VARCHAR, \"prompt\" JSON[], \"completion\" JSON[], "
            "\"tools\" JSON[])");
  EXPECT_EQ(sql_type(rows_for(settings_for("unsloth")).plan.row()),
            "STRUCT(\"id\" VARCHAR, \"messages\" JSON[], \"tools\" JSON[])");
}

TEST(RowColumns, AreReadByAnyVersionOfDatasetsWhereRowsHaveOneShape) {
  for (const char* trainer : {"axolotl", "llamafactory", "ms-swift"}) {
    ColumnType row = rows_for(settings_for(trainer)).plan.row();
    EXPECT_FALSE(has_json(row)) << trainer << " " << sql_type(row);
  }
}

TEST(RowColumns, KeepSchemasWhole) {
  std::string type = sql_type(rows_for(settings_for("openai", "")).plan.row());
  EXPECT_TRUE(contains(type, "\"parameters\" JSON")) << type;
  EXPECT_TRUE(contains(type, "\"arguments\" VARCHAR")) << type;
}

std::string text_of(const FinishedConversation& talk) {
  std::string text = to_text(talk.metadata) + "\n";
  for (const Message& message : talk.transcript.messages) {
    text += std::string(speaker_name(message.speaker)) + message.content +
            message.thinking + (message.train ? " *" : "") + "\n";
    for (const ToolCall& call : message.calls) {
      text += call.id + call.name + to_text(call.arguments) + "\n";
    }
    text += message.result.call_id + to_text(message.result.body) + "\n";
  }
  return text;
}

void expect_back(const Written& written, const std::string& which) {
  Scratch scratch;
  ColumnPlan plan = written.plan;
  ParquetWriter writer(scratch / "x.parquet", plan);
  for (const std::string& row : written.rows) writer.add(row);
  writer.finish();
  ImportedFile file(scratch / "x.parquet");
  for (int round = 0; round < 2; ++round) {
    for (const std::string& row : written.rows) {
      std::optional<FinishedConversation> back = file.next();
      ASSERT_TRUE(back) << which;
      EXPECT_EQ(text_of(*back), text_of(imported(*parse_json(row)))) << which;
    }
    EXPECT_FALSE(file.next()) << which;
    file.begin_again();
  }
}

TEST(RowColumns, BringBackEveryConversation) {
  if (duckdb_is_missing()) GTEST_SKIP() << why_duckdb_is_missing();
  for (const char* trainer :
       {"trl", "axolotl", "llamafactory", "unsloth", "ms-swift"}) {
    expect_back(rows_for(settings_for(trainer)), trainer);
  }
  for (const char* trainer : {"openai", "together"}) {
    expect_back(rows_for(settings_for(trainer, "")), trainer);
  }
  for (auto format : {SampleFormat::messages, SampleFormat::sharegpt}) {
    ExportSettings settings;
    settings.format = format;
    expect_back(rows_for(settings), "anyone");
  }
}

TEST(ImportedFile, NamesTheRowOfATable) {
  if (duckdb_is_missing()) GTEST_SKIP() << why_duckdb_is_missing();
  Scratch scratch;
  write_rows(scratch / "x.parquet",
             {R"({"messages":[{"role":"user","content":"a"}]})",
              R"({"messages":[{"role":"bot","content":"a"}]})"});
  ImportedFile file(scratch / "x.parquet");
  EXPECT_EQ(file.next()->id, "line_1");
  try {
    file.next();
    ADD_FAILURE();
  } catch (const BadUsage& wrong) {
    EXPECT_TRUE(contains(wrong.what(), "x.parquet, row 2: ")) << wrong.what();
  }
}

}  // namespace
}  // namespace simulate
