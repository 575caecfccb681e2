#include "simulator/guards/numbers.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

using Values = std::set<std::string>;

Values sure(const char* language, const char* text) {
  return numbers_in(text, words_of(language)).sure;
}

TEST(Numbers, AreReadFromDigitsHoweverTheyAreWritten) {
  EXPECT_EQ(sure("en", "at 9:30 on 2025-03-07"),
            (Values{"9", "30", "2025", "3", "7"}));
  EXPECT_EQ(sure("en", "9:00, 1,000 and 0"), (Values{"9", "1000", "0"}));
  EXPECT_EQ(sure("de", "1.000 Euro um 9.30 Uhr"), (Values{"1000", "9", "30"}));
  EXPECT_EQ(sure("fr", "à 9h30"), (Values{"9", "30"}));
  EXPECT_EQ(sure("ja", "２５歳、3万円"), (Values{"25", "30000"}));
  EXPECT_EQ(sure("en", "٢٥ and n8n, step_2"), (Values{"25"}));
}

TEST(Numbers, AreReadFromWordsOfEachLanguage) {
  struct Row {
    const char* language;
    const char* text;
    Values values;
  };
  const Row rows[] = {
      {"en", "twenty-five cats", {"25"}},
      {"en",
       "two hundred and fifty, three thousand two hundred",
       {"250", "3200"}},
      {"en", "two and three", {"2", "3"}},
      {"de", "fünfundzwanzig, hunderteinundzwanzig", {"25", "121"}},
      {"de", "zweitausendfünfhundert, zwei", {"2500", "2"}},
      {"fr", "quatre-vingt-dix-neuf, soixante-douze", {"99", "72"}},
      {"fr", "vingt et un, quatre-vingts", {"21", "80"}},
      {"es",
       "treinta y cinco, treinta y uno, dos mil quinientos",
       {"35", "31", "2500"}},
      {"pt", "cento e vinte e três, vinte e um", {"123", "21"}},
      {"ja",
       "二十五歳、十五分、二千五百円、百二十回",
       {"25", "15", "2500", "120"}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(sure(row.language, row.text), row.values) << row.text;
  }
}

TEST(Numbers, ThatMayBeNoneAreLoose) {
  Numbers numbers = numbers_in("one of them, a second", words_of("en"));
  EXPECT_EQ(numbers.sure, Values{});
  EXPECT_TRUE(numbers.has("1") && numbers.has("2"));
  EXPECT_EQ(sure("ja", "一緒に一番いい"), Values{});
}

TEST(Numbers, OfAnUnknownLanguageAreItsDigits) {
  EXPECT_EQ(sure("tlh", "twenty 7"), (Values{"7"}));
}

}  // namespace
}  // namespace simulate::guards
