#include "simulator/conversation/recorded_servers.h"

#include <utility>

#include "simulator/base/hash.h"
#include "simulator/conversation/dialogue.h"

namespace simulate {

namespace {

// A round without calls is the end of the conversation.
std::string question_of(const std::vector<ToolCall>& calls) {
  Json all = Json::array();
  for (const ToolCall& call : calls) {
    all.push_back({call.id, call.name, call.arguments});
  }
  return short_hash(to_text(all));
}

}  // namespace

RecordedServers::RecordedServers(ToolServers* next, RoundLog* log,
                                 AttemptKey key,
                                 std::vector<RecordedRound> past)
    : next_(next), log_(log), key_(key), past_(std::move(past)) {}

std::string RecordedServers::name() const {
  return "c" + std::to_string(key_.slot) + "_" + std::to_string(key_.attempt);
}

asio::awaitable<ServedRound> RecordedServers::run(ServerState before,
                                                  std::vector<ToolCall> calls) {
  std::string question = question_of(calls);
  return take(std::move(question), std::move(before), std::move(calls));
}

asio::awaitable<ServerState> RecordedServers::leave(ServerState last) {
  if (seq_ == 0) co_return last;
  auto end = take(question_of({}), std::move(last), {});
  ServedRound round = co_await std::move(end);
  asked_ = false;
  co_return std::move(round.state);
}

asio::awaitable<void> RecordedServers::forget() {
  if (!asked_) co_return;
  asked_ = false;
  auto end = next_->leave(name(), {});
  try {
    co_await std::move(end);
  } catch (const std::exception&) {
    // What made the attempt fail is what has to be told.
  }
}

asio::awaitable<ServedRound> RecordedServers::take(
    std::string question, ServerState before, std::vector<ToolCall> calls) {
  RecordedRound round;
  round.key = key_;
  round.seq = seq_++;
  round.question = std::move(question);
  if (static_cast<size_t>(round.seq) < past_.size()) {
    RecordedRound& past = past_[static_cast<size_t>(round.seq)];
    if (past.question != round.question) {
      throw AttemptFailure(
          AttemptFailure::Kind::outdated, "outdated",
          "the recorded results of its tools answer other calls");
    }
    if (!past.new_state) past.answer.state = std::move(before);
    co_return std::move(past.answer);
  }
  auto question_put = ask(before, std::move(calls));
  round.answer = co_await std::move(question_put);
  round.new_state = round.answer.state.text != before.text;
  ServedRound answer = round.answer;
  if (log_) {
    auto keep = log_->keep(std::move(round));
    co_await std::move(keep);
  }
  co_return answer;
}

asio::awaitable<ServedRound> RecordedServers::ask(ServerState before,
                                                  std::vector<ToolCall> calls) {
  if (!next_) {
    ran_out_ = true;
    throw AttemptFailure(AttemptFailure::Kind::parked, "unavailable",
                         "no further result of its tools was recorded");
  }
  asked_ = true;
  ServedRound answer;
  if (calls.empty()) {
    auto end = next_->leave(name(), std::move(before));
    answer.state = co_await std::move(end);
  } else {
    auto work = next_->run(name(), std::move(before), std::move(calls));
    answer = co_await std::move(work);
  }
  if (next_->stopped()) {
    throw AttemptFailure(AttemptFailure::Kind::parked, "unavailable",
                         "the run was stopped while a tool was at work");
  }
  co_return answer;
}

}  // namespace simulate
