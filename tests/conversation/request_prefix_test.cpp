#include "simulator/conversation/request_prefix.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

ChatRequest asks(Role role, std::vector<std::string> words) {
  ChatRequest request;
  request.role = role;
  for (const std::string& one : words) {
    request.messages.push_back({Speaker::tester, one});
  }
  return request;
}

TEST(RequestPrefix, IsWhatTheSameRoleWasSentBefore) {
  RequestPrefix prefix;
  EXPECT_EQ(prefix.repeated_share(asks(Role::tester, {"abcdef"})), 0);
  EXPECT_EQ(prefix.repeated_share(asks(Role::tester, {"abcdef", "gh"})), 0.75);
  EXPECT_EQ(prefix.repeated_share(asks(Role::assistant, {"abcdef"})), 0);
  EXPECT_EQ(prefix.repeated_share(asks(Role::tester, {"abcdef", "gh"})), 1);
}

TEST(RequestPrefix, EndsWhereSomethingElseStands) {
  RequestPrefix prefix;
  prefix.repeated_share(asks(Role::tester, {"ab", "cd", "ef"}));
  EXPECT_EQ(prefix.repeated_share(asks(Role::tester, {"ab", "xx", "ef", "gh"})),
            0.25);
  EXPECT_EQ(prefix.repeated_share(asks(Role::tester, {})), 0);
}

}  // namespace
}  // namespace simulate
