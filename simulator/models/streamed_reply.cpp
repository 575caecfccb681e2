#include "simulator/models/streamed_reply.h"

#include <utility>

#include "simulator/base/redactor.h"
#include "simulator/base/text.h"
#include "simulator/models/secrets.h"

namespace simulate {

namespace {

constexpr int kTooManyRequests = 429;

// The member of an object, or null.
const Json& at(const Json& object, const char* key) {
  static const Json none;
  if (!object.is_object()) return none;
  auto found = object.find(key);
  return found == object.end() ? none : *found;
}

void append_string_at(Json& object, const char* key, const Json& piece) {
  if (!piece.is_string()) return;
  if (!at(object, key).is_string()) object[key] = "";
  object[key].get_ref<std::string&>() += piece.get_ref<const std::string&>();
}

Json text_part(const Json& text) { return {{"type", "text"}, {"text", text}}; }

StreamedReply put_together(const std::string& body, bool& is_too_large) {
  EventStream stream;
  StreamedReply reply;
  for (const ServerEvent& event : stream.take(body)) reply.add(event);
  for (const ServerEvent& event : stream.finish()) reply.add(event);
  is_too_large = stream.is_too_large();
  return reply;
}

ChatFailure broken(const Provider& provider, const std::string& what) {
  ChatFailure failure;
  failure.fault = ChatFault::unavailable;
  failure.maybe_billed = true;
  failure.message = provider.name + ": " + what;
  return failure;
}

}  // namespace

void ask_for_stream(const WireDialect& dialect, Json& body) {
  body["stream"] = true;
  if (dialect.takes_stream_options) {
    body["stream_options"] = {{"include_usage", true}};
  }
}

bool is_stream(const HttpResponse& response) {
  if (response.status < 200 || response.status >= 300) return false;
  std::string_view body = trimmed(response.body);
  if (body.starts_with("{")) return false;
  auto type = response.headers.find("content-type");
  return body.starts_with("data:") ||
         (type != response.headers.end() &&
          contains(lowered(type->second), "text/event-stream"));
}

std::variant<HttpResponse, ChatFailure> joined_stream(const Provider& provider,
                                                      HttpResponse response) {
  bool is_too_large = false;
  StreamedReply reply = put_together(response.body, is_too_large);
  const Redactor redactor(secret_values(provider));
  if (!reply.error().empty()) {
    std::string said = reply.error();
    redactor.redact(said);
    ChatFailure failure =
        broken(provider, "its stream broke off with an error: " +
                             shortened(one_line(said), 200));
    if (reply.is_rate_limited()) failure.fault = ChatFault::rate_limited;
    return failure;
  }
  if (is_too_large)
    return broken(provider, "an event of its stream is too large");
  if (!reply.has_ended()) {
    return broken(provider, "its stream ended before the reply did");
  }
  response.body = to_text(reply.body());
  redactor.redact(response.body);
  return response;
}

// A byte that is no UTF-8 is no reason to buy the answer again.
void StreamedReply::add(const ServerEvent& event) {
  if (!error_.empty() || trimmed(event.text) == "[DONE]") return;
  std::optional<Json> chunk = parse_json(mended_utf8(event.text));
  if (!chunk || !chunk->is_object()) {
    error_ = event.name == "error" ? event.text : "a piece is no JSON object";
  } else if (event.name == "error" || !at(*chunk, "error").is_null() ||
             string_at(*chunk, "object") == "error") {
    add_error(*chunk);
  } else {
    add_chunk(*chunk);
  }
}

void StreamedReply::add_error(const Json& chunk) {
  const Json& error = at(chunk, "error");
  const Json& told = error.is_object() ? error : chunk;
  error_ = error.is_string() ? error.get<std::string>()
                             : string_at(told, "message", to_text(told));
  if (error_.empty()) error_ = to_text(told);
  const Json& code = at(told, "code");
  is_rate_limited_ =
      (code.is_number() && code.get<double>() == kTooManyRequests) ||
      (code.is_string() && code.get<std::string>() == "429");
}

void StreamedReply::add_chunk(const Json& chunk) {
  for (const char* key : {"id", "model"}) {
    if (at(chunk, key).is_string()) named_[key] = chunk[key];
  }
  const Json& groqs = at(at(chunk, "x_groq"), "usage");
  if (groqs.is_object()) usage_ = groqs;
  if (at(chunk, "usage").is_object()) usage_ = chunk["usage"];
  const Json& choices = at(chunk, "choices");
  if (!choices.is_array()) return;
  for (const Json& choice : choices) {
    const Json& index = at(choice, "index");
    if (index.is_number() && index.get<double>() != 0) continue;
    const Json& delta = at(choice, "delta");
    add_delta(delta.is_object() ? delta : at(choice, "message"));
    const Json& reason = at(choice, "finish_reason");
    if (reason.is_string() && !reason.get_ref<const std::string&>().empty()) {
      finish_reason_ = reason.get<std::string>();
    }
  }
}

void StreamedReply::add_delta(const Json& delta) {
  add_content(at(delta, "content"));
  for (const char* key : {"reasoning", "reasoning_content"}) {
    append_string_at(message_, key, at(delta, key));
  }
  const Json& calls = at(delta, "tool_calls");
  if (!calls.is_array()) return;
  for (const Json& piece : calls) {
    if (piece.is_object()) add_call(piece);
  }
}

// Mistral's reasoning models think in lists of parts and may go on to answer
// in plain strings: the content is a list then from the first list on.
void StreamedReply::add_content(const Json& content) {
  bool is_list = at(message_, "content").is_array();
  if (content.is_string() && !is_list) {
    return append_string_at(message_, "content", content);
  }
  if (content.is_string()) return add_part(text_part(content));
  if (!content.is_array()) return;
  if (!is_list) {
    Json before = std::exchange(message_["content"], Json::array());
    if (before.is_string()) add_part(text_part(before));
  }
  for (const Json& part : content) {
    add_part(part.is_string() ? text_part(part) : part);
  }
}

// A part goes on with the one before it when both are of one kind.
void StreamedReply::add_part(Json part) {
  Json& parts = message_["content"];
  if (parts.empty() ||
      string_at(parts.back(), "type") != string_at(part, "type")) {
    parts.push_back(std::move(part));
    return;
  }
  Json& last = parts.back();
  append_string_at(last, "text", at(part, "text"));
  const Json& thinking = at(part, "thinking");
  if (thinking.is_array() && at(last, "thinking").is_array()) {
    for (const Json& piece : thinking) last["thinking"].push_back(piece);
  } else {
    append_string_at(last, "thinking", thinking);
  }
}

// Arguments come in fragments, or, from some servers, whole and as an object.
void StreamedReply::add_call(const Json& piece) {
  Json& call = call_for(piece);
  if (at(piece, "id").is_string()) call["id"] = piece["id"];
  const Json& extra = at(piece, "extra_content");  // Gemini's signature
  if (extra.is_object()) call["extra_content"] = extra;
  const Json& function = at(piece, "function");
  Json& into = call["function"];
  if (at(into, "name").is_null() || into["name"] == "") {
    into["name"] = string_at(function, "name");
  }
  const Json& arguments = at(function, "arguments");
  if (arguments.is_object()) into["arguments"] = arguments;
  append_string_at(into, "arguments", arguments);
}

// By its index. A piece without one, or with an index that another call has
// already, begins a call when it brings an id or a name of its own.
Json& StreamedReply::call_for(const Json& piece) {
  const Json& index = at(piece, "index");
  size_t place = calls_.empty() ? 0 : calls_.size() - 1;
  bool is_known = !calls_.empty();
  if (index.is_number_integer()) {
    auto found = call_at_.find(index.get<int64_t>());
    is_known = found != call_at_.end();
    if (is_known) place = found->second;
  }
  std::string id = string_at(piece, "id");
  bool names_itself =
      !string_at(at(piece, "function"), "name").empty() &&
      (id.empty() ? !index.is_number_integer()
                  : is_known && id != string_at(calls_[place], "id"));
  if (!is_known || names_itself) {
    place = calls_.size();
    calls_.push_back({{"id", ""}, {"type", "function"}, {"function", {}}});
    calls_.back()["function"] = Json::object();
  }
  if (index.is_number_integer()) call_at_[index.get<int64_t>()] = place;
  return calls_[place];
}

Json StreamedReply::body() const {
  Json body = named_;
  Json message = message_;
  if (!calls_.empty()) message["tool_calls"] = calls_;
  Json choice = {{"index", 0}};
  choice["message"] = std::move(message);
  choice["finish_reason"] = finish_reason_;
  body["choices"] = Json::array();
  body["choices"].push_back(std::move(choice));
  if (!usage_.is_null()) body["usage"] = usage_;
  return body;
}

}  // namespace simulate
