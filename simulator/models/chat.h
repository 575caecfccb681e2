// What a chat model is to the rest of the program: a request goes in, a reply
// or a typed failure comes out. OpenAiWire and OfflineModel are such models,
// and so are the decorators that give them patience.
#pragma once

#include <asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/base/time.h"

namespace simulate {

// The three speakers of the play; each has providers, models and sampling.
enum class Role { tester, assistant, rewriter };
inline constexpr Role kRoles[] = {Role::tester, Role::assistant,
                                  Role::rewriter};
const char* role_name(Role role);

// A message as the wire knows it: `from` is system, user or assistant.
struct ChatMessage {
  enum class From { system, user, assistant };
  From from = From::user;
  std::string content;
};

struct Sampling {
  double temperature = 0.7;
  int max_tokens = 2048;
  std::vector<std::string> stop;
};

// Why a reply is not used, and what its model is told about it.
struct Rejection {
  std::string reason;  // one of a closed list of words, for counting
  std::string correction;
};

struct ChatRequest {
  Role role = Role::assistant;
  // Who may answer; empty: whichever is free.
  std::vector<std::string> providers;
  std::vector<ChatMessage> messages;
  Sampling sampling;
  uint64_t seed = 0;
  int64_t priority = 0;  // lower ones are served first where calls queue
  // Why the reply before was rejected, when this asks for another one.
  std::optional<Rejection> previous_rejection;
  // What the scripted model plays from, when it plays; no wire sends it.
  Json scene;
};

struct Usage {
  int64_t input_tokens = 0;
  int64_t output_tokens = 0;
};

enum class Finish { stop, length, refused };
const char* finish_name(Finish finish);
Finish finish_named(const std::string& name);

// What became of a reply when it was first read: known of one that comes back
// from the ledger with another one behind it.
struct Verdict {
  bool is_known = false;
  std::optional<Rejection> rejection;  // none: it was accepted
};

struct ChatReply {
  std::string content;   // as the model wrote it, thinking tags included
  std::string thinking;  // what came in a field of its own
  Finish finish = Finish::stop;
  Usage usage;
  std::string provider;
  std::string model;
  Verdict verdict;
  std::string wire;  // what its wire must keep of it, such as ids; or nothing
};

enum class ChatFault {
  rate_limited,  // 429: more patience
  unavailable,   // overload, network, no JSON: another try may do
  refused,       // this request will never be answered
  unusable,      // this provider will not answer any more in this run
  outdated,      // the recorded replies belong to another conversation
  stopped,       // the run is ending
};

struct ChatFailure {
  ChatFault fault = ChatFault::unavailable;
  std::string message;                // a sentence for a person
  std::optional<Micros> retry_after;  // what the server asked for
  bool maybe_billed = false;
};

using ChatOutcome = std::variant<ChatReply, ChatFailure>;

class ChatModel {
 public:
  virtual ~ChatModel() = default;

  // `request` must outlive the wait.
  virtual asio::awaitable<ChatOutcome> reply(const ChatRequest& request) = 0;
};

}  // namespace simulate
