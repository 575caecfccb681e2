#include "simulator/calls/remark_list.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

using Remarks = std::vector<std::string>;

TEST(RemarkList, HoldsEachRemarkOnceInTheOrderInWhichTheyCame) {
  RemarkList first;
  first.add("b");
  first.add("a");
  RemarkList second;
  second.add("a");
  second.add("c");
  first.add_all(second);
  first.add("b");
  EXPECT_EQ(first.take(), (Remarks{"b", "a", "c"}));
}

TEST(RemarkList, HoldsNoMoreThanAnybodyWouldRead) {
  RemarkList remarks;
  EXPECT_TRUE(remarks.empty());
  for (int i = 0; i < 100; ++i) remarks.add(std::to_string(i));
  EXPECT_FALSE(remarks.empty());
  EXPECT_EQ(remarks.take().size(), 12u);
}

}  // namespace
}  // namespace simulate
