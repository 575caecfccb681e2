// `simulate check` against servers of one kind and another.
#include <gtest/gtest.h>
#include <httplib.h>

#include <mutex>
#include <thread>

#include "simulator/base/file.h"
#include "simulator/models/native_models.h"
#include "tests/canned_models.h"
#include "tests/program/program.h"
#include "tests/strict_chat.h"

namespace simulate {
namespace {

// Serves "box-2", which calls tools as it is told to.
class Box {
 public:
  // Who does not take tools answers them with that status.
  explicit Box(bool takes_tools, int status = 400)
      : takes_tools_(takes_tools), refusal_(status) {
    server_.Post("/v1/chat/completions", [this](const httplib::Request& asked,
                                                httplib::Response& response) {
      answer(*parse_json(asked.body), response);
    });
    server_.Get("/v1/models", [](const httplib::Request&,
                                 httplib::Response& response) {
      response.set_content(R"({"data": [{"id": "other"}, {"id": "box-2"}]})",
                           "application/json");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }

  ~Box() {
    server_.stop();
    thread_.join();
  }

  std::string address() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/v1";
  }

  std::string secrets(const std::string& model) const {
    return R"({"providers": {"box": {"base_url": ")" + address() +
           R"(", "model": ")" + model + R"("}}})";
  }

  std::vector<Json> asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  void answer(const Json& body, httplib::Response& response) {
    std::lock_guard lock(mutex_);
    asked_.push_back(body);
    response.status = refusal_;
    std::string why = why_refused(body);
    if (body["model"] != "box-2") {
      response.status = 404;
      why = "The model does not exist";
    }
    if (body.contains("tools") && !takes_tools_) why = "tools are not known";
    std::string text = to_text({{"error", {{"message", why}}}});
    if (why.empty()) {
      response.status = 200;
      text = completion(body);
    }
    response.set_content(text, "application/json");
  }

  static std::string completion(const Json& body) {
    const Json& messages = body["messages"];
    std::string last = messages.back()["content"];
    if (messages.back()["role"] == "tool")
      return chat_completion("10:15", "box-2");
    if (!body.contains("tools")) {
      bool calls = contains(last, "<tool_call>");
      return chat_completion(
          calls ? "<tool_call>check_watch()</tool_call>" : "ready", "box-2");
    }
    Json reply = *parse_json(chat_completion("", "box-2"));
    reply["choices"][0]["message"] = *parse_json(
        R"({"role":"assistant","content":null,"tool_calls":[{"id":"c-1",)"
        R"("type":"function","function":{"name":"check_watch",)"
        R"("arguments":"{}"}}]})");
    return to_text(reply);
  }

  bool takes_tools_;
  int refusal_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::vector<Json> asked_;
};

class Check : public testing::Test {
 protected:
  Ended check(const Box& box, const std::string& model,
              std::vector<std::string> more = {}) {
    write_file(scratch_ / "secrets.json", box.secrets(model), 0600);
    std::vector<std::string> words = {"check", "--providers", "box"};
    words.insert(words.end(), more.begin(), more.end());
    program_.start(words);
    return program_.wait();
  }

  Scratch scratch_;
  Program program_{scratch_};
};

TEST_F(Check, ProvesCallsInFieldsAndAutoGoesByThat) {
  Box box(/*takes_tools=*/true);
  Ended ended = check(box, "box-2");
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_TRUE(contains(ended.out,
                       "answers as box-2 (tester, assistant, rewriter), calls "
                       "tools in fields (native)"))
      << ended.out;
  size_t before = box.asked().size();
  program_.start({"--providers", "box", "--target", "1", "--sessions", "1",
                  "--turns", "1", "--max-calls", "2"});
  program_.wait();
  EXPECT_GT(box.asked().size(), before);
  EXPECT_TRUE(box.asked().back().contains("tools"));
}

TEST_F(Check, FallsBackToTagsWhereToolsAreRefused) {
  Box box(/*takes_tools=*/false);
  Ended ended = check(box, "box-2");
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_TRUE(contains(ended.out, "calls tools in tags")) << ended.out;
  program_.start({"--providers", "box", "--target", "1", "--sessions", "1",
                  "--turns", "1", "--max-calls", "2"});
  program_.wait();
  EXPECT_FALSE(box.asked().back().contains("tools"));
}

// As llama.cpp does that was not told how.
TEST_F(Check, FallsBackToTagsWhereToolsAreAnError) {
  Box box(/*takes_tools=*/false, 500);
  Ended ended = check(box, "box-2");
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_TRUE(contains(ended.out, "calls tools in tags")) << ended.out;
}

// What was proved is no longer known only when a model has shown otherwise.
TEST_F(Check, KeepsItsProofWhenAServerIsBusy) {
  Provider box = known_provider("vllm");
  auto proved = scratch_ / "state" / "simulate" / "native_models.json";
  Box busy(/*takes_tools=*/false, 503);
  box.base_url = busy.address();
  note_native_model(proved, box, "box-2", true, "2026-11-23");
  check(busy, "box-2");
  EXPECT_TRUE(native_models(proved, box).contains("box-2"));
  Box refusing(/*takes_tools=*/false);
  box.base_url = refusing.address();
  note_native_model(proved, box, "box-2", true, "2026-11-23");
  check(refusing, "box-2");
  EXPECT_FALSE(native_models(proved, box).contains("box-2"));
}

TEST_F(Check, AsksInTheModeThatWillBeUsed) {
  Box box(/*takes_tools=*/true);
  Ended tags = check(box, "box-2", {"--tool-mode", "tags"});
  EXPECT_TRUE(contains(tags.out, "calls tools in tags")) << tags.out;
  for (const Json& body : box.asked()) EXPECT_FALSE(body.contains("tools"));
  Box refusing(/*takes_tools=*/false);
  Ended native = check(refusing, "box-2", {"--tool-mode", "native"});
  EXPECT_EQ(native.status, 1);
  EXPECT_TRUE(contains(native.out, "tools are not known")) << native.out;
}

TEST_F(Check, ListsWhatIsServedWhenAModelIsGone) {
  Box box(/*takes_tools=*/true);
  Ended ended = check(box, "box-1");
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(
      contains(ended.out, "it serves box-2, other; did you mean box-2?"))
      << ended.out;
}

}  // namespace
}  // namespace simulate
