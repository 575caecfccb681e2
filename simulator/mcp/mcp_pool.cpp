#include "simulator/mcp/mcp_pool.h"

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/post.hpp>
#include <exception>
#include <optional>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/mcp/folder_state.h"
#include "simulator/mcp/mcp_server.h"
#include "simulator/mcp/offered_names.h"
#include "tools/arguments.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

Json state_from(const ServerState& state) {
  if (state.text.empty()) return Json::object();
  std::optional<Json> value = parse_json(state.text);
  if (!value || !value->is_object()) {
    throw Error("the state of a storyline's MCP servers is no JSON object");
  }
  return std::move(*value);
}

ServerState state_of(const Json& servers) {
  return {servers.empty() ? "" : to_text(servers)};
}

// Sorted, so that the order of the calls does not show.
void put(Json& servers, const std::string& name, Json content) {
  std::map<std::string, Json> sorted;
  for (auto& [key, value] : servers.items()) sorted[key] = std::move(value);
  sorted.erase(name);
  if (!content.empty()) sorted[name] = std::move(content);
  servers = Json::object();
  for (auto& [key, value] : sorted) servers[key] = std::move(value);
}

asio::awaitable<void> count_down(asio::awaitable<void> work, size_t& left,
                                 Resumer& last) {
  co_await std::move(work);
  if (--left == 0) last();
}

}  // namespace

struct McpPool::Offer {
  std::string name;  // as a model knows it
  size_t server;
  std::string tool;  // as the server does
};

// A conversation's place at a server. It outlives the process, which may have
// to make room for another and then goes on from the folder.
struct McpPool::Seat {
  std::unique_ptr<McpServer> server;  // null: asleep
  bool busy = false;
  int64_t used = 0;
  std::optional<std::string> content;  // hash of what was last seen there
};

class McpPool::Occupied {
 public:
  Occupied(McpPool& pool, Seat& seat) : pool_(pool), seat_(seat) {
    seat_.busy = true;
    seat_.used = ++pool_.rounds_;
  }
  Occupied(const Occupied&) = delete;
  ~Occupied() {
    seat_.busy = false;
    pool_.make_room_known();
  }

 private:
  McpPool& pool_;
  Seat& seat_;
};

McpPool::McpPool(asio::any_io_executor executor, Timer& timer,
                 std::vector<McpServerConfig> servers, fs::path folder,
                 McpLimits limits)
    : executor_(std::move(executor)),
      timer_(timer),
      configs_(std::move(servers)),
      folder_(fs::absolute(folder)),
      limits_(limits),
      shared_(configs_.size()) {}

McpPool::~McpPool() { disk_.join(); }

asio::awaitable<void> McpPool::open(std::vector<std::string> taken) {
  std::vector<std::pair<size_t, ToolSpec>> found;
  try {
    for (size_t server = 0; server < configs_.size(); ++server) {
      auto list = tools_of(server);
      std::vector<ToolSpec> specs = co_await std::move(list);
      for (ToolSpec& spec : specs) found.emplace_back(server, std::move(spec));
    }
  } catch (const Error& wrong) {
    throw BadUsage(wrong.what());
  }
  offer(found, taken);
}

asio::awaitable<std::vector<ToolSpec>> McpPool::tools_of(size_t server) {
  const McpServerConfig& config = configs_[server];
  fs::path folder = folder_ / config.name;
  auto prepare = off_loop([folder] { write_folder_state(folder, {}); });
  co_await std::move(prepare);
  auto asked = std::make_unique<McpServer>(executor_, timer_, config, folder);
  auto list = asked->tools();
  std::vector<ToolSpec> specs = co_await std::move(list);
  if (config.stateless) {
    shared_[server] = std::move(asked);
    co_return specs;
  }
  auto end = asked->stop();
  co_await std::move(end);
  auto clear = off_loop([folder] { write_folder_state(folder, {}); });
  co_await std::move(clear);
  co_return specs;
}

void McpPool::offer(const std::vector<std::pair<size_t, ToolSpec>>& found,
                    const std::vector<std::string>& taken) {
  std::vector<McpToolName> own;
  for (const auto& [server, spec] : found) {
    own.push_back({configs_[server].name, configs_[server].prefix, spec.name});
  }
  std::vector<std::string> names = offered_names(own, taken);
  std::vector<std::vector<ToolSpec>> specs(configs_.size());
  for (size_t i = 0; i < found.size(); ++i) {
    auto [server, spec] = found[i];
    offers_.push_back({names[i], server, std::move(spec.name)});
    spec.name = names[i];
    try {
      ArgumentCheck{spec};
    } catch (const Error& wrong) {
      throw BadUsage("MCP server \"" + configs_[server].name + "\": " +
                     wrong.what() + "; leave the tool out of its \"tools\"");
    }
    specs[server].push_back(std::move(spec));
  }
  for (size_t server = 0; server < configs_.size(); ++server) {
    if (specs[server].empty()) continue;
    groups_.push_back(
        served_group("mcp:" + configs_[server].name, specs[server]));
  }
}

asio::awaitable<ServedRound> McpPool::run(std::string conversation,
                                          ServerState before,
                                          std::vector<ToolCall> calls) {
  Json state = state_from(before);
  ServedRound round;
  for (const ToolCall& call : calls) {
    auto work = answer(conversation, call, state);
    McpResult result = co_await std::move(work);
    ToolResult told = {call.id, call.name, std::move(result.body),
                       result.error};
    round.results.push_back(std::move(told));
  }
  round.state = state_of(state);
  co_return round;
}

asio::awaitable<McpResult> McpPool::answer(std::string conversation,
                                           ToolCall call, Json& state) {
  const Offer* offer = find(call.name);
  if (!offer || stopped_) {
    co_return mcp_error("There is no server for " + call.name + ".");
  }
  try {
    if (McpServer* server = shared_[offer->server].get()) {
      auto ask = server->call(offer->tool, std::move(call.arguments));
      McpResult result = co_await std::move(ask);
      co_return result;
    }
    Key key(std::move(conversation), offer->server);
    auto ask = answer_with_state(std::move(key), offer->tool,
                                 std::move(call.arguments), state);
    McpResult result = co_await std::move(ask);
    co_return result;
  } catch (const Error& gone) {
    if (!stopped_) throw Fatal(gone.what());
  }
  co_return mcp_error("The run was stopped.");
}

asio::awaitable<McpResult> McpPool::answer_with_state(Key key, std::string tool,
                                                      Json arguments,
                                                      Json& state) {
  fs::path folder = folder_of(key);
  std::unique_ptr<Seat>& place = seats_[key];
  if (!place) place = std::make_unique<Seat>();
  Seat& seat = *place;
  auto turn = claim(seat);
  co_await std::move(turn);
  Occupied occupied(*this, seat);
  if (!seat.server) {
    seat.server = std::make_unique<McpServer>(executor_, timer_,
                                              configs_[key.second], folder,
                                              /*is_known_to_work=*/true);
  }
  const std::string& name = configs_[key.second].name;
  Json before = state.value(name, Json::object());
  auto prepare = furnish(seat, folder, std::move(before));
  co_await std::move(prepare);
  if (stopped_) throw Error("the run was stopped");
  seat.content.reset();  // if this fails, nobody knows it
  auto ask = seat.server->call(std::move(tool), std::move(arguments));
  McpResult result = co_await std::move(ask);
  auto look = content_of(seat, folder);
  std::optional<Json> after = co_await std::move(look);
  if (!after) {
    co_return mcp_error(
        "What this would leave behind cannot be kept: it is too much, or "
        "cannot be read. Nothing was done.");
  }
  put(state, name, std::move(*after));
  co_return result;
}

std::optional<Json> McpPool::readable_state(const fs::path& folder) const {
  try {
    return read_folder_state(folder, limits_.state_bytes);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// What the caller holds is the truth; the process and its folder are a copy.
asio::awaitable<void> McpPool::furnish(Seat& seat, fs::path folder,
                                       Json before) {
  std::string wanted = content_hash(to_text(before));
  if (seat.content == wanted) co_return;
  auto end = seat.server->stop();
  co_await std::move(end);
  seat.content.reset();
  auto write = off_loop([&] { write_folder_state(folder, before); });
  co_await std::move(write);
  seat.content = wanted;
}

// Nothing when it cannot be kept: the next call then begins with what was there
// before.
asio::awaitable<std::optional<Json>> McpPool::content_of(Seat& seat,
                                                         fs::path folder) {
  std::optional<Json> content;
  auto read = off_loop([&] { content = readable_state(folder); });
  co_await std::move(read);
  if (content) seat.content = content_hash(to_text(*content));
  co_return content;
}

asio::awaitable<ServerState> McpPool::leave(std::string conversation,
                                            ServerState last) {
  Json state = state_from(last);
  for (size_t server = 0; server < configs_.size(); ++server) {
    Key key(conversation, server);
    if (!seats_.count(key)) continue;
    auto end = vacate(std::move(key));
    std::optional<Json> content = co_await std::move(end);
    if (content) put(state, configs_[server].name, std::move(*content));
  }
  co_return state_of(state);
}

// Nothing when nobody knows what the folder's content is worth.
asio::awaitable<std::optional<Json>> McpPool::vacate(Key key) {
  Seat& seat = *seats_.at(key);
  fs::path folder = folder_of(key);
  while (seat.busy) {
    auto room = wait_for_room();
    co_await std::move(room);
  }
  auto end = end_process(seat);
  co_await std::move(end);
  std::optional<Json> content;
  bool is_known = seat.content.has_value();
  auto look = off_loop([&] {
    if (is_known) content = readable_state(folder);
    remove_folder(folder);
  });
  seats_.erase(key);
  co_await std::move(look);
  co_return content;
}

void McpPool::hang_up() {
  stopped_ = true;
  for (auto& server : shared_) {
    if (server) server->kill();
  }
  for (auto& [key, seat] : seats_) {
    if (seat->server) seat->server->kill();
  }
}

// All at once: a server that does not want to end takes two seconds.
asio::awaitable<void> McpPool::stop() {
  std::vector<asio::awaitable<void>> ends;
  for (auto& server : shared_) {
    if (server) ends.push_back(server->stop());
  }
  for (auto& [key, seat] : seats_) {
    if (seat->server && !seat->busy) ends.push_back(end_process(*seat));
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

// Comes back when the seat is free and has a process, or there is room for
// one. The caller takes both at once.
asio::awaitable<void> McpPool::claim(Seat& seat) {
  for (;;) {
    if (!seat.busy && (seat.server || processes() < limits_.processes)) {
      co_return;
    }
    Seat* idle = seat.busy ? nullptr : longest_idle();
    auto change = idle ? end_process(*idle) : wait_for_room();
    co_await std::move(change);
  }
}

McpPool::Seat* McpPool::longest_idle() const {
  Seat* longest = nullptr;
  for (const auto& [key, seat] : seats_) {
    if (!seat->server || seat->busy) continue;
    if (!longest || seat->used < longest->used) longest = seat.get();
  }
  return longest;
}

asio::awaitable<void> McpPool::end_process(Seat& seat) {
  if (!seat.server) co_return;
  Occupied occupied(*this, seat);
  auto end = seat.server->stop();
  co_await std::move(end);
  seat.server.reset();
}

asio::awaitable<void> McpPool::wait_for_room() {
  auto line_up = [this](Resumer resumer) {
    waiting_.push_back(std::move(resumer));
  };
  return suspend(std::move(line_up));
}

void McpPool::make_room_known() {
  for (Resumer& resumer : std::exchange(waiting_, {})) resumer();
}

// `work` lies in the frame of this coroutine while the other thread runs it.
asio::awaitable<void> McpPool::off_loop(std::function<void()> work) {
  std::exception_ptr failure;
  auto start = [this, &work, &failure](Resumer resumer) {
    auto run = [&work, &failure, resume = std::move(resumer)]() mutable {
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
      resume();
    };
    asio::post(disk_, std::move(run));
  };
  auto done = suspend(std::move(start));
  co_await std::move(done);
  if (failure) std::rethrow_exception(failure);
}

size_t McpPool::processes() const {
  auto has_process = [](const auto& entry) {
    return entry.second->server != nullptr;
  };
  return static_cast<size_t>(
      std::count_if(seats_.begin(), seats_.end(), has_process));
}

const McpPool::Offer* McpPool::find(const std::string& tool) const {
  for (const Offer& offer : offers_) {
    if (offer.name == tool) return &offer;
  }
  return nullptr;
}

fs::path McpPool::folder_of(const Key& key) const {
  bool good = !key.first.empty() && key.first.size() <= 128;
  for (unsigned char c : key.first) {
    good = good && (std::isalnum(c) != 0 || c == '_' || c == '-');
  }
  if (!good) {
    throw Error("\"" + printable(key.first) +
                "\" cannot name a conversation at an MCP server");
  }
  return folder_ / configs_[key.second].name / key.first;
}

}  // namespace simulate
