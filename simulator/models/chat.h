// What a chat model is to the rest of the program: a request goes in, a reply
// or a typed failure comes out. OpenAiWire and OfflineModel are such models,
// and so are the decorators that give them patience.
// Tested by tests/models/recorded_test.cpp.
#pragma once

#include <asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/base/time.h"
#include "simulator/calls/call_syntax.h"
#include "simulator/models/player.h"
#include "simulator/models/tool_mode.h"
#include "simulator/net/rate_limit.h"
#include "simulator/transcript/transcript.h"

namespace simulate {

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

// Where the first message tells of the tools, in bytes, and what it says there
// to a model that is sent them in fields of their own.
struct ToolsInWords {
  size_t begin = 0;
  size_t size = 0;
  std::string in_fields;
};

// What is asked, apart from any provider's way of writing it: a wire renders
// it, with calls and results in tags or in fields of its own
// (wire_messages.h).
struct ChatRequest {
  Role role = Role::assistant;
  Players players;  // who may answer
  // As the model that is asked sees it: `assistant` is the model itself,
  // `tester` whoever talks to it. Thinking is what it is shown of its own.
  std::vector<Message> messages;
  // The tools that it may call; they outlive the wait. Null: none.
  const Offer* offer = nullptr;
  ToolSyntax syntax = ToolSyntax::python;  // of calls in tags
  ToolsInWords tools_in_words;
  std::optional<ToolMode> tool_mode;  // none: as its provider has it
  // The JSON Schema that the answer has to fit, where the provider can see to
  // it; the messages ask for it as well.
  std::optional<Json> answer_schema;
  Sampling sampling;
  uint64_t seed = 0;
  int64_t priority = 0;  // lower ones are served first where calls queue
  // Why the reply before was rejected, when this asks for another one.
  std::optional<Rejection> previous_rejection;
  // Is told the reply's text as it comes, in order, piece by piece; by a wire
  // that does not stream, all at once. A try that fails may have told some.
  std::function<void(std::string_view)> on_text;
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
  Player player;
  Verdict verdict;
  // Of calls in fields of their own, what their wire must keep, such as ids:
  // JSON, or nothing. The calls stand in `content`, in tags, all the same.
  std::string wire;
};

enum class ChatFault {
  rate_limited,  // 429: more patience
  unavailable,   // overload, network, no JSON: another try may do
  refused,       // this request will never be answered
  too_long,      // nor will this one: it is more than the model reads at once
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

// What a lane is told of a call while it is under way. Neither may start
// another one, or take long.
struct CallEvents {
  std::function<void()> sent;  // it is on its way to the server
  std::function<void(const std::vector<AnnouncedLimit>&)> announced;
};

class ChatModel {
 public:
  virtual ~ChatModel() = default;

  // `request` must outlive the wait.
  virtual asio::awaitable<ChatOutcome> reply(const ChatRequest& request) = 0;

  // The same, telling `events`; one that does not know when its requests leave
  // says so at once.
  virtual asio::awaitable<ChatOutcome> send(const ChatRequest& request,
                                            const CallEvents& events) {
    if (events.sent) events.sent();
    return reply(request);
  }
};

}  // namespace simulate
