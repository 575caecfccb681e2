// Runs one coroutine to its end in virtual time and hands back what it made.
#pragma once

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <exception>
#include <optional>

#include "simulator/net/fake_timer.h"

namespace simulate {

template <class T>
asio::awaitable<void> keep_result(asio::awaitable<T> work,
                                  std::optional<T>& result,
                                  std::exception_ptr& failure) {
  try {
    result = co_await std::move(work);
  } catch (...) {
    failure = std::current_exception();
  }
}

inline asio::awaitable<bool> then_true(asio::awaitable<void> work) {
  co_await std::move(work);
  co_return true;
}

template <class T>
T run_awaitable(FakeTimer& timer, asio::awaitable<T> work) {
  asio::io_context loop;
  std::optional<T> result;
  std::exception_ptr failure;
  asio::co_spawn(loop, keep_result(std::move(work), result, failure),
                 asio::detached);
  timer.run(loop);
  if (failure) std::rethrow_exception(failure);
  return std::move(*result);
}

inline void run_awaitable(FakeTimer& timer, asio::awaitable<void> work) {
  run_awaitable(timer, then_true(std::move(work)));
}

}  // namespace simulate
