#include "simulator/models/embeddings.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/net/fake_http.h"
#include "simulator/offline/scripts.h"
#include "tests/run_awaitable.h"

namespace simulate {
namespace {

Provider provider() {
  Provider made;
  made.name = "box";
  made.base_url = "http://box/v1";
  made.model = "embed-1";
  made.key = "k";
  return made;
}

// What the wire makes of an answer to two texts.
ChatOutcome outcome_of(const std::string& body, HttpRequest* asked = nullptr) {
  FakeTimer timer;
  FakeHttp http(timer, [&](const HttpRequest& request) -> HttpResult {
    if (asked) *asked = request;
    HttpResponse response;
    response.status = 200;
    response.body = body;
    return response;
  });
  EmbeddingsWire wire(provider(), http);
  ChatRequest request = embedding_request({"one", "two"});
  return run_awaitable(timer, wire.reply(request));
}

TEST(Vectors, ComeBackFromTheirText) {
  std::vector<Vector> vectors = {{1, -0.5f, 3e-7f}, {0, 2, 4}};
  EXPECT_EQ(vectors_in(vectors_text(vectors)), vectors);
  EXPECT_FALSE(vectors_in(""));
  EXPECT_FALSE(vectors_in("AAAA"));
  EXPECT_FALSE(vectors_in("not base64!"));
}

TEST(EmbeddingsWire, SendsAllTextsAtOnceAndPutsVectorsInTheirOrder) {
  HttpRequest asked;
  ChatOutcome outcome = outcome_of(
      R"({"data": [{"index": 1, "embedding": [3, 4]},
                   {"index": 0, "embedding": [1, 2.5]}],
          "usage": {"prompt_tokens": 7}})",
      &asked);
  EXPECT_EQ(asked.url, "http://box/v1/embeddings");
  EXPECT_EQ(asked.body, R"({"model":"embed-1","input":["one","two"]})");
  const auto* reply = std::get_if<ChatReply>(&outcome);
  ASSERT_NE(reply, nullptr);
  std::vector<Vector> expected = {{1, 2.5f}, {3, 4}};
  EXPECT_EQ(vectors_in(reply->content), expected);
  EXPECT_EQ(reply->usage.input_tokens, 7);
  EXPECT_EQ(player_text(reply->player), "box:embed-1");
}

TEST(EmbeddingsWire, TakesNothingThatIsNotAVectorForEachText) {
  for (const char* body :
       {"{}", "[]", "nothing", R"({"data": []})",
        R"({"data": [{"embedding": [1]}]})",
        R"({"data": [{"embedding": [1]}, {"embedding": [1, 2]}]})",
        R"({"data": [{"embedding": []}, {"embedding": []}]})",
        R"({"data": [{"embedding": ["a"]}, {"embedding": [1]}]})",
        R"({"data": [{"embedding": [1e999]}, {"embedding": [1]}]})",
        R"({"data": [{"index": 0, "embedding": [1]},
                     {"index": 0, "embedding": [1]}]})",
        R"({"data": [{"index": 7, "embedding": [1]},
                     {"index": -1, "embedding": [1]}]})",
        R"({"data": [1, 2]})"}) {
    ChatOutcome outcome = outcome_of(body);
    EXPECT_TRUE(std::holds_alternative<ChatFailure>(outcome)) << body;
  }
}

TEST(EmbedderScript, PutsTextsOfTheSameWordsTogether) {
  ChatRequest request = embedding_request({"my cat", "Cat, my!", "a boat"});
  auto vectors = vectors_in(offline::embedder_script(request));
  ASSERT_TRUE(vectors);
  EXPECT_EQ((*vectors)[0], (*vectors)[1]);
  EXPECT_NE((*vectors)[0], (*vectors)[2]);
}

}  // namespace
}  // namespace simulate
