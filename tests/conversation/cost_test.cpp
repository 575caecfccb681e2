#include "simulator/conversation/cost.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

Conversation talk(int turns, int64_t calls, int64_t input) {
  Conversation conversation;
  for (int i = 0; i < turns; ++i) {
    conversation.transcript.messages.push_back({Speaker::tester, "hm"});
  }
  conversation.calls = calls;
  conversation.usage = {input, 100};
  conversation.repeated_tokens = input / 2;
  conversation.trained_tokens = 50;
  return conversation;
}

TEST(Cost, IsToldByTheConversationAndByWhatIsTrainedOn) {
  Cost cost;
  EXPECT_TRUE(cost.empty());
  cost.add(talk(3, 7, 10'000));
  cost.add(talk(1, 3, 6'000));
  EXPECT_EQ(cost.text(),
            "A conversation: 5.0 calls (2.50 a turn), 8000 tokens in (50 % of "
            "them repeat the request before), 100 out, 50 to train on; 160000 "
            "in per 1,000 trained");
  EXPECT_EQ(cost.to_json()["calls"], 10);
}

TEST(Cost, DividesByNothingWhenThereIsNothing) {
  EXPECT_NE(Cost().text().find("0.0 calls"), std::string::npos);
}

}  // namespace
}  // namespace simulate
