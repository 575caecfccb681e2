// A provider on loopback that answers honestly but where a test says otherwise,
// down to the bytes.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "simulator/base/file.h"
#include "simulator/base/json.h"
#include "simulator/base/text.h"
#include "tests/canned_models.h"
#include "tests/net/raw_server.h"
#include "tests/scratch.h"

namespace simulate {

inline const char* const kStrangersKey = "sk-Loop+back/7f3A9c21d5E8b604";

// An answer whose text is `written` as it stands in the JSON, between quotes.
inline std::string completion_with(const std::string& written) {
  return raw_response(
      replaced(chat_completion("(here)", "m"), "(here)", written));
}

class Stranger {
 public:
  struct Asked {
    std::string role;
    std::string last;  // message
    int number = 0;    // of the questions to this role, from 1
  };
  // What is sent instead of an honest answer, if anything is.
  using Answer =
      std::function<std::optional<std::string>(const Asked&, RawConnection&)>;

  explicit Stranger(Answer answer)
      : answer_(std::move(answer)),
        server_([this](RawConnection& connection) { serve(connection); }) {}

  // A secrets.json that leads to it.
  void introduce_to(const Scratch& scratch) const {
    Json box = {{"base_url", server_.url("/v1")},
                {"api_key", kStrangersKey},
                {"model", "m"}};
    Json secrets = {{"providers", {{"box", box}}}};
    write_file(scratch / "secrets.json", to_text(secrets), 0600);
  }

  int asked(const std::string& role) {
    std::lock_guard lock(mutex_);
    return asked_[role];
  }

 private:
  void serve(RawConnection& connection) {
    while (connection.read_request()) {
      const std::string& request = connection.request();
      Json body = parse_json(request.substr(request.find("\r\n\r\n") + 4))
                      .value_or(Json());
      Asked asked = question(body);
      std::optional<std::string> answer = answer_(asked, connection);
      if (!answer) {
        answer = raw_response(chat_completion(canned_reply(body), "m"));
      }
      connection.write(*answer);
    }
  }

  Asked question(const Json& body) {
    Asked asked;
    if (!body.contains("messages")) return asked;
    const Json& messages = body["messages"];
    std::string system = string_at(messages.front(), "content");
    asked.role = contains(system, "edit the private thoughts") ? "rewriter"
                 : contains(system, "play a person")           ? "tester"
                                                               : "assistant";
    asked.last = string_at(messages.back(), "content");
    std::lock_guard lock(mutex_);
    asked.number = ++asked_[asked.role];
    return asked;
  }

  Answer answer_;
  std::mutex mutex_;
  std::map<std::string, int> asked_;
  RawServer server_;  // the last, since its threads use the rest
};

}  // namespace simulate
