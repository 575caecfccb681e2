#include "simulator/metrics/near_duplicates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/metrics/measured_words.h"

namespace simulate {
namespace {

std::vector<DuplicatePair> pairs_of(const std::vector<std::string>& texts,
                                    double at_least = 0.8) {
  NearDuplicates duplicates(at_least);
  int64_t number = 0;
  for (const std::string& text : texts) duplicates.add(number++, text);
  return duplicates.pairs();
}

// "0<2 1.00 exact, 1<3 0.85"
std::string told(const std::vector<DuplicatePair>& pairs) {
  std::vector<std::string> parts;
  for (const DuplicatePair& pair : pairs) {
    parts.push_back(std::to_string(pair.first) + "<" +
                    std::to_string(pair.second) + " " +
                    std::to_string(pair.likeness).substr(0, 4) +
                    (pair.exact ? " exact" : ""));
  }
  return joined(parts, ", ");
}

// `count` words, from a number on: w7 w8 w9.
std::string words(int from, int count) {
  std::string text;
  for (int i = from; i < from + count; ++i)
    text += "w" + std::to_string(i) + " ";
  return text;
}

TEST(NearDuplicates, FindsTextsThatShareMostOfTheirWords) {
  // 18 runs each, of which 17 are shared by 0 and 2.
  EXPECT_EQ(told(pairs_of({words(0, 20), words(50, 20), words(1, 20)})),
            "0<2 0.89");
  // 0.8 itself is enough: 8 of 10 runs.
  EXPECT_EQ(told(pairs_of({words(0, 12), words(0, 10)})), "0<1 0.80");
  EXPECT_EQ(told(pairs_of({words(0, 12), words(0, 10)}, 0.81)), "");
}

TEST(NearDuplicates, TellsTheSameBytesFromTheSameWords) {
  EXPECT_EQ(told(pairs_of({"To be, or not to be.", "to be or not to be",
                           "To be, or not to be."})),
            "0<1 1.00, 0<2 1.00 exact");
}

TEST(NearDuplicates, NamesTheLikestOfThoseThatStay) {
  EXPECT_EQ(told(pairs_of({words(0, 30), words(5, 30), words(4, 30)})),
            "1<2 0.93");
  // Of equals the earliest.
  EXPECT_EQ(told(pairs_of({words(0, 30), words(8, 30), words(4, 30)}, 0.7)),
            "0<2 0.75");
  // 1 goes because of 0; 2 is like 1 and unlike 0, and stays; so 3 goes
  // because of 2.
  EXPECT_EQ(
      told(pairs_of({words(0, 40), words(3, 40), words(6, 40), words(7, 40)})),
      "0<1 0.85, 2<3 0.94");
}

TEST(NearDuplicates, KnowsTextsThatAreShorterThanARun) {
  EXPECT_EQ(told(pairs_of({"Yes", "yes!", "No", "Good night", "good night.",
                           "night good"})),
            "0<1 1.00, 3<4 1.00");
}

TEST(NearDuplicates, ComparesTextsWithoutWordsByTheirBytes) {
  EXPECT_EQ(told(pairs_of({"", "...", "", "!", "...", "\xFF", "\xFF\xFE"})),
            "0<2 1.00 exact, 1<4 1.00 exact");
  EXPECT_EQ(told(pairs_of({})), "");
  EXPECT_EQ(told(pairs_of({"one text"})), "");
}

TEST(NearDuplicates, ReadsScriptsWithoutSpaces) {
  EXPECT_EQ(told(pairs_of({"今天天气很好，我们去公园散步吧。",
                           "今天天气很好我们去公园散步吧！",
                           "明天可能会下雨，记得带伞出门。"})),
            "0<1 1.00");
}

TEST(NearDuplicates, TakesAMegabyte) {
  std::string changed = words(0, 130'000);
  changed.replace(500'000, 100, words(900'000, 10));
  EXPECT_EQ(
      told(pairs_of({words(0, 130'000), changed, std::string(1'000'000, 'x'),
                     std::string(1'000'000, '\xC3')})),
      "0<1 0.99");
}

TEST(NearDuplicates, KeepsTheCallersNumbers) {
  NearDuplicates duplicates;
  duplicates.add(7, "the same words again");
  duplicates.add(1'000'000'000'000, "The same words again");
  EXPECT_EQ(told(duplicates.pairs()), "7<1000000000000 1.00");
  EXPECT_EQ(told(duplicates.pairs()), told(duplicates.pairs()));
}

// The definition, text by text.
std::vector<DuplicatePair> by_brute_force(const std::vector<std::string>& texts,
                                          double at_least) {
  std::vector<std::set<std::vector<std::string>>> sets;
  for (const std::string& text : texts) {
    std::vector<std::string> all = measured_words(text);
    size_t length = std::min(all.size(), NearDuplicates::kShingle);
    sets.emplace_back();
    for (size_t i = 0; i + length <= all.size() && length > 0; ++i) {
      sets.back().insert({all.begin() + static_cast<long>(i),
                          all.begin() + static_cast<long>(i + length)});
    }
  }
  std::vector<DuplicatePair> pairs;
  std::set<size_t> gone;
  for (size_t i = 0; i < texts.size(); ++i) {
    DuplicatePair best{0, static_cast<int64_t>(i), 0, false};
    for (size_t j = 0; j < i && !best.exact; ++j) {
      if (texts[i] == texts[j]) best = {int64_t(j), int64_t(i), 1, true};
    }
    for (size_t j = 0; j < i && !best.exact; ++j) {
      if (gone.count(j) || sets[j].empty()) continue;
      size_t shared = 0;
      for (const auto& run : sets[i]) shared += sets[j].count(run);
      double likeness =
          double(shared) / double(sets[i].size() + sets[j].size() - shared);
      if (likeness >= at_least && likeness > best.likeness) {
        best = {int64_t(j), int64_t(i), likeness, false};
      }
    }
    if (best.likeness == 0) continue;
    gone.insert(i);
    pairs.push_back(best);
  }
  return pairs;
}

// Texts of few words and of templates, each third of which is an earlier one
// with a few words changed, put in or left out.
std::vector<std::string> edited_texts(size_t count, uint64_t seed) {
  Random random(seed);
  std::vector<std::string> texts;
  while (texts.size() < count) {
    std::vector<std::string> text;
    if (texts.empty() || random.chance(0.6)) {
      int vocabulary = random.chance(0.3) ? 12 : 3000;
      for (int left = random.between(0, 40); left > 0; --left) {
        text.push_back("w" + std::to_string(random.between(1, vocabulary)));
      }
    } else {
      text = split(texts[random.below(texts.size())], ' ');
      for (int edits = random.between(0, 3); edits > 0; --edits) {
        size_t at = random.below(text.size());
        if (random.chance(0.5)) text[at] = "edit" + std::to_string(edits);
        if (random.chance(0.3)) text.insert(text.begin() + long(at), "more");
        if (random.chance(0.3)) text.erase(text.begin() + long(at));
        if (text.empty()) text.push_back("left");
      }
    }
    texts.push_back(joined(text, " "));
  }
  return texts;
}

TEST(NearDuplicates, FindsAllThatComparingAllFinds) {
  for (double at_least : {0.3, 0.5, 0.8, 0.9, 1.0}) {
    std::vector<std::string> texts = edited_texts(250, 3);
    std::vector<DuplicatePair> expected = by_brute_force(texts, at_least);
    EXPECT_GT(expected.size(), 25u);
    EXPECT_EQ(told(pairs_of(texts, at_least)), told(expected)) << at_least;
  }
}

}  // namespace
}  // namespace simulate
