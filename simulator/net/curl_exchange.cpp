#include "simulator/net/curl_exchange.h"

#include <algorithm>
#include <cerrno>
#include <new>
#include <string>
#include <system_error>

#include "simulator/base/text.h"

namespace simulate {

namespace {

// Far above what any provider sends, far below what could hurt.
constexpr size_t kLargestHeaderBytes = 256u << 10;

constexpr long kKeepAliveSeconds = 60;  // routers forget silent connections

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  curl_easy_setopt(handle, option, value);
}

// To curl, zero would mean "for ever".
long at_least_one(Millis span) { return std::max<long>(span.count(), 1); }

std::string span_text(Millis span) {
  if (span.count() % 1000 == 0)
    return std::to_string(span.count() / 1000) + " s";
  return std::to_string(span.count()) + " ms";
}

std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return "";
  std::string copy = text;
  curl_free(text);
  return copy;
}

// "host:port" of a URL, without the user, path and query that may be secret.
std::string server_of(const std::string& address) {
  CURLU* url = curl_url();
  std::string server;
  if (curl_url_set(url, CURLUPART_URL, address.c_str(), 0) == CURLUE_OK) {
    server = part_of(url, CURLUPART_HOST) + ":" +
             part_of(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  }
  curl_url_cleanup(url);
  return server.empty() ? "the server" : server;
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) !=
         std::string_view::npos;
}

bool is_about_certificates(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION ||
         code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_INVALIDCERTSTATUS;
}

bool is_about_names(CURLcode code) {
  return code == CURLE_COULDNT_RESOLVE_HOST ||
         code == CURLE_COULDNT_RESOLVE_PROXY;
}

bool is_about_requests(CURLcode code) {
  return code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL ||
         code == CURLE_BAD_FUNCTION_ARGUMENT || code == CURLE_OUT_OF_MEMORY ||
         code == CURLE_UNKNOWN_OPTION;
}

bool is_about_nonsense(CURLcode code) {
  return code == CURLE_UNSUPPORTED_PROTOCOL ||  // HTTP/0.9, to curl
         code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_BAD_CONTENT_ENCODING;
}

std::string why_unconnected(long error_number, const std::string& server) {
  if (error_number == ECONNREFUSED) return "connection refused by " + server;
  std::string message = "no connection to " + server;
  if (error_number == 0) return message;
  int number = static_cast<int>(error_number);
  return message + ": " + std::generic_category().message(number);
}

}  // namespace

CurlExchange::CurlExchange(Silences& silences)
    : silences_(silences), handle_(curl_easy_init()) {
  if (handle_ == nullptr) throw std::bad_alloc();
  set_lasting_options();
}

CurlExchange::~CurlExchange() {
  forget_silence();
  curl_easy_cleanup(handle_);
  curl_slist_free_all(headers_);
}

void CurlExchange::set_lasting_options() {
  set(handle_, CURLOPT_PRIVATE, this);
  set(handle_, CURLOPT_NOSIGNAL, 1L);
  set(handle_, CURLOPT_QUICK_EXIT, 1L);  // never wait for a resolver thread
  set(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle_, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  set(handle_, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle_, CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
  set(handle_, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle_, CURLOPT_SSL_VERIFYHOST, 2L);
  set(handle_, CURLOPT_TCP_NODELAY, 1L);
  set(handle_, CURLOPT_TCP_KEEPALIVE, 1L);
  set(handle_, CURLOPT_TCP_KEEPIDLE, kKeepAliveSeconds);
  set(handle_, CURLOPT_TCP_KEEPINTVL, kKeepAliveSeconds);
  set(handle_, CURLOPT_ACCEPT_ENCODING, "");  // all that curl can decode
  set(handle_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(handle_, CURLOPT_PREREQFUNCTION, &before_sending);
  set(handle_, CURLOPT_PREREQDATA, this);
  set(handle_, CURLOPT_HEADERFUNCTION, &on_header);
  set(handle_, CURLOPT_HEADERDATA, this);
  set(handle_, CURLOPT_WRITEFUNCTION, &on_body);
  set(handle_, CURLOPT_WRITEDATA, this);
}

CURLcode CurlExchange::begin(HttpRequest request, Resumer resumer) {
  request_ = std::move(request);
  resumer_ = std::move(resumer);
  response_ = HttpResponse();
  refused_.reset();
  header_bytes_ = 0;
  sent_ = false;
  CURLcode code = set_request();
  return code == CURLE_OK ? set_headers() : code;
}

// curl copies the URL and borrows the body; request_ lives until the end.
CURLcode CurlExchange::set_request() {
  const char* method = request_.method.c_str();
  if (request_.method == "GET") {
    set(handle_, CURLOPT_HTTPGET, 1L);
    set<const char*>(handle_, CURLOPT_CUSTOMREQUEST, nullptr);
  } else {
    bool is_post = request_.method == "POST";
    set(handle_, CURLOPT_POST, 1L);
    set(handle_, CURLOPT_CUSTOMREQUEST, is_post ? nullptr : method);
    set(handle_, CURLOPT_POSTFIELDS, request_.body.c_str());
    set(handle_, CURLOPT_POSTFIELDSIZE_LARGE,
        static_cast<curl_off_t>(request_.body.size()));
  }
  const Deadlines& deadlines = request_.deadlines;
  set(handle_, CURLOPT_CONNECTTIMEOUT_MS, at_least_one(deadlines.connect));
  set(handle_, CURLOPT_TIMEOUT_MS, at_least_one(deadlines.total));
  if (has_line_break(request_.method)) return CURLE_BAD_FUNCTION_ARGUMENT;
  return curl_easy_setopt(handle_, CURLOPT_URL, request_.url.c_str());
}

CURLcode CurlExchange::set_headers() {
  // Without this, curl asks for leave and waits a second for large bodies.
  headers_ = curl_slist_append(nullptr, "Expect:");
  for (const std::string& header : request_.headers) {
    if (has_line_break(header)) {
      refused_ = HttpFailure{HttpFault::bad_request,
                             "a header of the request holds a line break"};
      return CURLE_BAD_FUNCTION_ARGUMENT;
    }
    headers_ = curl_slist_append(headers_, header.c_str());
  }
  return curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers_);
}

// curl sends a request again, silently, when a connection that it used again
// dies before the first byte. The server may have begun to work, and billed:
// only our caller may decide about a second time.
int CurlExchange::before_sending(void* self, char*, char*, int, int) {
  auto& exchange = *static_cast<CurlExchange*>(self);
  if (exchange.sent_) {
    exchange.refused_ = exchange.cut_failure();
    return CURL_PREREQFUNC_ABORT;
  }
  exchange.sent_ = true;
  if (exchange.request_.on_sent) exchange.request_.on_sent();
  SteadyTime now = std::chrono::steady_clock::now();
  exchange.wait_for_byte(now + exchange.request_.deadlines.first_byte);
  return CURL_PREREQFUNC_OK;
}

size_t CurlExchange::on_header(char* text, size_t, size_t bytes, void* self) {
  auto& exchange = *static_cast<CurlExchange*>(self);
  exchange.note_byte();
  exchange.header_bytes_ += bytes;
  if (exchange.header_bytes_ > kLargestHeaderBytes) {
    exchange.refused_ =
        HttpFailure{HttpFault::too_large,
                    "the headers of the response are too large", true};
    return 0;
  }
  exchange.add_header(std::string_view(text, bytes));
  return bytes;
}

// A status line after another one follows an interim response (1xx), whose
// headers are not the response's.
void CurlExchange::add_header(std::string_view line) {
  if (line.substr(0, 5) == "HTTP/") return response_.headers.clear();
  size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  std::string name = lowered(trimmed(line.substr(0, colon)));
  std::string& value = response_.headers[std::move(name)];
  if (!value.empty()) value += ", ";
  value += trimmed(line.substr(colon + 1));
}

// The bytes are decoded already, so a small file that unpacks to gigabytes
// ends here as well.
size_t CurlExchange::on_body(char* text, size_t, size_t bytes, void* self) {
  auto& exchange = *static_cast<CurlExchange*>(self);
  exchange.note_byte();
  std::string& body = exchange.response_.body;
  size_t cap = exchange.request_.largest_response_bytes;
  if (bytes > cap - std::min(cap, body.size())) {
    exchange.refused_ = HttpFailure{
        HttpFault::too_large,
        "the response is larger than " + std::to_string(cap) + " bytes", true};
    return 0;
  }
  body.append(text, bytes);
  return bytes;
}

void CurlExchange::finish(CURLcode code) {
  if (refused_) return conclude(std::move(*refused_));
  if (code != CURLE_OK) return conclude(failure_of(code));
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  conclude(std::move(response_));
}

// Every byte only leaves its moment behind, so that a body in many pieces does
// not sort silences_ at each of them.
void CurlExchange::note_byte() {
  last_byte_ = std::chrono::steady_clock::now();
  if (header_bytes_ > 0) return;
  wait_for_byte(last_byte_ + request_.deadlines.idle);
}

bool CurlExchange::has_stalled(SteadyTime now) {
  if (header_bytes_ == 0) return true;
  SteadyTime until = last_byte_ + request_.deadlines.idle;
  if (until <= now) return true;
  wait_for_byte(until);
  return false;
}

void CurlExchange::finish_late() {
  const Deadlines& deadlines = request_.deadlines;
  if (header_bytes_ > 0) {
    return conclude(HttpFailure{
        HttpFault::timed_out,
        "the answer stalled: nothing came for " + span_text(deadlines.idle),
        true, "idle"});
  }
  conclude(HttpFailure{HttpFault::timed_out,
                       "no answer within " + span_text(deadlines.first_byte),
                       true, "first_byte"});
}

void CurlExchange::finish_cancelled() {
  conclude(
      HttpFailure{HttpFault::cancelled, "the request was cancelled", sent_});
}

void CurlExchange::conclude(HttpResult result) {
  forget_silence();
  result_ = std::move(result);
  curl_slist_free_all(std::exchange(headers_, nullptr));
  // The pool must not hold bodies, or keys: a string to which an empty one is
  // assigned keeps its memory, and what stands there.
  { HttpRequest gone = std::move(request_); }
  resumer_();
}

void CurlExchange::wait_for_byte(SteadyTime until) {
  forget_silence();
  byte_until_ = until;
  silences_.emplace(until, this);
}

void CurlExchange::forget_silence() {
  if (!byte_until_) return;
  silences_.erase({*byte_until_, this});
  byte_until_.reset();
}

HttpFailure CurlExchange::failure_of(CURLcode code) const {
  std::string server = server_of(request_.url);
  if (code == CURLE_OPERATION_TIMEDOUT) return deadline_failure();
  if (sent_ && is_about_nonsense(code)) {
    return {HttpFault::cut, server + " answered what is no HTTP", true};
  }
  if (sent_) return cut_failure();
  if (is_about_names(code)) {
    return {HttpFault::unreachable, "no address for " + server};
  }
  if (is_about_certificates(code)) {
    return {HttpFault::unreachable,
            "certificate of " + server + " not trusted"};
  }
  if (is_about_requests(code)) {
    return {HttpFault::bad_request, curl_easy_strerror(code)};
  }
  if (code != CURLE_COULDNT_CONNECT) {
    return {HttpFault::unreachable, server + ": " + curl_easy_strerror(code)};
  }
  long error_number = 0;
  curl_easy_getinfo(handle_, CURLINFO_OS_ERRNO, &error_number);
  return {HttpFault::unreachable, why_unconnected(error_number, server)};
}

HttpFailure CurlExchange::deadline_failure() const {
  const Deadlines& deadlines = request_.deadlines;
  if (sent_) {
    return {HttpFault::timed_out,
            "no complete answer within " + span_text(deadlines.total), true,
            "total"};
  }
  Millis span = std::min(deadlines.connect, deadlines.total);
  return {HttpFault::timed_out,
          "no connection to " + server_of(request_.url) + " within " +
              span_text(span),
          false, span == deadlines.connect ? "connect" : "total"};
}

HttpFailure CurlExchange::cut_failure() const {
  std::string message = server_of(request_.url);
  bool has_begun = header_bytes_ > 0;
  message += has_begun ? " broke off in the middle of its answer"
                       : " closed the connection without an answer";
  return {HttpFault::cut, std::move(message), true};
}

}  // namespace simulate
