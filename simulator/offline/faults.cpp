#include "simulator/offline/faults.h"

#include "simulator/base/json.h"

namespace simulate {

namespace {

HttpResponse with_status(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

HttpResponse error(int status, const std::string& message) {
  return with_status(status, to_text({{"error", {{"message", message}}}}));
}

HttpResponse limited(std::map<std::string, std::string> headers,
                     const std::string& message) {
  HttpResponse response = error(429, message);
  response.headers = std::move(headers);
  return response;
}

// In whole seconds at least, as the header has them.
std::string seconds_text(Millis rest) {
  return std::to_string((rest.count() + 999) / 1000);
}

HttpResponse internal_error(Random& random) {
  static constexpr int kStatuses[] = {500, 502, 504, 520, 529};
  int status = kStatuses[random.below(std::size(kStatuses))];
  return with_status(status, "<html><h1>" + std::to_string(status) +
                                 "</h1>the upstream server failed</html>");
}

HttpResponse changed(HttpResponse good, const std::function<void(Json&)>& how) {
  Json body = parse_json(good.body).value_or(Json::object());
  how(body);
  good.body = to_text(body);
  return good;
}

HttpResponse with_content(const HttpResponse& good, const std::string& text) {
  return changed(good, [&text](Json& body) {
    body["choices"][0]["message"]["content"] = text;
  });
}

HttpResponse with_finish(const HttpResponse& good, const char* reason) {
  return changed(good, [reason](Json& body) {
    body["choices"][0]["finish_reason"] = reason;
  });
}

// A byte that is no UTF-8 in the middle of the words.
HttpResponse with_bad_byte(HttpResponse good) {
  size_t end = good.body.rfind("\"content\":\"");
  if (end != std::string::npos) good.body.insert(end + 11, "\xE9 ");
  return good;
}

// The later one holds, as most parsers have it.
HttpResponse with_key_twice(HttpResponse good) {
  size_t begin = good.body.find("\"choices\"");
  if (begin != std::string::npos) good.body.insert(begin, "\"choices\":[],");
  return good;
}

HttpResponse cut(HttpResponse good) {
  good.body.resize(good.body.size() / 2);
  return good;
}

HttpResponse redirected() {
  HttpResponse response = with_status(302, "");
  response.headers["location"] = "http://elsewhere.invalid/v1";
  return response;
}

HttpFailure failure(HttpFault fault, const char* message, bool processed) {
  return {fault, message, processed};
}

}  // namespace

const std::vector<FaultRow>& all_faults() {
  using enum Fault;
  static const std::vector<FaultRow> faults = {
      {limited_for_seconds, "429, Retry-After", 6, false},
      {limited_for_millis, "429, retry-after-ms", 4, false},
      {limited_in_words, "429, in words", 4, false},
      {limited, "429, bare", 4, false},
      {overloaded, "503", 6, false},
      {internal_error, "500 to 529, a page", 6, false},
      {error_as_success, "200, an error", 2, true},
      {reset_before, "reset before", 4, false},
      {reset_in_body, "reset in the body", 4, true},
      {silence, "silence", 2, true},
      {stalled, "half an answer", 2, true},
      {truncated_json, "truncated JSON", 2, true},
      {web_page, "200, a web page", 2, true},
      {empty_choices, "no choices", 2, true},
      {empty_reply, "an empty reply", 2, true},
      {no_usage, "no usage", 2, true},
      {bad_utf8, "no UTF-8", 2, true},
      {duplicate_keys, "a key twice", 1, true},
      {deep_json, "10,000 levels", 1, true},
      {endless, "a gzip bomb", 1, true},
      {redirect, "a redirect", 1, false},
      {dead_name, "no address", 2, false},
      {bad_certificate, "a bad certificate", 1, false},
      {cut_short, "cut short", 2, true},
      {withheld, "withheld", 1, true}};
  return faults;
}

HttpResult with_fault(Fault fault, const HttpResponse& good, Millis rest,
                      Random& random) {
  std::string millis = std::to_string(rest.count());
  switch (fault) {
    case Fault::limited_for_seconds:
      return limited({{"retry-after", seconds_text(rest)}}, "slow down");
    case Fault::limited_for_millis:
      return limited({{"retry-after-ms", millis}}, "slow down");
    case Fault::limited_in_words:
      return limited({}, "Please try again in " + millis + "ms.");
    case Fault::limited:
      return with_status(429, "");
    case Fault::overloaded:
      return error(503, "The engine is overloaded");
    case Fault::internal_error:
      return internal_error(random);
    case Fault::error_as_success:
      return with_status(200, error(502, "upstream error").body);
    case Fault::reset_before:
      return failure(HttpFault::cut, "the connection was reset", false);
    case Fault::reset_in_body:
      return failure(HttpFault::cut, "the answer broke off", true);
    case Fault::silence:
      return failure(HttpFault::timed_out, "no answer in time", true);
    case Fault::stalled:
      return failure(HttpFault::timed_out, "the answer was not whole in time",
                     true);
    case Fault::truncated_json:
      return cut(good);
    case Fault::web_page:
      return with_status(200, "<html><h1>Please log in</h1></html>");
    case Fault::empty_choices:
      return changed(good, [](Json& body) { body["choices"] = Json::array(); });
    case Fault::empty_reply:
      return with_content(good, "");
    case Fault::no_usage:
      return changed(good, [](Json& body) { body.erase("usage"); });
    case Fault::bad_utf8:
      return with_bad_byte(good);
    case Fault::duplicate_keys:
      return with_key_twice(good);
    case Fault::deep_json:
      return with_status(200, std::string(10'000, '['));
    case Fault::endless:
      return failure(HttpFault::too_large, "the answer has no end", true);
    case Fault::redirect:
      return redirected();
    case Fault::dead_name:
      return failure(HttpFault::unreachable, "the name has no address", false);
    case Fault::bad_certificate:
      return failure(HttpFault::unreachable, "its certificate is not trusted",
                     false);
    case Fault::cut_short:
      return with_finish(good, "length");
    case Fault::withheld:
      return with_finish(good, "content_filter");
  }
  return good;
}

const FaultRow& drawn_fault(Random& random) {
  double all = 0;
  for (const FaultRow& row : all_faults()) all += row.share;
  double drawn = random.fraction() * all;
  for (const FaultRow& row : all_faults()) {
    drawn -= row.share;
    if (drawn < 0) return row;
  }
  return all_faults().back();
}

}  // namespace simulate
