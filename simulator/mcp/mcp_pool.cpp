#include "simulator/mcp/mcp_pool.h"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/mcp/folder_state.h"
#include "simulator/mcp/mcp_server.h"
#include "simulator/net/suspend.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

asio::awaitable<void> count_down(asio::awaitable<void> work, size_t& left,
                                 Resumer& last) {
  co_await std::move(work);
  if (--left == 0) last();
}

}  // namespace

McpPool::McpPool(asio::any_io_executor executor, Timer& timer,
                 std::vector<McpServerConfig> servers, fs::path folder,
                 Redactor redactor, McpLimits limits)
    : executor_(std::move(executor)),
      timer_(timer),
      configs_(std::move(servers)),
      folder_(fs::absolute(folder)),
      redactor_(std::move(redactor)),
      shared_(configs_.size()),
      sessions_(executor_, timer_, configs_, folder_, redactor_, limits,
                disk_) {}

McpPool::~McpPool() = default;

asio::awaitable<void> McpPool::open(std::vector<std::string> taken) {
  std::vector<std::vector<ToolSpec>> found;
  try {
    for (size_t server = 0; server < configs_.size(); ++server) {
      auto list = tools_of(server);
      std::vector<ToolSpec> specs = co_await std::move(list);
      found.push_back(std::move(specs));
    }
  } catch (const Error& wrong) {
    throw BadUsage(wrong.what());
  }
  offers_ = McpOffers(configs_, found, taken);
}

asio::awaitable<std::vector<ToolSpec>> McpPool::tools_of(size_t server) {
  const McpServerConfig& config = configs_[server];
  fs::path folder = folder_ / config.name;
  auto prepare = disk_.run([folder] { write_folder_state(folder, {}); });
  co_await std::move(prepare);
  auto asked =
      std::make_unique<McpServer>(executor_, timer_, config, folder, redactor_);
  auto list = asked->tools();
  std::vector<ToolSpec> specs = co_await std::move(list);
  if (config.stateless) {
    shared_[server] = std::move(asked);
    co_return specs;
  }
  auto end = asked->stop();
  co_await std::move(end);
  auto clear = disk_.run([folder] { write_folder_state(folder, {}); });
  co_await std::move(clear);
  co_return specs;
}

asio::awaitable<ServedRound> McpPool::run(std::string conversation,
                                          ServerState before,
                                          std::vector<ToolCall> calls) {
  McpState state(before);
  ServedRound round;
  for (const ToolCall& call : calls) {
    auto work = answer(conversation, call, state);
    McpResult result = co_await std::move(work);
    ToolResult told = {call.id, call.name, std::move(result.body),
                       result.error};
    round.results.push_back(std::move(told));
  }
  round.state = state.text();
  co_return round;
}

asio::awaitable<McpResult> McpPool::answer(std::string conversation,
                                           ToolCall call, McpState& state) {
  const McpOffer* offer = offers_.find(call.name);
  if (!offer || stopped_) {
    co_return mcp_error("There is no server for " + call.name + ".");
  }
  try {
    McpServer* shared = shared_[offer->server].get();
    auto ask =
        shared ? shared->call(offer->tool, std::move(call.arguments))
               : sessions_.call(std::move(conversation), offer->server,
                                offer->tool, std::move(call.arguments), state);
    McpResult result = co_await std::move(ask);
    co_return result;
  } catch (const Error& gone) {
    if (!stopped_) throw Fatal(gone.what());
  }
  co_return mcp_error("The run was stopped.");
}

asio::awaitable<ServerState> McpPool::leave(std::string conversation,
                                            ServerState last) {
  McpState state(last);
  auto end = sessions_.leave(std::move(conversation), state);
  co_await std::move(end);
  co_return state.text();
}

void McpPool::hang_up() {
  stopped_ = true;
  for (auto& server : shared_) {
    if (server) server->kill();
  }
  sessions_.hang_up();
}

// All at once: a server that does not want to end takes two seconds.
asio::awaitable<void> McpPool::stop() {
  std::vector<asio::awaitable<void>> ends = sessions_.ends();
  for (auto& server : shared_) {
    if (server) ends.push_back(server->stop());
  }
  if (ends.empty()) co_return;
  size_t left = ends.size();
  Resumer last;
  auto start = [this, &ends, &left, &last](Resumer resumer) {
    last = std::move(resumer);
    for (auto& end : ends) {
      asio::co_spawn(executor_, count_down(std::move(end), left, last),
                     asio::detached);
    }
  };
  auto all = suspend(std::move(start));
  co_await std::move(all);
}

}  // namespace simulate
