#include "simulator/guards/end_mark.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

TEST(EndMark, IsReadInAnySpellingWhereItCloses) {
  for (const char* text :
       {"bye\n[END]", "bye [end]", "bye\n(END)", "bye\nEND.", "bye\n[FIN]",
        "bye\n**[END]**", "bye\n[終わり]", "bye\n[END]。", "bye\n[END]\n[END]",
        "bye <END>", "bye\n[End of conversation]", "bye (END)"}) {
    EndMark read = read_end(text);
    EXPECT_TRUE(read.leaves) << text;
    EXPECT_EQ(read.words, "bye") << text;
  }
}

TEST(EndMark, IsNoneWhereAPersonWritesOfAnEnd) {
  for (const char* text :
       {"THE END. two words", "that is the end", "FIN y ya está",
        "(the end credits)", "Am Ende steht ENDE. Frech."}) {
    EXPECT_FALSE(read_end(text).leaves) << text;
    EXPECT_FALSE(has_end_mark(text)) << text;
  }
}

TEST(EndMark, StaysInTheMidst) {
  EndMark read = read_end("bye [END] and one more thing");
  EXPECT_FALSE(read.leaves);
  EXPECT_TRUE(has_end_mark(read.words));
}

}  // namespace
}  // namespace simulate::guards
