#include "simulator/commands/mcp_session.h"

#include <asio/co_spawn.hpp>
#include <exception>

#include "simulator/mcp/mcp_launch.h"
#include "simulator/mcp/mcp_pool.h"
#include "simulator/mcp/server_folder.h"

namespace simulate {

namespace {

std::vector<std::string> names_of(const std::vector<ToolGroup>& groups) {
  std::vector<std::string> names;
  for (const ToolGroup& group : groups) {
    for (const ToolDefinition& tool : group.tools) {
      names.push_back(tool.spec.name);
    }
  }
  return names;
}

}  // namespace

McpSession::McpSession(const RunInputs& inputs, asio::io_context& loop,
                       Timer& timer) {
  if (inputs.settings.mcp.empty()) return;
  std::vector<McpServerConfig> configs = read_mcp_config(inputs.settings.mcp);
  for (const McpServerConfig& config : configs) {
    if (config.optional) offered_.optional.push_back("mcp:" + config.name);
  }
  folder_ = std::make_unique<ServerFolder>();
  pool_ =
      std::make_unique<McpPool>(loop.get_executor(), timer, std::move(configs),
                                folder_->path(), Redactor(inputs.secrets));
  std::exception_ptr failure;
  asio::co_spawn(loop, pool_->open(names_of(inputs.tools)),
                 [&](std::exception_ptr what) {
                   failure = what;
                   loop.stop();
                 });
  loop.run();
  loop.restart();
  if (failure) std::rethrow_exception(failure);
  offered_.groups = pool_->groups();
}

McpSession::~McpSession() = default;

ToolServers* McpSession::running() const { return pool_.get(); }

asio::awaitable<void> McpSession::stop() {
  if (!pool_) co_return;
  co_await pool_->stop();
}

void McpSession::hang_up() {
  if (pool_) pool_->hang_up();
}

std::vector<std::string> secrets_of_servers(const Settings& settings) {
  if (settings.mcp.empty()) return {};
  return mcp_secrets(read_mcp_config(settings.mcp));
}

std::vector<std::string> mcp_groups(const Settings& settings) {
  std::vector<std::string> names;
  if (settings.mcp.empty()) return names;
  for (const McpServerConfig& config : read_mcp_config(settings.mcp)) {
    names.push_back("mcp:" + config.name);
  }
  return names;
}

}  // namespace simulate
