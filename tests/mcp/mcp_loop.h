// Runs one coroutine of a test to its end on a real io_context, with real
// processes beside it. A test that hangs ends with an exception.
#pragma once

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <csignal>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

#include "simulator/mcp/mcp_config.h"
#include "simulator/net/asio_timer.h"
#include "tests/run_awaitable.h"

namespace simulate {

class McpLoop {
 public:
  // As main does it: a process that is gone must not take us along.
  McpLoop() { std::signal(SIGPIPE, SIG_IGN); }

  template <class T>
  T run(asio::awaitable<T> work) {
    std::optional<T> result;
    std::exception_ptr failure;
    asio::co_spawn(loop, keep_result(std::move(work), result, failure),
                   asio::detached);
    loop.restart();
    while (!result && !failure) {
      if (loop.run_one_for(Seconds(60)) == 0) {
        throw std::runtime_error("nothing happened for a minute");
      }
    }
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }

  void run(asio::awaitable<void> work) { run(then_true(std::move(work))); }

  asio::io_context loop;
  AsioTimer timer{loop};
};

// The fake server, with words that make it misbehave.
inline McpServerConfig fake_server(std::vector<std::string> words = {}) {
  McpServerConfig config;
  config.name = "fake";
  config.command = SIMULATE_FAKE_MCP_SERVER;
  config.arguments = std::move(words);
  return config;
}

}  // namespace simulate
