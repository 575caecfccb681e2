#include "simulator/models/recorded.h"

#include "simulator/base/hash.h"
#include "simulator/models/text_messages.h"

namespace simulate {

std::string request_hash(const ChatRequest& request) {
  std::string bytes = role_name(request.role);
  bytes += '\n' + std::to_string(request.seed) + '\n';
  for (const TextMessage& message : text_messages(request)) {
    bytes += std::to_string(static_cast<int>(message.from)) + ' ' +
             std::to_string(message.content.size()) + '\n';
    bytes += message.content;
  }
  if (request.answer_schema) bytes += to_text(*request.answer_schema);
  return short_hash(bytes);
}

Verdict verdict_on(const std::vector<RecordedReply>& past, size_t index) {
  Verdict verdict;
  if (index + 1 >= past.size()) return verdict;
  const RecordedReply& next = past[index + 1];
  verdict.is_known = true;
  if (!next.previous_rejection.empty()) {
    verdict.rejection = Rejection{next.previous_rejection, next.correction};
  }
  return verdict;
}

Recorded::Recorded(ChatModel& next, ReplyLog& log, AttemptKey key,
                   std::vector<RecordedReply> past)
    : next_(next), log_(log), key_(key), past_(std::move(past)) {}

asio::awaitable<ChatOutcome> Recorded::reply(const ChatRequest& request) {
  RecordedReply row;
  row.key = key_;
  row.seq = seq_++;
  row.role = request.role;
  row.request = request_hash(request);
  if (request.previous_rejection) {
    row.previous_rejection = request.previous_rejection->reason;
    row.correction = request.previous_rejection->correction;
  }
  auto index = static_cast<size_t>(row.seq);
  if (index < past_.size()) {
    if (past_[index].request == row.request) {
      ChatReply reply = past_[index].reply;
      if (request.on_text) request.on_text(reply.content);
      reply.verdict = verdict_on(past_, index);
      co_return reply;
    }
    ChatFailure failure;
    failure.fault = ChatFault::outdated;
    failure.message = "its recorded replies answer other prompts";
    co_return failure;
  }
  ChatOutcome outcome = co_await next_.reply(request);
  if (const auto* reply = std::get_if<ChatReply>(&outcome)) {
    row.reply = *reply;
    co_await log_.keep(std::move(row));
  }
  co_return outcome;
}

}  // namespace simulate
