// Runs coroutines of a test on a real io_context, with real processes beside
// it. A test that would hang ends with an exception.
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
    run_until([&] { return result || failure; });
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }

  void run(asio::awaitable<void> work) { run(then_true(std::move(work))); }

  template <class Condition>
  void run_until(Condition is_met) {
    loop.restart();
    while (!is_met()) {
      if (loop.run_one_for(kMostPatience) == 0) {
        throw std::runtime_error("nothing happened for half a minute");
      }
    }
  }

  // Until nothing is left to do.
  void run_dry() {
    loop.restart();
    loop.run_for(kMostPatience);
    if (!loop.stopped()) {
      throw std::runtime_error("there was still work after half a minute");
    }
  }

  static constexpr Seconds kMostPatience{30};
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
