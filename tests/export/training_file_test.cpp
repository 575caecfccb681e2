#include "simulator/export/training_file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/hash.h"
#include "simulator/base/json.h"
#include "simulator/base/text.h"
#include "tests/durability/observed_syncs.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

// A ledger that is a list of records.
class ListLedger : public LedgerView {
 public:
  int64_t records() override { return static_cast<int64_t>(list.size()); }
  int64_t record_bytes() override {
    int64_t bytes = 0;
    for (const auto& record : list)
      bytes += static_cast<int64_t>(record.size());
    return bytes;
  }
  KnownRecord known_record(int64_t number) override {
    std::string record = render(number);
    return {static_cast<int64_t>(record.size()), content_hash(record)};
  }
  std::string render(int64_t number) override {
    return list.at(static_cast<size_t>(number - 1));
  }

  std::vector<std::string> list;
};

class TrainingFileTest : public testing::TestWithParam<const char*> {
 protected:
  TrainingFileTest() {
    for (int i = 0; i < 3; ++i) {
      ledger_.list.push_back(
          to_text(Json{{"id", i}, {"text", std::string(40, 'a' + i)}}));
    }
  }

  std::string reconcile() { return TrainingFile(path_).reconcile(ledger_); }

  void write_whole_file() {
    reconcile();
    whole_ = read_file(path_);
  }

  void put(const std::string& text) { write_file(path_, text); }

  int parsed_records() {
    std::string text = read_file(path_);
    if (format_of(path_) == FileFormat::json) {
      auto value = parse_json(text);
      return value ? static_cast<int>(value->size()) : -1;
    }
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }

  Scratch scratch_;
  std::filesystem::path path_ = scratch_ / GetParam();
  ListLedger ledger_;
  std::string whole_;
};

TEST_P(TrainingFileTest, FindsEveryEditWhenItIsExamined) {
  EXPECT_NE(TrainingFile(path_).examine(ledger_), "") << "it is missing";
  EXPECT_FALSE(std::filesystem::exists(path_));
  write_whole_file();
  EXPECT_EQ(TrainingFile(path_).examine(ledger_), "");
  for (size_t at = 0; at < whole_.size(); ++at) {
    std::string edited = whole_;
    edited[at] = edited[at] == 'x' ? 'y' : 'x';
    put(edited);
    std::string found = TrainingFile(path_).examine(ledger_);
    EXPECT_NE(found.find("Move it away"), found.npos) << at << " " << found;
    EXPECT_EQ(read_file(path_), edited);
    put(whole_.substr(0, at));
    found = TrainingFile(path_).examine(ledger_);
    EXPECT_NE(found.find("repairs it"), found.npos) << at << " " << found;
  }
}

TEST_P(TrainingFileTest, NamesARecordThatWasEditedWhereNoStartLooks) {
  for (int i = 3; i < 600; ++i)
    ledger_.list.push_back(to_text(Json{{"id", i}}));
  write_whole_file();
  put(replaced(whole_, "bbbb", "BBBB"));
  EXPECT_NO_THROW(reconcile());
  std::string found = TrainingFile(path_).examine(ledger_);
  EXPECT_NE(found.find("its record 2 is not what was saved. Move it away"),
            found.npos)
      << found;
}

TEST_P(TrainingFileTest, IsValidAfterEveryAppend) {
  ListLedger empty;
  TrainingFile file(path_);
  file.reconcile(empty);
  EXPECT_EQ(parsed_records(), 0);
  for (int i = 0; i < 3; ++i) {
    file.append({ledger_.list[static_cast<size_t>(i)]});
    EXPECT_EQ(parsed_records(), i + 1);
  }
  std::string appended = read_file(path_);
  std::filesystem::remove(path_);
  write_whole_file();
  EXPECT_EQ(whole_, appended) << "rebuilt byte for byte";
}

TEST_P(TrainingFileTest, IsSyncedByEveryStart) {
  write_whole_file();
  ObservedSyncs syncs(path_);
  reconcile();
  EXPECT_GT(syncs.times(), 0) << "those before may have been killed early";
}

// More than a start looks at may not be lost at once.
TEST_P(TrainingFileTest, IsSyncedOnTheWayWhereMuchIsWrittenAnew) {
  for (int i = 3; i < 1'100; ++i)
    ledger_.list.push_back(to_text(Json{{"id", i}}));
  ObservedSyncs syncs(path_);
  reconcile();
  EXPECT_GE(syncs.times(), 3) << "after 512, after 1,024, at the end";
}

TEST_P(TrainingFileTest, LosesZerosThatStandBehindItsEnd) {
  write_whole_file();
  put(whole_ + std::string(3, '\0'));
  reconcile();
  EXPECT_EQ(read_file(path_), whole_);
}

TEST_P(TrainingFileTest, IsRepairedWhereverItsTailWasTorn) {
  write_whole_file();
  for (size_t size = 0; size <= whole_.size(); ++size) {
    put(whole_.substr(0, size));
    reconcile();
    ASSERT_EQ(read_file(path_), whole_) << "cut at " << size;
  }
}

TEST_P(TrainingFileTest, IsRepairedWhenAPowerCutLeftZeros) {
  write_whole_file();
  for (size_t size = 2; size < whole_.size(); size += 7) {
    std::string zeros(whole_.size() - size, '\0');
    put(whole_.substr(0, size) + zeros);
    reconcile();
    ASSERT_EQ(read_file(path_), whole_) << "zeros from " << size;
  }
}

TEST_P(TrainingFileTest, IsRepairedWhenAPowerCutLeftAHole) {
  write_whole_file();
  size_t second = whole_.find("bbb");
  put(whole_.substr(0, second) + std::string(30, '\0') +
      whole_.substr(second + 30));
  reconcile();
  EXPECT_EQ(read_file(path_), whole_);
}

TEST_P(TrainingFileTest, IsCompletedWhenTheLedgerIsAhead) {
  std::string last = ledger_.list.back();
  ledger_.list.pop_back();
  write_whole_file();
  ledger_.list.push_back(last);
  EXPECT_NE(reconcile().find("1 saved"), std::string::npos);
  EXPECT_EQ(parsed_records(), 3);
}

TEST_P(TrainingFileTest, IsNeverTouchedWhenSomebodyElseWroteIt) {
  write_whole_file();
  std::string edited = whole_;
  edited.replace(edited.rfind("ccc"), 3, "CCC");
  for (const std::string& text :
       {std::string("my shopping list\n"), whole_ + "x", edited}) {
    put(text);
    EXPECT_THROW(reconcile(), BadUsage) << text;
    EXPECT_EQ(read_file(path_), text);
  }
}

INSTANTIATE_TEST_SUITE_P(BothFormats, TrainingFileTest,
                         testing::Values("f.json", "f.jsonl"),
                         [](const auto& info) {
                           return std::string(info.param) == "f.json" ? "json"
                                                                      : "jsonl";
                         });

}  // namespace
}  // namespace simulate
