// Any bytes are what a server answers: the first byte chooses the provider and
// the status, the rest is the body. There is a reply that can be kept, or a
// failure that can be shown.
#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/models/wire_reply.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/scratch_file.h"

namespace simulate {
namespace {

constexpr int kStatuses[] = {200, 200, 200, 201, 400, 401, 403, 404,
                             422, 429, 500, 503, 529, 302, 413, 402};

void take(const ChatReply& reply) {
  expect(reply.content.size() + reply.thinking.size() <= 1 << 20,
         "more text than a reply may have");
  expect(is_utf8(reply.content) && is_utf8(reply.thinking), "a torn reply");
  expect(one_line(reply.player.model) == reply.player.model,
         "a model's name that cannot be shown");
  expect(reply.player.model.size() <= 203, "a model's name without an end");
  expect(reply.usage.input_tokens >= 0 && reply.usage.output_tokens >= 0,
         "fewer tokens than none");
  std::string written = written_text(reply.content);
  expect(written_text(written) == written, "hidden characters are left");
  parse_reply(written, {});
}

void take(const ChatFailure& failure) {
  expect(failure.message.size() < 1000, "a failure is no sentence");
  expect(one_line(failure.message) == failure.message,
         "a failure that cannot be shown");
}

}  // namespace
}  // namespace simulate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto& providers = simulate::known_providers();
  simulate::HttpResponse response;
  response.status = simulate::kStatuses[data[0] % 16];
  response.headers["retry-after"] =
      simulate::one_line(simulate::bytes_of(data, size).substr(0, 20));
  response.body = simulate::bytes_of(data + 1, size - 1);
  std::visit([](const auto& outcome) { simulate::take(outcome); },
             simulate::read_reply(providers[data[0] / 16 % providers.size()],
                                  "model", response));
  return 0;
}
