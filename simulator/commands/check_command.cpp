#include "simulator/commands/check_command.h"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <cstdio>
#include <exception>

#include "simulator/base/text.h"
#include "simulator/commands/run_files.h"
#include "simulator/commands/setup.h"
#include "simulator/net/asio_timer.h"
#include "simulator/net/curl_http.h"

namespace simulate {

namespace {

void say(const std::string& what, const std::string& text) {
  std::printf("%-14s %s\n", what.c_str(), printable(text).c_str());
}

ChatRequest tiny_request(const std::string& provider) {
  ChatRequest request;
  request.role = Role::assistant;
  request.providers = {provider};
  request.messages.push_back(
      {ChatMessage::From::user, "Answer with the one word: ready"});
  request.sampling.max_tokens = 16;
  return request;
}

asio::awaitable<void> ask_each(Lanes& lanes, int& failures) {
  for (const auto& lane : lanes.all()) {
    const std::string& name = lane->provider().name;
    ChatRequest request = tiny_request(name);
    ChatOutcome outcome = co_await lanes.reply(request);
    if (const auto* failure = std::get_if<ChatFailure>(&outcome)) {
      ++failures;
      say(name, "does not answer: " + failure->message);
    } else {
      say(name, "answers as " + std::get<ChatReply>(outcome).model);
    }
  }
}

asio::awaitable<void> ask_all(Lanes& lanes, int& failures,
                              std::exception_ptr& failure) {
  try {
    co_await ask_each(lanes, failures);
  } catch (...) {
    failure = std::current_exception();
  }
}

}  // namespace

ExitCode check_command(const Options& options) {
  Material material = read_material(options);
  say("prompts", std::to_string(material.prompts.files.size()) +
                     " files, version " + material.prompts.version);
  say("personas", std::to_string(material.personas.size()) + " are good");
  asio::io_context loop;
  AsioTimer timer(loop);
  CurlHttp http(loop);
  Lanes lanes(timer);
  open_lanes(lanes, material.providers, http);
  int failures = 0;
  std::exception_ptr failure;
  asio::co_spawn(loop, ask_all(lanes, failures, failure), asio::detached);
  loop.run();
  if (failure) std::rethrow_exception(failure);
  return failures == 0 ? ExitCode::done : ExitCode::work_left;
}

}  // namespace simulate
