// Providers that repeat the key that they were sent, in every place of a reply
// and in every form that gateways use: it is in nothing that is shown or kept.
#include "simulator/base/base64.h"
#include "tests/hostile/hostile_reply.h"
#include "tests/hostile/percent_coded.h"

namespace simulate {
namespace {

using Asked = Stranger::Asked;

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// The key as gateways repeat it.
std::vector<std::string> forms_of(const std::string& key) {
  return {key,
          lowered(key),
          upper(key),
          percent_coded(key),
          upper(percent_coded(key)),
          replaced(replaced(key, "+", "%2B"), "/", "%2F"),
          base64_of(key),
          key.substr(0, 12),
          key.substr(key.size() - 12),
          key.substr(7, 10)};
}

class HostileEcho : public HostileReply {
 protected:
  // In no case: it may be told in another one.
  void expect_secret(const std::string& text, const std::string& where) {
    std::string low = lowered(text);
    for (const std::string& form : forms_of(kStrangersKey)) {
      EXPECT_FALSE(contains(low, lowered(form))) << where << ": " << form;
    }
  }

  void expect_secret(const Ended& ended) {
    expect_secret(ended.out, "stdout");
    expect_secret(ended.err, "stderr");
    expect_secret(kept(), "what the run keeps");
  }
};

TEST_F(HostileEcho, OfAKeyInATextIsHidden) {
  for (const std::string& form : forms_of(kStrangersKey)) {
    SCOPED_TRACE(form);
    Stranger stranger([&form](const Asked& asked,
                              RawConnection&) -> std::optional<std::string> {
      if (asked.role == "rewriter") {
        return in_text("<block n=\"1\">Let me see " + form + ".</block>");
      }
      if (asked.role == "tester") return in_text("I found " + form + " here.");
      return in_text("<think>\nThey found " + form +
                     ".\n</think>\n\nYours is " + form + ", then.");
    });
    Ended ended = run_with(stranger);
    expect_saved(ended, 1);
    expect_secret(ended);
    EXPECT_TRUE(contains(said(), "Yours is (hidden)")) << said();
    forget_run();
  }
}

TEST_F(HostileEcho, OfAKeyInACallIsHidden) {
  std::string key = kStrangersKey;
  std::string escaped;
  for (char c : key) {
    char letter[8];
    std::snprintf(letter, sizeof letter, "\\u%04x", c);
    escaped += letter;
  }
  Stranger stranger(first(
      "assistant",
      {in_text(kThought + R"(<tool_call>add_memory(input_text=["It is )" + key +
               R"("])</tool_call>)"),
       in_text(kThought + "Kept it."),
       in_text(
           kThought +
           R"(<tool_call>{"name": "add_memory", "arguments": {"input_text": )"
           R"(["It is )" +
           escaped + R"("]}}</tool_call>)"),
       in_text(kThought + "Kept it, too."),
       in_text(kThought + R"(<tool_call>{"name": ")" + key +
               R"(", "arguments": {")" + key + R"(": 1}}</tool_call>)"),
       in_text(kThought + "All kept.")}));
  Ended ended = run_with(stranger, 3);
  expect_saved(ended, 3);
  expect_secret(ended);
}

TEST_F(HostileEcho, OfAKeyInTheNameOfAModelIsHidden) {
  Stranger stranger(
      [](const Asked& asked, RawConnection&) -> std::optional<std::string> {
        if (asked.role == "rewriter") return std::nullopt;
        return raw_response(
            chat_completion((asked.role == "tester" ? "" : kThought) + "Line " +
                                std::to_string(asked.number) + ".",
                            std::string("model of ") + kStrangersKey));
      });
  Ended ended = run_with(stranger);
  expect_saved(ended, 1);
  expect_secret(ended);
  expect_secret(run({"status", "--output", "run.json"}));
  expect_secret(run({"check", "--providers", "box", "--output", "run.json"}));
}

TEST_F(HostileEcho, OfAKeyInThoughtsOfOtherShapesIsHidden) {
  std::string key = kStrangersKey;
  Stranger stranger(first(
      "assistant",
      {raw_response(R"({"choices":[{"message":{"content":"Hi you.",)"
                    R"("reasoning":"It is )" +
                    key + R"("}}]})"),
       raw_response(R"({"choices":[{"message":{"content":[{"type":"thinking",)"
                    R"("thinking":[{"type":"text","text":")" +
                    key + R"("}]},{"type":"text","text":"Hi, )" + key +
                    R"("}]}}]})"),
       raw_response(
           R"({"choices":[{"message":{"content":null,"reasoning":"Hm.","tool_calls":[)"
           R"({"function":{"name":"add_memory","arguments":)"
           R"("{\"input_text\": [\")" +
           key + R"(\"]}"}}]}}]})")}));
  Ended ended = run_with(stranger, 3);
  expect_saved(ended, 3);
  expect_secret(ended);
}

TEST_F(HostileEcho, OfAKeyInAnErrorIsHidden) {
  std::vector<std::string> answers;
  for (const std::string& form : forms_of(kStrangersKey)) {
    std::string body = to_text(Json{{"error", {{"message", "no " + form}}}});
    answers.push_back("HTTP/1.1 400 Bad\r\nContent-Length: " +
                      std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  Stranger stranger(first("assistant", answers));
  Ended ended = run_with(stranger, 1);
  expect_saved(ended, 1);
  expect_secret(ended);
}

// Each one is replaced by a text of another length.
TEST_F(HostileEcho, OfAKeyWithoutEndIsReadSoon) {
  std::string many = times((7u << 20) / 33, std::string(kStrangersKey) + " ");
  std::string text = times(900'000 / 33, std::string(kStrangersKey) + " ");
  Stranger stranger(first(
      "assistant", {raw_response("<html>" + many + "</html>"),
                    raw_response(R"({"error":")" + many + "\"}"),
                    in_text(kThought + text), in_text(kThought + "Hi.")}));
  Ended ended = run_with(stranger);
  expect_saved(ended, 1);
  expect_secret(ended);
}

}  // namespace
}  // namespace simulate
