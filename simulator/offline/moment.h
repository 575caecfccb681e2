// What the scripted assistant can know when it is asked: what was said, what
// its tools answered, what the person wants. Read from the request's messages
// and nothing else. A value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "simulator/models/chat.h"

namespace simulate::offline {

struct MadeCall {
  std::string name;
  Json arguments;
  Json result;

  bool failed() const { return result.contains("error"); }
  bool failed_for_now() const;  // trying again may help
};

struct Memory {
  int index = 0;
  std::string date;
  std::string text;
};

struct Wishes {
  bool quiz = false;      // what do you remember about ...
  bool insists = false;   // I told you
  bool forget = false;    // forget what I said about ...
  bool reminder = false;  // remind me ...
  bool done = false;      // the reminder asked about is done
  bool not_done = false;  // it is not
  bool opinion = false;   // what do you think
  bool goodbye = false;
  bool hurry = false;                 // the hour matters
  std::vector<std::string> shopping;  // to be put on the list
  std::string errand;                 // a tool to be tried out
};

struct Moment {
  explicit Moment(const ChatRequest& request);

  bool offers(const std::string& tool) const;
  const MadeCall* made(const std::string& tool) const;  // this turn, worked
  bool tried(const std::string& tool, const Json& arguments) const;
  bool failed_for_now(const std::string& tool) const;  // this turn
  // The last list of memories seen in this conversation, if any.
  const Json* memories_seen() const;
  bool diary_written() const;

  std::string said;                  // the person's message
  std::string before;                // the assistant's words before it
  std::vector<std::string> answers;  // all its words so far
  std::vector<MadeCall> calls;       // of this turn
  std::vector<MadeCall> earlier;     // of the turns before
  std::vector<std::string> reminders;
  std::vector<std::string> facts;  // what the person stated, as they said it
  std::string topic;    // what the talk is about, "my cat"; may be empty
  std::string subject;  // of a question about the past, as it was said
  Wishes wishes;
  std::string date, appetite;
  Json tools;  // by name: the arguments of a good call
  int session = 1, turn = 1, turns = 1, round = 0;
  bool json_syntax = false;
  uint64_t seed = 0;  // the same in all rounds of a turn

 private:
  void read_scene(const Json& scene);
  void read_messages(const std::vector<ChatMessage>& messages);
  void read_topic(const std::string& said);
  void read_wishes();
  void read_errand(const std::string& named);
  void read_past();
  void read_done();
};

// The memory that has most in common with `subject`; none when nothing has.
std::optional<Memory> best_memory(const Json& result,
                                  const std::string& subject);

}  // namespace simulate::offline
