// The real Http: libcurl's multi interface, driven by one io_context. It keeps
// connections open and uses them again. Send and stop on the thread that runs
// the io_context; destroy it when every send() has come back, after which that
// io_context may run dry but not go on from a handler of ours.
#pragma once

#include <asio/io_context.hpp>
#include <memory>

#include "simulator/net/http.h"

namespace simulate {

class CurlLoop;

class CurlHttp : public Http {
 public:
  // Throws Fatal when the system has no descriptor or memory for it.
  explicit CurlHttp(asio::io_context& loop);
  ~CurlHttp() override;

  asio::awaitable<HttpResult> send(HttpRequest request) override;

  // Ends every exchange, and each later one, with HttpFault::cancelled.
  void stop();

  size_t in_flight() const;

 private:
  std::unique_ptr<CurlLoop> loop_;
};

}  // namespace simulate
