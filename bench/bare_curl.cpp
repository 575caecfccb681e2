// The least a client of libcurl can do: curl_multi_poll(), N handles that are
// used again and again. What CurlHttp is compared with.
#include <curl/curl.h>

#include <memory>
#include <vector>

#include "bench/measure.h"

namespace {

size_t append(char* text, size_t, size_t bytes, void* body) {
  static_cast<std::string*>(body)->append(text, bytes);
  return bytes;
}

struct Call {
  CURL* handle = curl_easy_init();
  std::string body;
};

void prepare(Call& call, const bench::Task& task, curl_slist* headers) {
  curl_easy_setopt(call.handle, CURLOPT_PRIVATE, &call);
  curl_easy_setopt(call.handle, CURLOPT_URL, task.url.c_str());
  curl_easy_setopt(call.handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(call.handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(call.handle, CURLOPT_WRITEFUNCTION, &append);
  curl_easy_setopt(call.handle, CURLOPT_WRITEDATA, &call.body);
}

class BareCurl {
 public:
  explicit BareCurl(const bench::Task& task) : task_(task) {
    headers_ = curl_slist_append(headers_, "Content-Type: application/json");
    headers_ = curl_slist_append(headers_, "Expect:");
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS,
                      static_cast<long>(task.in_flight));
    calls_.resize(task.in_flight);
    for (Call& call : calls_) prepare(call, task_, headers_);
  }

  ~BareCurl() {
    for (Call& call : calls_) {
      curl_multi_remove_handle(multi_, call.handle);
      curl_easy_cleanup(call.handle);
    }
    curl_multi_cleanup(multi_);
    curl_slist_free_all(headers_);
  }

  void run() {
    bench::Measure measure;
    for (Call& call : calls_) begin(call);
    for (;;) {
      int running = 0;
      curl_multi_perform(multi_, &running);
      take_done();
      if (done_ == begun_ || measure.is_over()) break;
      curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
    }
    measure.print(done_, failed_);
  }

 private:
  void begin(Call& call) {
    if (begun_ == task_.calls) return;
    const std::string& body = task_.body(begun_++);
    curl_easy_setopt(call.handle, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(call.handle, CURLOPT_POSTFIELDSIZE,
                     static_cast<long>(body.size()));
    call.body.clear();
    curl_multi_add_handle(multi_, call.handle);
  }

  void take_done() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      ++done_;
      if (message->data.result != CURLE_OK) ++failed_;
      CURL* handle = message->easy_handle;
      Call* call = nullptr;
      curl_easy_getinfo(handle, CURLINFO_PRIVATE, &call);
      curl_multi_remove_handle(multi_, handle);
      begin(*call);
    }
  }

  const bench::Task& task_;
  CURLM* multi_ = curl_multi_init();
  curl_slist* headers_ = nullptr;
  std::vector<Call> calls_;
  size_t begun_ = 0;
  size_t done_ = 0;
  size_t failed_ = 0;
};

}  // namespace

int main(int count, char** words) {
  bench::Task task = bench::task_from(count, words);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  BareCurl(task).run();
  curl_global_cleanup();
}
