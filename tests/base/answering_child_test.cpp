#include "simulator/base/answering_child.h"

#include <gtest/gtest.h>

#include <csignal>

#include "simulator/base/error.h"

namespace simulate {
namespace {

ChildCommand shell(const std::string& script) {
  return {"/bin/sh", {"-c", script}, {"PATH=/usr/bin:/bin"}, "/"};
}

constexpr int kPatience = 60'000;

TEST(AnsweringChild, AnswersLineByLine) {
  AnsweringChild child(shell("while read -r line; do echo \"[$line]\"; done"),
                       kPatience);
  EXPECT_EQ(child.ask(Json{{"a", 1}}), (Json::array({Json{{"a", 1}}})));
  EXPECT_EQ(child.ask("b"), Json::array({"b"}));
}

TEST(AnsweringChild, TakesAndGivesWhatNoPipeHolds) {
  Json much = std::string(1'000'000, 'x');
  // What it has not read yet must not keep it from being read.
  AnsweringChild counting(shell("read -r line; echo ${#line}"), kPatience);
  EXPECT_EQ(counting.ask(much), Json(1'000'002));
}

TEST(AnsweringChild, HasNoAnswerWhenItHasEndedOrIsSlow) {
  std::signal(SIGPIPE, SIG_IGN);  // as main does
  AnsweringChild ended(shell("exit 0"), kPatience);
  EXPECT_EQ(ended.ask(1), std::nullopt);
  AnsweringChild slow(shell("sleep 100"), 50);
  EXPECT_EQ(slow.ask(1), std::nullopt);
  AnsweringChild rubbish(shell("echo {"), kPatience);
  EXPECT_EQ(rubbish.ask(1), std::nullopt);
}

TEST(AnsweringChild, ThatCannotBeStartedIsAnError) {
  EXPECT_THROW(AnsweringChild({"/nowhere/at/all", {}, {}, "/"}, kPatience),
               Error);
}

}  // namespace
}  // namespace simulate
