// The providers we know, what differs between them on the wire, and what a
// user has set. One row of the table per provider; nothing else in the program
// asks for a provider's name.
// Tested by tests/models/openai_wire_test.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "simulator/models/chat.h"
#include "simulator/net/http.h"
#include "simulator/net/rate_limit.h"

namespace simulate {

// The languages that providers speak: how a request is written for them, and a
// reply read.
enum class Wire {
  chat_completions,  // OpenAI's, over HTTP
  embeddings,        // the same, for vectors instead of replies
  script,            // the offline model's
};

// How one provider's wire differs from the next one's. Sources: the public API
// specifications and SDKs of each, read in 2026.
struct WireDialect {
  std::string limit_field = "max_tokens";
  std::string seed_field = "seed";  // empty: no seed is sent
  double highest_temperature = 2.0;
  size_t most_stops = 4;
  // A 403 that means "input too long" and not "key refused" (Together).
  bool forbidden_means_too_long = false;
  bool needs_key = true;
  // It sees to it that the answer fits a JSON Schema, in response_format. A
  // server that is not known by name is sent nothing that it might refuse.
  bool takes_answer_schema = false;
  // DeepSeek's models that think refuse a message of theirs without the field
  // of their thoughts, though an empty one will do.
  std::string thinking_field;  // empty: thoughts stand in the content, in tags
  bool signs_calls = false;    // and wants to see the signatures again
  bool names_results = false;  // a result says of which tool it is
  // It tells of its usage in a stream only when asked to, and knows the field
  // that asks.
  bool takes_stream_options = false;
  // The window of limits that it announces without naming one: of "-requests",
  // and of a bare x-ratelimit-limit; 0: by when it is reset.
  Micros announced_requests = Seconds(60);
  Micros announced_bare{0};
};

struct RoleModel {
  std::string model;
  std::optional<double> temperature;
  std::optional<int> max_tokens;
};

// A provider as this run uses it. A value; `key` must never be printed.
struct Provider {
  std::string name;
  std::string base_url;      // without a trailing slash
  std::string key_variable;  // of the environment; empty: none
  std::string key_field;     // of secrets.json
  std::string key_page;      // where a person gets a key
  std::string key;
  std::string model;  // for roles without one of their own
  std::map<Role, RoleModel> roles;
  // By a user, or, as long as its server tells of none, what we take for true.
  std::vector<RateLimit> limits;
  bool limits_are_set = false;  // by a user
  int in_flight = 32;           // requests at once
  double chaos = 0;  // the share of the offline model's calls that fail
  Deadlines deadlines;
  bool idle_is_set = false;  // by a user; else a stream is held to less
  bool stream = false;       // replies come as a stream, which may stall
  Wire wire = Wire::chat_completions;
  WireDialect dialect;
  ToolMode tool_mode = ToolMode::tags;
  // Its models that have called a tool in fields: what `automatic` goes by.
  std::set<std::string> native_models;

  bool offline() const { return wire == Wire::script; }
  std::string login() const;    // "user:password" in base_url, or nothing
  std::string address() const;  // base_url without it, to be shown
  std::string model_for(Role role) const;
  // Whether `model` is sent the tools of `request` in fields.
  bool calls_in_fields(const ChatRequest& request,
                       const std::string& model) const;
  double requests_per_second() const;  // 0: no limit is known
};

// Every provider known by name, in the order in which they are shown.
const std::vector<Provider>& known_providers();

// Of all of them, in that order: their names, and the variables of the
// environment that hold keys.
std::vector<std::string> provider_names();
std::vector<std::string> key_variables();

// Throws BadUsage, with the nearest right name, when there is none.
Provider known_provider(const std::string& name);

// A key like "your-key-here" that nobody has replaced counts as absent.
bool is_placeholder_key(const std::string& key);

}  // namespace simulate
