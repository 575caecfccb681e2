#include "simulator/mcp/mcp_connection.h"

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <csignal>
#include <optional>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/mcp/mcp_result.h"

namespace simulate {

namespace {

constexpr Micros kPatience = Seconds(1);  // after stdin's end, after SIGTERM
constexpr Micros kWatchStep = Millis(100);
constexpr size_t kLastWords = 1000;   // bytes of stderr that are kept
constexpr size_t kMostUnsent = 1000;  // messages that it does not read
constexpr int kMostUnanswered = 3;    // in a row: it hangs

// "it said: ..." with what it wrote to stderr.
std::string quoted(const std::string& words) {
  std::string text(trimmed(printable(words)));
  return text.empty() ? "" : "; it said: " + replaced(text, "\n", " | ");
}

}  // namespace

std::shared_ptr<McpConnection> McpConnection::open(
    asio::any_io_executor executor, Timer& timer, const ChildCommand& command,
    Redactor redactor, FolderAlias alias) {
  Self self(new McpConnection(executor, timer, command, std::move(redactor),
                              std::move(alias)));
  asio::co_spawn(executor, read_answers(self), asio::detached);
  asio::co_spawn(executor, read_errors(self), asio::detached);
  return self;
}

McpConnection::McpConnection(asio::any_io_executor executor, Timer& timer,
                             const ChildCommand& command, Redactor redactor,
                             FolderAlias alias)
    : executor_(executor),
      timer_(timer),
      redactor_(std::move(redactor)),
      alias_(std::move(alias)),
      process_(std::make_unique<ChildProcess>(command)),
      input_(executor, process_->input.release()),
      output_(executor, process_->output.release()),
      errors_(executor, process_->errors.release()) {}

asio::awaitable<McpAnswer> McpConnection::request(std::string method,
                                                  Json parameters,
                                                  Millis timeout) {
  McpAnswer answer = McpFailure{McpFault::lost, how_};
  if (closed_) co_return answer;
  Json message = rpc_message(method, std::move(parameters));
  int64_t id = ++last_id_;
  message["id"] = id;
  Micros deadline = timer_.now() + timeout;
  auto start = [this, &method, &message, &answer, id,
                deadline](Resumer resumer) {
    pending_.add(id,
                 {std::move(method), deadline, &answer, std::move(resumer)});
    send(std::move(message));
    keep_watch();
  };
  auto answered = suspend(std::move(start));
  co_await std::move(answered);
  co_return answer;
}

void McpConnection::notify(const std::string& method, Json parameters) {
  if (!closed_) send(rpc_message(method, std::move(parameters)));
}

// A server that asks and asks but does not read is not answered for ever.
void McpConnection::send(Json message) {
  if (unsent_.size() >= kMostUnsent) return;
  unsent_.push_back(to_text(message) + '\n');
  if (writing_) return;
  writing_ = true;
  asio::co_spawn(executor_, write_lines(shared_from_this()), asio::detached);
}

asio::awaitable<void> McpConnection::write_lines(Self self) {
  while (!self->unsent_.empty() && self->input_.is_open()) {
    std::error_code error;
    auto write =
        asio::async_write(self->input_, asio::buffer(self->unsent_.front()),
                          asio::redirect_error(asio::use_awaitable, error));
    co_await std::move(write);
    if (error) {
      // It reads no more: then its stdout shall end, too, and all shall know.
      if (!self->closed_) self->process_->send_signal(SIGKILL);
      break;
    }
    self->unsent_.pop_front();
  }
  self->writing_ = false;
}

asio::awaitable<void> McpConnection::read_answers(Self self) {
  for (;;) {
    std::error_code error;
    auto read = self->output_.async_read_some(
        asio::buffer(self->read_),
        asio::redirect_error(asio::use_awaitable, error));
    size_t got = co_await std::move(read);
    if (error) break;
    for (auto& line : self->cutter_.add({self->read_.data(), got})) {
      self->take_line(std::move(line));
    }
  }
  if (self->closed_) co_return;
  // The end of stdout comes a moment before the end of the process and its
  // last words.
  auto end = self->wait_for_end(kPatience);
  co_await std::move(end);
  self->bury("its output ended");
}

asio::awaitable<void> McpConnection::read_errors(Self self) {
  for (;;) {
    std::error_code error;
    auto read = self->errors_.async_read_some(
        asio::buffer(self->read_error_),
        asio::redirect_error(asio::use_awaitable, error));
    size_t got = co_await std::move(read);
    if (error) break;
    std::string& words = self->last_words_;
    words.append(self->read_error_.data(), got);
    self->redactor_.redact(words);
    self->alias_.hide(words);
    if (words.size() > kLastWords) words.erase(0, words.size() - kLastWords);
  }
}

void McpConnection::take_line(LineCutter::Line line) {
  if (line.too_long) return take_long_line(line);
  redactor_.redact(line.text);
  std::optional<Json> message = parse_json(line.text);
  if (message) make_readable(*message);
  if (message) alias_.hide(*message);
  if (message && message->is_array()) {  // a batch, up to 2025-03-26
    for (const Json& part : *message) take_message(part);
  } else if (message) {
    take_message(*message);
  } else if (contains(line.text, "\"jsonrpc\"") && pending_.only()) {
    // Nobody else can be meant, and nothing better will come.
    pending_.answer(*pending_.only(),
                    McpFailure{McpFault::refused, "its answer was no JSON"});
  } else if (!trimmed(line.text).empty()) {
    ++noise_;
  }
}

void McpConnection::take_long_line(const LineCutter::Line& line) {
  std::optional<int64_t> id = answered_id(line);
  if (!id) id = pending_.only();
  if (!id || !pending_.has(*id)) {
    ++noise_;
    return;
  }
  std::string most = std::to_string(kLongestMcpLine);
  pending_.answer(*id,
                  McpFailure{McpFault::too_long,
                             "it answered with more than " + most + " bytes"});
}

void McpConnection::take_message(const Json& message) {
  if (!message.is_object()) {
    ++noise_;
  } else if (message.contains("method")) {
    take_request(message);
  } else {
    take_answer(message);
  }
}

// What a server may ask of us, and what it tells us.
void McpConnection::take_request(const Json& message) {
  if (!message.contains("id")) {
    bool changed =
        string_at(message, "method") == "notifications/tools/list_changed";
    tools_changed_ = tools_changed_ || changed;
  } else if (!closed_) {
    send(rpc_reply(message));
  }
}

void McpConnection::take_answer(const Json& message) {
  std::optional<int64_t> id = answered_id(message);
  if (!id || !pending_.has(*id)) {
    ++noise_;
    return;
  }
  unanswered_in_a_row_ = 0;
  pending_.answer(*id, answer_in(message));
}

void McpConnection::keep_watch() {
  if (watching_) return;
  watching_ = true;
  asio::co_spawn(executor_, watch_deadlines(shared_from_this()),
                 asio::detached);
}

// In short steps, because a Timer cannot be called back: after the last answer
// an io_context is to run dry soon, not when the deadline has passed.
asio::awaitable<void> McpConnection::watch_deadlines(Self self) {
  while (!self->pending_.empty()) {
    Micros next = self->pending_.next_deadline(self->timer_.now() + kWatchStep);
    auto wait = self->timer_.wait_until(next);
    co_await std::move(wait);
    self->expire();
  }
  self->watching_ = false;
}

void McpConnection::expire() {
  std::vector<int64_t> late = pending_.late(timer_.now());
  for (int64_t id : late) {
    // The protocol forbids to cancel this one.
    if (pending_.method(id) != "initialize") {
      notify("notifications/cancelled",
             {{"requestId", id}, {"reason", "timed out"}});
    }
    pending_.answer(
        id, McpFailure{McpFault::timed_out, "it gave no answer in time"});
  }
  if (late.empty() || ++unanswered_in_a_row_ < kMostUnanswered) return;
  bury("it did not answer " + std::to_string(kMostUnanswered) +
       " times in a row and was stopped");
}

asio::awaitable<void> McpConnection::wait_for_end(Micros patience) {
  Micros until = timer_.now() + patience;
  for (Micros pause = Millis(1); process_ && !process_->ending();
       pause = std::min<Micros>(2 * pause, Millis(50))) {
    Micros next = timer_.now() + pause;
    if (next > until) co_return;
    auto wait = timer_.wait_until(next);
    co_await std::move(wait);
  }
}

asio::awaitable<void> McpConnection::close() {
  if (closed_) co_return;
  auto self = shared_from_this();
  closed_ = true;
  how_ = "it was stopped";
  pending_.fail_all({McpFault::lost, how_});
  std::error_code none;
  input_.close(none);
  for (int number : {0, SIGTERM}) {
    if (number != 0 && process_) process_->send_signal(number);
    auto end = wait_for_end(kPatience);
    co_await std::move(end);
  }
  bury(how_);
}

// The process and its group are gone after this.
void McpConnection::bury(const std::string& how) {
  closed_ = true;
  if (process_) {
    std::optional<std::string> ending = process_->ending();
    how_ = ending && how_.empty() ? "it ended with " + *ending : how;
    process_.reset();
  }
  std::error_code none;
  input_.close(none);
  output_.close(none);
  errors_.close(none);
  pending_.fail_all({McpFault::lost, how_});
}

void McpConnection::forget() {
  auto asleep = std::exchange(pending_, {});
  bury("it was stopped");
}

void McpConnection::kill() {
  if (process_ && !closed_) process_->send_signal(SIGKILL);
}

std::string McpConnection::ending() const { return how_ + quoted(last_words_); }

}  // namespace simulate
