// The built program: `simulate export` for those who train.
#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"
#include "tests/program/records.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

class Export : public testing::Test {
 protected:
  Export() {
    Ended made = program_.run(
        {"--target", "24", "--providers", "offline", "--output", "run.json"});
    EXPECT_EQ(made.status, 0) << made.err;
  }

  Ended run(std::vector<std::string> words) {
    words.insert(words.begin(), {"export", "--output", "run.json"});
    return program_.run(words);
  }

  std::vector<Json> rows_in(const std::string& name) {
    std::vector<Json> rows;
    for (const std::string& line : split(read_file(scratch_ / name), '\n')) {
      if (!line.empty()) rows.push_back(*parse_json(line));
    }
    return rows;
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(Export, PairsTheAnswersOfTwoRunsOfTheSameSlots) {
  auto prompts = scratch_ / "other";
  std::filesystem::copy(SIMULATE_SOURCE_DIR "/systemprompts", prompts,
                        std::filesystem::copy_options::recursive);
  for (const auto& entry : std::filesystem::directory_iterator(prompts)) {
    if (!entry.is_regular_file()) continue;
    write_file(entry.path(), read_file(entry.path()) + "\nBe brief.\n");
  }
  Ended made =
      program_.run({"--target", "24", "--providers", "offline", "--output",
                    "other.json", "--systemprompts", prompts.string()});
  ASSERT_EQ(made.status, 0) << made.err;
  Ended ended = run({"--format", "preference", "--rejected-from", "other.json",
                     "--to", "pairs.jsonl"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.err, "of 24 conversations, ")) << ended.err;
  std::vector<Json> rows = rows_in("pairs.jsonl");
  ASSERT_GT(rows.size(), 5u);
  for (const Json& row : rows) {
    EXPECT_NE(row["chosen"], row["rejected"]);
    EXPECT_EQ(row["reason"], "other_run");
  }
}

TEST_F(Export, PairsOnlyRunsOfTheSameSlots) {
  Ended made = program_.run({"--target", "6", "--seed", "9", "--providers",
                             "offline", "--output", "other.json", "--quiet"});
  ASSERT_EQ(made.status, 0) << made.err;
  Ended ended =
      run({"--format", "preference", "--rejected-from", "other.json"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "two runs of the same slots")) << ended.err;
  Ended absent = run({"--format", "preference", "--rejected-from", "no.json"});
  EXPECT_TRUE(contains(absent.err, "no.db lies")) << absent.err;
  EXPECT_EQ(run({"--rejected-from", "other.json"}).status, 2);
}

// What --container parquet gives, read back, is what JSON lines have.
TEST_F(Export, WritesTheSameRowsAsATable) {
  const std::vector<std::string> as_trl = {"--for", "trl", "--family", "qwen3"};
  auto export_to = [&](std::vector<std::string> words, const char* to) {
    words.insert(words.end(), as_trl.begin(), as_trl.end());
    words.insert(words.end(), {"--to", to});
    return program_.run(words);
  };
  Ended table = run({"--format", "messages", "--to", "talks.parquet"});
  if (contains(table.err, "there is no libduckdb.so")) {
    GTEST_SKIP() << "scripts/install-duckdb gets it";
  }
  ASSERT_EQ(table.status, 0) << table.err;
  export_to({"export", "--input", "talks.parquet"}, "read.jsonl");
  export_to({"export", "--output", "run.json"}, "made.jsonl");
  EXPECT_EQ(read_file(scratch_ / "read.jsonl"),
            read_file(scratch_ / "made.jsonl"));
  Ended folder = export_to(
      {"export", "--output", "run.json", "--container", "parquet"}, "set");
  ASSERT_EQ(folder.status, 0) << folder.err;
  EXPECT_TRUE(contains(read_file(scratch_ / "set/train.py"),
                       "load_dataset(\"parquet\", data_files={\"train\": "
                       "\"train.parquet\"}"));
  EXPECT_EQ(read_file(scratch_ / "set/train.parquet").substr(0, 4), "PAR1");
}

TEST_F(Export, HasNoTableForWhomItIsOfNoUse) {
  Ended ended =
      run({"--for", "openai", "--container", "parquet", "--to", "set"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "takes JSON lines")) << ended.err;
  ended = run({"--container", "parquet"});
  EXPECT_TRUE(contains(ended.err, "name a file with --to")) << ended.err;
  ended = run({"--container", "json", "--to", "x.parquet"});
  EXPECT_TRUE(contains(ended.err, "--container json does not go with"))
      << ended.err;
}

TEST_F(Export, FillsAFolderForATrainer) {
  Ended ended = run({"--for", "trl", "--family", "qwen3", "--val-size", "0.2",
                     "--to", "set"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(contains(ended.out, " to train on and ")) << ended.out;
  std::vector<Json> train = rows_in("set/train.jsonl");
  std::vector<Json> validation = rows_in("set/validation.jsonl");
  EXPECT_GT(train.size(), validation.size());
  EXPECT_FALSE(validation.empty());
  size_t learnt = 0;
  for (const Json& record : records_in(scratch_ / "run.json")) {
    for (const Json& message : record["conversations"]) {
      if (message["train"] == true) ++learnt;
    }
  }
  EXPECT_EQ(train.size() + validation.size(), learnt);
  std::string script = read_file(scratch_ / "set/train.py");
  EXPECT_FALSE(contains(script, "LENGTH") || contains(script, "{FILES}"));
  std::string card = read_file(scratch_ / "set/README.md");
  EXPECT_TRUE(contains(card,
                       "simulate export --for trl --family qwen3 "
                       "--val-size 0.2`"))
      << card;
}

TEST_F(Export, DoesNotWriteIntoAFolderThatIsUsed) {
  ASSERT_EQ(run({"--for", "openai", "--to", "set"}).status, 0);
  Ended again = run({"--for", "openai", "--to", "set"});
  EXPECT_EQ(again.status, 2);
  EXPECT_TRUE(contains(again.err, "is not empty"));
}

TEST_F(Export, WritesRowsToStdoutAndToFiles) {
  Ended rows = run({"--format", "messages", "--container", "jsonl"});
  ASSERT_EQ(rows.status, 0) << rows.err;
  Ended file = run({"--format", "messages", "--to", "rows.jsonl"});
  ASSERT_EQ(file.status, 0) << file.err;
  EXPECT_EQ(read_file(scratch_ / "rows.jsonl"), rows.out);
  EXPECT_EQ(rows_in("rows.jsonl").size(), 24u);
}

TEST_F(Export, TakesWhatWhereChooses) {
  Ended few = run({"--where", "session = 1", "--to", "few.jsonl"});
  ASSERT_EQ(few.status, 0) << few.err;
  std::vector<Json> records = rows_in("few.jsonl");
  EXPECT_GT(records.size(), 0u);
  EXPECT_LT(records.size(), 24u);
  for (const Json& record : records) {
    EXPECT_EQ(record["metadata"]["session"], 1);
  }
  Ended samples = run(
      {"--where", "session = 1", "--for", "openai", "--container", "jsonl"});
  std::vector<std::string> lines = split(samples.out, '\n');
  EXPECT_EQ(lines.size() - 1, records.size());
}

TEST_F(Export, RendersByTheTemplateOfTheModel) {
  std::string file =
      SIMULATE_SOURCE_DIR "/tests/samples/templates/gpt_oss.jinja";
  Ended ended = run({"--for", "trl", "--family", "gpt-oss", "--template", file,
                     "--to", "set"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  for (const Json& row : rows_in("set/train.jsonl")) {
    std::string completion = row["completion"];
    EXPECT_TRUE(completion.ends_with("<|call|>") ||
                completion.ends_with("<|return|>"))
        << completion;
  }
}

TEST_F(Export, SaysWhenATemplateRefuses) {
  auto rendered = [this](const std::string& text, const std::string& to) {
    write_file(scratch_ / "some.jinja", text);
    return run({"--for", "trl", "--family", "qwen3", "--format", "rendered",
                "--template", "some.jinja", "--to", to});
  };
  Ended none = rendered("{{ raise_exception('never') }}", "none");
  EXPECT_EQ(none.status, 2);
  EXPECT_TRUE(contains(none.err, "the template refused every sample: never"))
      << none.err;
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "none" / "train.py"));
  Ended some = rendered(
      "{% if messages | length > 4 %}{{ raise_exception('too long') }}"
      "{% endif %}x",
      "some");
  EXPECT_EQ(some.status, 0);
  EXPECT_TRUE(contains(some.err, "samples: too long")) << some.err;
}

TEST_F(Export, OfNothingIsNoDataset) {
  for (const char* where : {"mood = 'nobody'", "session = 99"}) {
    for (const char* format : {"messages", "record"}) {
      Ended ended = run({"--format", format, "--where", where, "--to", "set"});
      EXPECT_EQ(ended.status, 2);
      EXPECT_TRUE(contains(ended.err, "chooses none")) << ended.err;
      EXPECT_FALSE(std::filesystem::exists(scratch_ / "set"));
    }
  }
}

TEST_F(Export, ForATrainerIsJsonLinesUnlessToldOtherwise) {
  Ended rows = run({"--for", "together"});
  EXPECT_TRUE(rows.out.starts_with("{\"messages\"")) << rows.err;
  Ended file = run({"--for", "together", "--to", "rows.jsonl"});
  EXPECT_EQ(file.status, 0) << file.err;
  EXPECT_EQ(read_file(scratch_ / "rows.jsonl"), rows.out);
}

TEST_F(Export, MakesTheSameOfADatasetAsOfTheRun) {
  ASSERT_EQ(run({"--format", "messages", "--to", "talks.jsonl"}).status, 0);
  std::vector<std::string> as = {"--for", "trl",         "--family",
                                 "qwen3", "--container", "jsonl"};
  Ended of_run = run(as);
  as.insert(as.begin(), {"export", "--input", "talks.jsonl"});
  Ended of_file = program_.run(as);
  EXPECT_EQ(of_file.status, 0) << of_file.err;
  EXPECT_EQ(of_file.out, of_run.out);
  Ended where = program_.run({"export", "--input", "talks.jsonl", "--where",
                              "session = 1", "--for", "openai"});
  EXPECT_EQ(where.status, 2);
  EXPECT_TRUE(contains(where.err, "--where asks a ledger")) << where.err;
}

TEST_F(Export, ChecksAndShowsWithoutWriting) {
  std::string file = SIMULATE_SOURCE_DIR "/tests/samples/templates/qwen3.jinja";
  Ended good =
      run({"--for", "trl", "--family", "qwen3", "--check", "--template", file});
  EXPECT_EQ(good.status, 0) << good.out << good.err;
  EXPECT_TRUE(contains(good.out, "TRL can read all of them")) << good.out;
  EXPECT_TRUE(contains(good.out, "thoughts to learn")) << good.out;
  file = SIMULATE_SOURCE_DIR "/tests/samples/templates/mistral.jinja";
  Ended bad = run({"--for", "trl", "--family", "mistral", "--format",
                   "messages", "--check", "--template", file});
  EXPECT_EQ(bad.status, 1) << bad.out;
  Ended shown = run({"--for", "trl", "--family", "qwen3", "--show", "2"});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_EQ(split(shown.out, '=').size(), 7u) << shown.out;
  EXPECT_TRUE(contains(shown.out, "[learnt>"));
}

TEST_F(Export, RefusesOptionsThatWouldChangeNothing) {
  Ended ended = run({"--thinking", "none"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "say for whom with --for")) << ended.err;
  ended = run({"--format", "jsonl"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_TRUE(contains(ended.err, "--container")) << ended.err;
}

}  // namespace
}  // namespace simulate
