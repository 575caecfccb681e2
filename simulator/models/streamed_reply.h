// Puts a chat completion that came as a stream together into the one JSON body
// that it would have been without: whoever reads replies need not know how
// they came. Pure; used by the OpenAI-compatible wire.
// Tested by tests/models/streamed_reply_test.cpp.
#pragma once

#include <map>
#include <string>
#include <variant>

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"
#include "simulator/net/event_stream.h"
#include "simulator/net/http.h"

namespace simulate {

// Adds to the body of a request what asks for a stream, and for its usage
// where the provider knows the field.
void ask_for_stream(const WireDialect& dialect, Json& body);

// Whether a success came as one: a server may answer with plain JSON anyway.
bool is_stream(const HttpResponse& response);

// The response with the body put together, and without the keys that it shows
// when its pieces are joined; or what went wrong in the middle: an error that
// the server told of, or an end before the reply's.
std::variant<HttpResponse, ChatFailure> joined_stream(const Provider& provider,
                                                      HttpResponse response);

class StreamedReply {
 public:
  void add(const ServerEvent& event);

  // Whether a reason to finish came: else the stream was cut.
  bool has_ended() const { return !finish_reason_.empty(); }
  // What the server said went wrong; empty while nothing did.
  const std::string& error() const { return error_; }
  bool is_rate_limited() const { return is_rate_limited_; }
  Json body() const;

 private:
  void add_chunk(const Json& chunk);
  void add_error(const Json& chunk);
  void add_delta(const Json& delta);
  void add_content(const Json& content);
  void add_part(Json part);
  void add_call(const Json& piece);
  Json& call_for(const Json& piece);

  Json named_ = Json::object();  // id, model
  Json message_ = {{"role", "assistant"}};
  Json calls_ = Json::array();
  std::map<int64_t, size_t> call_at_;  // by the index that the server gave
  Json usage_;
  std::string finish_reason_;
  std::string error_;
  bool is_rate_limited_ = false;
};

}  // namespace simulate
