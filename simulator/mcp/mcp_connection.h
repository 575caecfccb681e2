// One life of one server process: JSON-RPC 2.0 over its stdin and stdout, a
// message a line. Any number of requests may be under way. It answers what the
// server asks in turn and keeps the last words of its stderr. When the process
// ends, so does the connection, for good; McpServer then opens another.
//
// Shared: the coroutines that read, write and keep time may each be asleep when
// the owner forgets the connection, and each must find it when it wakes.
// Tested by tests/mcp/mcp_server_test.cpp.
#pragma once

#include <array>
#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "simulator/base/child_process.h"
#include "simulator/base/json.h"
#include "simulator/base/line_cutter.h"
#include "simulator/base/redactor.h"
#include "simulator/mcp/folder_alias.h"
#include "simulator/mcp/pending_requests.h"
#include "simulator/mcp/rpc_message.h"
#include "simulator/net/timer.h"

namespace simulate {

constexpr size_t kLongestMcpLine = 1 << 20;  // bytes

class McpConnection : public std::enable_shared_from_this<McpConnection> {
 public:
  // All that comes back has passed `redactor` and `alias`. Throws Error when
  // the process cannot be started.
  static std::shared_ptr<McpConnection> open(asio::any_io_executor executor,
                                             Timer& timer,
                                             const ChildCommand& command,
                                             Redactor redactor,
                                             FolderAlias alias);

  // The "result" of the answer.
  asio::awaitable<McpAnswer> request(std::string method, Json parameters,
                                     Millis timeout);

  void notify(const std::string& method, Json parameters);

  // Closes its stdin, waits a little, sends SIGTERM, waits a little, kills.
  // Requests under way come back as lost.
  asio::awaitable<void> close();

  // The same at once. Requests under way never come back.
  void forget();

  // The process is ended; the rest follows as when it dies by itself.
  void kill();

  bool is_alive() const { return !closed_; }
  // How it ended, and its last words: a clause without secrets.
  std::string ending() const;
  // Lines on its stdout that were none of ours, answers that nobody waited for.
  int64_t noise() const { return noise_; }
  bool tools_changed() const { return tools_changed_; }
  pid_t process() const { return process_ ? process_->id() : -1; }

 private:
  using Stream = asio::posix::stream_descriptor;
  using Self = std::shared_ptr<McpConnection>;

  McpConnection(asio::any_io_executor executor, Timer& timer,
                const ChildCommand& command, Redactor redactor,
                FolderAlias alias);

  static asio::awaitable<void> read_answers(Self self);
  static asio::awaitable<void> read_errors(Self self);
  static asio::awaitable<void> write_lines(Self self);
  static asio::awaitable<void> watch_deadlines(Self self);

  void send(Json message);
  void take_line(LineCutter::Line line);
  void take_long_line(const LineCutter::Line& line);
  void take_message(const Json& message);
  void take_request(const Json& message);
  void take_answer(const Json& message);

  void keep_watch();
  void expire();

  asio::awaitable<void> wait_for_end(Micros patience);
  void bury(const std::string& how);

  asio::any_io_executor executor_;
  Timer& timer_;
  Redactor redactor_;
  FolderAlias alias_;
  std::unique_ptr<ChildProcess> process_;
  Stream input_;
  Stream output_;
  Stream errors_;

  LineCutter cutter_{kLongestMcpLine};
  std::array<char, 16 * 1024> read_{};
  std::array<char, 4 * 1024> read_error_{};
  std::string last_words_;
  std::deque<std::string> unsent_;
  bool writing_ = false;

  PendingRequests pending_;
  int64_t last_id_ = 0;
  int unanswered_in_a_row_ = 0;
  bool watching_ = false;

  bool closed_ = false;
  std::string how_;
  int64_t noise_ = 0;
  bool tools_changed_ = false;
};

}  // namespace simulate
