#include "simulator/models/served_models.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

using Names = std::vector<std::string>;

Names in(const std::string& body, int status = 200) {
  HttpResponse response;
  response.status = status;
  response.body = body;
  return models_in(response);
}

TEST(ServedModels, AreReadInEveryShapeThatListsThem) {
  EXPECT_EQ(in(R"({"object":"list","data":[{"id":"b"},{"id":"a"}]})"),
            (Names{"a", "b"}));
  EXPECT_EQ(in(R"([{"id":"a","type":"chat"}])"), Names{"a"});
  EXPECT_EQ(in(R"({"models":[{"name":"qwen3:8b"}]})"), Names{"qwen3:8b"});
  EXPECT_EQ(in(R"({"data":[{"id":"models/gemini-2.5-flash"}]})"),
            Names{"gemini-2.5-flash"});
}

TEST(ServedModels, AreNoneWhereThereIsNoList) {
  for (const char* body : {"", "<html>", "{}", "[]", R"({"data":{"id":"a"}})",
                           R"([1,{"id":7},null])"}) {
    EXPECT_TRUE(in(body).empty()) << body;
  }
  EXPECT_TRUE(in(R"([{"id":"a"}])", 401).empty());
}

TEST(ServedModels, NearestIsTheSameNameOfAnotherVersion) {
  Names served = {"mistral-large-2512", "mistral-small-2603",
                  "meta-llama/Llama-3.3-70B-Instruct-Turbo", "codestral-2508"};
  EXPECT_EQ(nearest_model("mistral-large-2411", served), "mistral-large-2512");
  EXPECT_EQ(nearest_model("llama-3.3-70b-instruct", served),
            "meta-llama/Llama-3.3-70B-Instruct-Turbo");
  EXPECT_EQ(nearest_model("codestrel", served), "codestral-2508");
  EXPECT_EQ(nearest_model("gpt-5", served), "");
}

}  // namespace
}  // namespace simulate
