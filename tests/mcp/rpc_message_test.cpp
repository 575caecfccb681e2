#include "simulator/mcp/rpc_message.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

TEST(RpcMessage, LeavesOutParametersThatAreNone) {
  EXPECT_EQ(to_text(rpc_message("ping", nullptr)),
            R"({"jsonrpc":"2.0","method":"ping"})");
  EXPECT_EQ(to_text(rpc_message("tools/list", Json::object())),
            R"({"jsonrpc":"2.0","method":"tools/list","params":{}})");
}

TEST(RpcMessage, AnswersWhatAServerMayAsk) {
  auto reply = [](const char* method) {
    return rpc_reply({{"id", 5}, {"method", method}});
  };
  EXPECT_EQ(to_text(reply("ping")), R"({"jsonrpc":"2.0","id":5,"result":{}})");
  EXPECT_EQ(reply("roots/list").at("result"), Json({{"roots", Json::array()}}));
  EXPECT_EQ(reply("sampling/createMessage").at("error").at("code"), -32601);
}

TEST(RpcMessage, TellsAResultFromAnError) {
  auto fault = [](const Json& message) {
    return std::get<McpFailure>(answer_in(message)).message;
  };
  EXPECT_EQ(std::get<Json>(answer_in({{"id", 1}, {"result", 7}})), 7);
  EXPECT_EQ(fault({{"error", {{"message", "no such city"}}}}), "no such city");
  EXPECT_EQ(fault({{"error", Json::object()}}), "an error");
  EXPECT_EQ(fault({{"error", "odd"}}), "no result");
  EXPECT_EQ(fault(Json::object()), "no result");
}

TEST(RpcMessage, FindsTheIdOfAnAnswer) {
  EXPECT_EQ(answered_id(Json({{"id", 12}})), 12);
  EXPECT_EQ(answered_id(Json({{"id", "12"}})), std::nullopt);
  EXPECT_EQ(answered_id(Json::object()), std::nullopt);
}

TEST(RpcMessage, FindsTheIdAtTheEndsOfALineThatWasTooLong) {
  struct Row {
    const char* begin;
    const char* end;
    std::optional<int64_t> id;
  };
  const Row rows[] = {
      {R"({"jsonrpc":"2.0","id":41,"result":{"x)", "yyy", 41},
      {R"({"id":7,"result":{"x)", "yyy", 7},
      {R"({"result":{"x)", R"(y"},"id":9})", 9},
      {R"({"result":{"x)", R"(y","id":9}})", std::nullopt},
      {R"({"result":{"x)", R"("id":9,"more":1})", std::nullopt},
      {R"({"id":"7","result":{"x)", "yyy", std::nullopt},
  };
  for (const Row& row : rows) {
    LineCutter::Line line{row.begin, true, row.end};
    EXPECT_EQ(answered_id(line), row.id) << row.begin << row.end;
  }
}

}  // namespace
}  // namespace simulate
