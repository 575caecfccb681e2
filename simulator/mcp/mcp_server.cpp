#include "simulator/mcp/mcp_server.h"

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/mcp/mcp_connection.h"
#include "simulator/mcp/mcp_launch.h"
#include "simulator/mcp/mcp_offers.h"

namespace simulate {

namespace {

constexpr const char* kProtocol = "2025-06-18";
constexpr int kMostRestarts = 3;  // in a row, without a hello between
constexpr Millis kPause{25};      // before the second start 4 times this
constexpr int kMostPages = 100;   // of a list of tools

Json greeting() {
  return {{"protocolVersion", kProtocol},
          {"capabilities", Json::object()},
          {"clientInfo", {{"name", "simulate"}, {"version", "0.1"}}}};
}

std::string seconds_text(Millis span) {
  std::string text = std::to_string(span.count() / 1000.0);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text + " s";
}

}  // namespace

McpServer::McpServer(asio::any_io_executor executor, Timer& timer,
                     McpServerConfig config, std::filesystem::path folder,
                     Redactor redactor, bool is_known_to_work)
    : executor_(std::move(executor)),
      timer_(timer),
      config_(std::move(config)),
      folder_(std::move(folder)),
      redactor_(std::move(redactor)),
      alias_(std::filesystem::absolute(folder_).string()),
      is_known_to_work_(is_known_to_work) {}

McpServer::~McpServer() {
  if (connection_) connection_->forget();
}

asio::awaitable<std::vector<ToolSpec>> McpServer::tools() {
  std::vector<ToolSpec> all;
  std::string cursor;
  std::set<std::string> seen;
  for (int page = 0; page < kMostPages; ++page) {
    auto fetch = page_of_tools(cursor);
    Json listed = co_await std::move(fetch);
    for (ToolSpec& spec : tools_in(listed)) all.push_back(std::move(spec));
    cursor = string_at(listed, "nextCursor");
    if (cursor.empty() || !seen.insert(cursor).second) break;
  }
  co_return wanted_of(std::move(all));
}

asio::awaitable<Json> McpServer::page_of_tools(std::string cursor) {
  Json parameters = Json::object();
  if (!cursor.empty()) parameters["cursor"] = cursor;
  for (int tries = 0;; ++tries) {
    auto begin = ready();
    co_await std::move(begin);
    auto life = connection_;
    auto ask = life->request("tools/list", parameters, config_.timeout);
    McpAnswer answer = co_await std::move(ask);
    if (auto* listed = std::get_if<Json>(&answer)) {
      co_return std::move(*listed);
    }
    McpFailure failure = std::get<McpFailure>(answer);
    if (failure.fault == McpFault::lost && tries < kMostRestarts) continue;
    throw Error(named() + " does not list its tools: " +
                shortened(one_line(failure.message), 200));
  }
}

std::vector<ToolSpec> McpServer::wanted_of(std::vector<ToolSpec> all) const {
  if (config_.tools.empty()) return all;
  std::vector<std::string> names;
  for (const ToolSpec& spec : all) names.push_back(spec.name);
  for (const std::string& wanted : config_.tools) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
    throw BadUsage(
        named() + " has no tool \"" + one_line(wanted) +
        "\"; correct its \"tools\": " + one_line(joined(names, ", ")));
  }
  auto is_unwanted = [&](const ToolSpec& spec) {
    return std::find(config_.tools.begin(), config_.tools.end(), spec.name) ==
           config_.tools.end();
  };
  all.erase(std::remove_if(all.begin(), all.end(), is_unwanted), all.end());
  return all;
}

asio::awaitable<McpResult> McpServer::call(std::string name, Json arguments) {
  auto begin = ready();
  co_await std::move(begin);
  auto life = connection_;
  alias_.restore(arguments);
  Json parameters = {{"name", name}, {"arguments", std::move(arguments)}};
  auto ask =
      life->request("tools/call", std::move(parameters), config_.timeout);
  McpAnswer answer = co_await std::move(ask);
  if (auto* failure = std::get_if<McpFailure>(&answer)) {
    co_return result_of(name, *failure);
  }
  McpResult result =
      mcp_result_from(std::get<Json>(answer), config_.max_result_bytes);
  make_readable(result.body);  // a text may have been JSON, with escapes
  alias_.hide(result.body);
  co_return result;
}

McpResult McpServer::result_of(const std::string& tool,
                               const McpFailure& failure) const {
  switch (failure.fault) {
    case McpFault::refused:
      return mcp_error(failure.message);
    case McpFault::timed_out:
      return mcp_error(tool + " gave no answer within " +
                       seconds_text(config_.timeout) + ".");
    case McpFault::too_long:
      return mcp_error("The result of " + tool + " is too large: at most " +
                       std::to_string(config_.max_result_bytes) +
                       " bytes are taken. Ask for less.");
    case McpFault::lost:
      break;
  }
  return mcp_error("The server of " + tool +
                   " ended before it answered: " + failure.message + ".");
}

// Whoever comes while it starts waits for the one who starts it.
asio::awaitable<void> McpServer::ready() {
  while (!is_running()) {
    if (stopping_ || killed_) throw Error(named() + " is being stopped");
    if (starting_) {
      auto line_up = [this](Resumer resumer) {
        waiting_.push_back(std::move(resumer));
      };
      auto turn = suspend(std::move(line_up));
      co_await std::move(turn);
      continue;
    }
    std::exception_ptr failure;
    starting_ = true;
    auto begin = start();
    try {
      co_await std::move(begin);
    } catch (...) {
      failure = std::current_exception();
    }
    starting_ = false;
    for (Resumer& resumer : std::exchange(waiting_, {})) resumer();
    if (failure) std::rethrow_exception(failure);
  }
}

asio::awaitable<void> McpServer::start() {
  check_starts();
  if (starts_in_a_row_ > 0) {
    Micros next = timer_.now() + kPause * (1 << 2 * starts_in_a_row_);
    auto pause = timer_.wait_until(next);
    co_await std::move(pause);
    if (killed_) co_return;
  }
  ++starts_;
  ++starts_in_a_row_;
  connection_ = McpConnection::open(
      executor_, timer_, mcp_launch(config_, folder_), redactor_, alias_);
  auto hello = greet();
  co_await std::move(hello);
}

void McpServer::check_starts() const {
  if (starts_in_a_row_ <= kMostRestarts) return;
  std::string why = connection_ ? connection_->ending() : "it does not start";
  throw Error(named() + " was started " + std::to_string(starts_in_a_row_) +
              " times and said no hello, and is given up: " + why +
              ". Try its command by hand");
}

// A process that dies before it has said hello is one start less, no more.
asio::awaitable<void> McpServer::greet() {
  auto life = connection_;
  auto ask = life->request("initialize", greeting(), config_.timeout);
  McpAnswer answer = co_await std::move(ask);
  if (auto* failure = std::get_if<McpFailure>(&answer)) {
    if (failure->fault == McpFault::lost) co_return;
    std::string why = shortened(one_line(failure->message), 200);
    auto end = life->close();
    co_await std::move(end);
    if (is_known_to_work_) co_return;
    throw Error(named() + " does not say hello: " + why +
                ". Is it an MCP server that speaks over stdin and stdout? "
                "A first start that downloads it may need a larger "
                "\"timeout_seconds\"");
  }
  // Its version is taken as it is: what we use has not changed since the first.
  life->notify("notifications/initialized", nullptr);
  is_known_to_work_ = true;
  starts_in_a_row_ = 0;
}

asio::awaitable<void> McpServer::stop() {
  if (!connection_) co_return;
  stopping_ = true;
  auto life = connection_;
  auto end = life->close();
  co_await std::move(end);
  stopping_ = false;
  starts_in_a_row_ = 0;
}

void McpServer::kill() {
  killed_ = true;
  if (connection_) connection_->kill();
}

bool McpServer::is_running() const {
  return connection_ && connection_->is_alive() && !starting_ && !killed_;
}

int64_t McpServer::noise() const {
  return connection_ ? connection_->noise() : 0;
}

bool McpServer::tools_changed() const {
  return connection_ && connection_->tools_changed();
}

std::string McpServer::named() const {
  return "MCP server \"" + config_.name + "\"";
}

}  // namespace simulate
