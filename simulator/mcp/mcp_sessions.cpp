#include "simulator/mcp/mcp_sessions.h"

#include <algorithm>
#include <cctype>

#include "simulator/base/error.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/mcp/folder_state.h"
#include "simulator/mcp/mcp_server.h"

namespace simulate {

namespace fs = std::filesystem;

// It outlives its process, which may be ended for another's sake; the next one
// goes on from the folder.
struct McpSessions::Session {
  std::unique_ptr<McpServer> server;  // null: it has no process
  bool busy = false;
  int64_t used = 0;
  std::optional<std::string>
      content;  // hash of what the folder holds, if known
};

class McpSessions::InUse {
 public:
  InUse(McpSessions& sessions, Session& session)
      : sessions_(sessions), session_(session) {
    session_.busy = true;
    session_.used = ++sessions_.uses_;
  }
  InUse(const InUse&) = delete;
  ~InUse() {
    session_.busy = false;
    sessions_.announce_release();
  }

 private:
  McpSessions& sessions_;
  Session& session_;
};

McpSessions::McpSessions(asio::any_io_executor executor, Timer& timer,
                         const std::vector<McpServerConfig>& servers,
                         fs::path folder, const Redactor& redactor,
                         McpLimits limits, DiskThread& disk)
    : executor_(std::move(executor)),
      timer_(timer),
      servers_(servers),
      folder_(std::move(folder)),
      redactor_(redactor),
      limits_(limits),
      disk_(disk) {}

McpSessions::~McpSessions() = default;

asio::awaitable<McpResult> McpSessions::call(std::string conversation,
                                             size_t server, std::string tool,
                                             Json arguments, McpState& state) {
  Key key(std::move(conversation), server);
  const McpServerConfig& config = servers_[server];
  fs::path folder = folder_of(key);
  std::unique_ptr<Session>& place = sessions_[key];
  if (!place) place = std::make_unique<Session>();
  Session& session = *place;
  auto turn = take(session);
  co_await std::move(turn);
  InUse in_use(*this, session);
  if (!session.server) {
    session.server = std::make_unique<McpServer>(executor_, timer_, config,
                                                 folder, redactor_,
                                                 /*is_known_to_work=*/true);
  }
  auto prepare = bring_to(session, folder, state.of(config.name));
  co_await std::move(prepare);
  if (hung_up_) throw Error("the run was stopped");
  session.content.reset();  // if this fails, nobody knows it
  auto ask = session.server->call(std::move(tool), std::move(arguments));
  McpResult result = co_await std::move(ask);
  auto look = content_after(session, folder);
  std::optional<Json> after = co_await std::move(look);
  if (!after) {
    co_return mcp_error(
        "What this would leave behind cannot be kept: it is too much, or "
        "cannot be read. Nothing was done.");
  }
  state.put(config.name, std::move(*after));
  co_return result;
}

// Comes back when the session is free and has a process, or may start one. The
// caller takes both at once.
asio::awaitable<void> McpSessions::take(Session& session) {
  for (;;) {
    bool may_run = session.server || processes() < limits_.processes;
    if (!session.busy && may_run) co_return;
    Session* idle = session.busy ? nullptr : longest_idle();
    auto change = idle ? end_process(*idle) : wait_for_release();
    co_await std::move(change);
  }
}

asio::awaitable<void> McpSessions::bring_to(Session& session, fs::path folder,
                                            Json before) {
  std::string wanted = content_hash(to_text(before));
  if (session.content == wanted) co_return;
  auto end = session.server->stop();
  co_await std::move(end);
  session.content.reset();
  auto write = disk_.run([&] { write_folder_state(folder, before); });
  co_await std::move(write);
  session.content = wanted;
}

// Nothing when it cannot be kept: the next call then begins with what was there
// before.
asio::awaitable<std::optional<Json>> McpSessions::content_after(
    Session& session, fs::path folder) {
  std::optional<Json> content;
  auto read = disk_.run([&] { content = readable_state(folder); });
  co_await std::move(read);
  if (content) session.content = content_hash(to_text(*content));
  co_return content;
}

std::optional<Json> McpSessions::readable_state(const fs::path& folder) const {
  try {
    return read_folder_state(folder, limits_.state_bytes, redactor_);
  } catch (const Error&) {
    return std::nullopt;
  }
}

asio::awaitable<void> McpSessions::leave(std::string conversation,
                                         McpState& state) {
  for (size_t server = 0; server < servers_.size(); ++server) {
    Key key(conversation, server);
    if (!sessions_.count(key)) continue;
    auto end = end_session(std::move(key));
    std::optional<Json> content = co_await std::move(end);
    if (content) state.put(servers_[server].name, std::move(*content));
  }
}

// Nothing when nobody knows what the folder's content is worth.
asio::awaitable<std::optional<Json>> McpSessions::end_session(Key key) {
  Session& session = *sessions_.at(key);
  fs::path folder = folder_of(key);
  while (session.busy) {
    auto change = wait_for_release();
    co_await std::move(change);
  }
  auto end = end_process(session);
  co_await std::move(end);
  std::optional<Json> content;
  bool is_known = session.content.has_value();
  auto look = disk_.run([&] {
    if (is_known) content = readable_state(folder);
    remove_folder(folder);
  });
  sessions_.erase(key);
  co_await std::move(look);
  co_return content;
}

std::vector<asio::awaitable<void>> McpSessions::ends() {
  std::vector<asio::awaitable<void>> ends;
  for (auto& [key, session] : sessions_) {
    if (session->server && !session->busy) {
      ends.push_back(end_process(*session));
    }
  }
  return ends;
}

void McpSessions::hang_up() {
  hung_up_ = true;
  for (auto& [key, session] : sessions_) {
    if (session->server) session->server->kill();
  }
}

size_t McpSessions::processes() const {
  auto has_process = [](const auto& entry) {
    return entry.second->server != nullptr;
  };
  return static_cast<size_t>(
      std::count_if(sessions_.begin(), sessions_.end(), has_process));
}

McpSessions::Session* McpSessions::longest_idle() const {
  Session* longest = nullptr;
  for (const auto& [key, session] : sessions_) {
    if (!session->server || session->busy) continue;
    if (!longest || session->used < longest->used) longest = session.get();
  }
  return longest;
}

asio::awaitable<void> McpSessions::end_process(Session& session) {
  if (!session.server) co_return;
  InUse in_use(*this, session);
  auto end = session.server->stop();
  co_await std::move(end);
  session.server.reset();
}

asio::awaitable<void> McpSessions::wait_for_release() {
  auto line_up = [this](Resumer resumer) {
    waiting_.push_back(std::move(resumer));
  };
  return suspend(std::move(line_up));
}

void McpSessions::announce_release() {
  for (Resumer& resumer : std::exchange(waiting_, {})) resumer();
}

fs::path McpSessions::folder_of(const Key& key) const {
  const auto& [conversation, server] = key;
  bool good = !conversation.empty() && conversation.size() <= 128;
  for (unsigned char c : conversation) {
    good = good && (std::isalnum(c) != 0 || c == '_' || c == '-');
  }
  if (!good) {
    throw Error("\"" + one_line(conversation) +
                "\" cannot name a conversation at an MCP server");
  }
  return folder_ / servers_[server].name / conversation;
}

}  // namespace simulate
