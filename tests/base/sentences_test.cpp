#include "simulator/base/sentences.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

using Sentences = std::vector<std::string>;

TEST(Sentences, EndWithTheirMarkOrTheLine) {
  EXPECT_EQ(sentences_of("I sail. Do you? No!\nwell"),
            (Sentences{"I sail.", "Do you?", "No!", "well"}));
  EXPECT_EQ(sentences_of(" \n "), Sentences{});
  EXPECT_EQ(sentences_of("It costs 3.50 here."),
            Sentences{"It costs 3.50 here."});
  EXPECT_EQ(sentences_of("At 9.30? Yes... Good!\nお。か？"),
            (Sentences{"At 9.30?", "Yes...", "Good!", "お。", "か？"}));
}

TEST(Sentences, GoOnBehindAnAbbreviation) {
  EXPECT_EQ(sentences_of("She knows Dr. Ito. He left the U.S. Navy."),
            (Sentences{"She knows Dr. Ito.", "He left the U.S. Navy."}));
  EXPECT_EQ(sentences_of("First one.\nAsk Mrs. Bell."),
            (Sentences{"First one.", "Ask Mrs. Bell."}));
}

TEST(Sentences, NeedNoBlankWhereTheScriptHasNone) {
  EXPECT_EQ(sentences_of("海が好きだ。船もある！"),
            (Sentences{"海が好きだ。", "船もある！"}));
}

}  // namespace
}  // namespace simulate
