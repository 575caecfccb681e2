#include "simulator/metrics/word_runs.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace simulate {
namespace {

TEST(WordRuns, AreAsManyAsBeginSomewhere) {
  std::vector<uint64_t> words = word_hashes({"a", "b", "a", "b"});
  EXPECT_EQ(run_hashes(words, 1).size(), 4u);
  EXPECT_EQ(run_hashes(words, 4).size(), 1u);
  EXPECT_EQ(run_hashes(words, 5).size(), 0u);
  EXPECT_EQ(run_hashes(words, 0).size(), 0u);
  EXPECT_EQ(run_hashes({}, 1).size(), 0u);
}

TEST(WordRuns, AreTheSameForTheSameWordsInTheSameOrderAlone) {
  auto run = [](const std::vector<std::string>& words) {
    return run_hashes(word_hashes(words), words.size()).front();
  };
  EXPECT_EQ(run({"a", "b"}), run({"a", "b"}));
  std::set<uint64_t> different = {run({"a"}),      run({"a", "b"}),
                                  run({"b", "a"}), run({"ab", ""}),
                                  run({"", "ab"}), run({"a", "b", ""})};
  EXPECT_EQ(different.size(), 6u);
}

TEST(WordRuns, HaveHashesThatAreTheSameOnEveryMachine) {
  EXPECT_EQ(text_hash(""), text_hash("", 0));
  EXPECT_NE(text_hash("words", 1), text_hash("words", 2));
  EXPECT_NE(text_hash(std::string(8, '\0')), text_hash(std::string(9, '\0')));
  EXPECT_EQ(text_hash("a text of a few words"), 6938207611724050853u);
}

TEST(WordRuns, AreMadeDistinct) {
  std::vector<uint64_t> hashes = {3, 1, 3, 2, 1};
  make_distinct(hashes);
  EXPECT_EQ(hashes, (std::vector<uint64_t>{1, 2, 3}));
}

}  // namespace
}  // namespace simulate
