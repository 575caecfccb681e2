// An MCP server that we start and speak to over its stdin and stdout: its
// tools, as the rest of the program knows tools. The process is started when
// it is first needed, and again when it has died. It sees nothing of our
// environment but PATH, HOME, language and the like: keys of providers never
// reach it.
//
// Use it on the thread of the executor, and destroy it when no call is under
// way; then its process, and all that this started, is gone.
#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "simulator/base/redactor.h"
#include "simulator/calls/tool.h"
#include "simulator/mcp/folder_alias.h"
#include "simulator/mcp/mcp_config.h"
#include "simulator/mcp/mcp_result.h"
#include "simulator/net/suspend.h"
#include "simulator/net/timer.h"

namespace simulate {

class McpConnection;
struct McpFailure;

class McpServer {
 public:
  // The process works in `folder`, which exists. What it says passes
  // `redactor`. One that is known to work is given more patience when it does
  // not start.
  McpServer(asio::any_io_executor executor, Timer& timer,
            McpServerConfig config, std::filesystem::path folder,
            Redactor redactor, bool is_known_to_work = false);
  ~McpServer();
  McpServer(const McpServer&) = delete;

  // Those that the config asks for, under the server's own names. Throws Error
  // when it does not start or does not say, BadUsage when it has no such tool.
  asio::awaitable<std::vector<ToolSpec>> tools();

  // What goes wrong in one call (an error of the tool, no answer in time, the
  // death of the process, too large a result) is an error result. Throws Error
  // when the process was started four times and never said hello.
  asio::awaitable<McpResult> call(std::string name, Json arguments);

  // Ends the process, gently at first; a call under way gets an error result.
  // A later call starts it again.
  asio::awaitable<void> stop();

  // Ends the process at once and for good, without waiting for it.
  void kill();

  bool is_running() const;
  int starts() const { return starts_; }  // of the process, in all
  int64_t noise() const;                  // lines that were no messages
  bool tools_changed() const;             // since this process was started

 private:
  asio::awaitable<void> ready();
  asio::awaitable<void> start();
  asio::awaitable<void> greet();
  asio::awaitable<Json> page_of_tools(std::string cursor);
  std::vector<ToolSpec> wanted_of(std::vector<ToolSpec> all) const;
  McpResult result_of(const std::string& tool, const McpFailure& failure) const;
  void check_starts() const;
  std::string named() const;

  asio::any_io_executor executor_;
  Timer& timer_;
  McpServerConfig config_;
  std::filesystem::path folder_;
  // Shared with its own coroutines; see there.
  std::shared_ptr<McpConnection> connection_;
  Redactor redactor_;
  FolderAlias alias_;
  bool is_known_to_work_;
  bool killed_ = false;
  bool starting_ = false;
  bool stopping_ = false;
  std::vector<Resumer> waiting_;  // until it has started
  int starts_ = 0;
  int starts_in_a_row_ = 0;  // since it last answered
};

}  // namespace simulate
