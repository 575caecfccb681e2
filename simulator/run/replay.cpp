#include "simulator/run/replay.h"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>

#include "simulator/base/error.h"
#include "simulator/base/hash.h"
#include "simulator/conversation/conduct.h"
#include "simulator/conversation/recorded_servers.h"
#include "simulator/export/record.h"
#include "simulator/settings/stored_settings.h"
#include "simulator/transcript/render.h"

namespace simulate {

namespace {

// Answers with what was recorded, in order, whatever is asked; remembers where
// the questions began to differ.
class RecordedModel : public ChatModel {
 public:
  explicit RecordedModel(std::vector<RecordedReply> past)
      : past_(std::move(past)) {}

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override {
    if (next_ == past_.size()) {
      ran_out_ = true;
      ChatFailure failure;
      failure.fault = ChatFault::stopped;
      failure.message = "no further reply was recorded";
      co_return failure;
    }
    const RecordedReply& past = past_[next_++];
    if (first_other_ == 0 && past.request != request_hash(request)) {
      first_other_ = next_;
    }
    ChatReply reply = past.reply;
    reply.verdict = verdict_on(past_, next_ - 1);
    co_return reply;
  }

  bool ran_out() const { return ran_out_; }
  size_t left_over() const { return past_.size() - next_; }
  size_t first_other() const { return first_other_; }  // from 1; 0: none

 private:
  std::vector<RecordedReply> past_;
  size_t next_ = 0;
  size_t first_other_ = 0;
  bool ran_out_ = false;
};

std::string name_of(AttemptKey key) {
  return conversation_id(key.slot) + ", attempt " + std::to_string(key.attempt);
}

// "message 3", the first one in which they differ; empty when none does.
std::string first_difference(const Transcript& was, const Transcript& is) {
  size_t both = std::min(was.messages.size(), is.messages.size());
  for (size_t i = 0; i < both; ++i) {
    if (message_text(was.messages[i], ToolSyntax::json, Thinking::shown) !=
        message_text(is.messages[i], ToolSyntax::json, Thinking::shown)) {
      return "message " + std::to_string(i + 1);
    }
  }
  if (was.messages.size() == is.messages.size()) return "";
  return "message " + std::to_string(both + 1);
}

}  // namespace

struct Replay::PlayedAttempt {
  std::optional<Conversation> conversation;
  std::optional<AttemptFailure> failure;
  std::exception_ptr fatal;
  bool ran_out = false;
  size_t left_over = 0;
  size_t first_other = 0;

  std::string text() const {
    if (conversation) return "a conversation";
    return "a failure (" + failure->reason() + ": " + failure->what() + ")";
  }
};

Replay::Replay(LedgerReader& reader, std::vector<ToolGroup> shipped, Emit emit,
               Differs differs)
    : reader_(reader),
      shipped_(std::move(shipped)),
      emit_(std::move(emit)),
      differs_(std::move(differs)) {}

ReplayCounts Replay::run() {
  int64_t kept = reader_.records();
  for (int64_t number = 1; number <= kept; ++number) {
    unless_damaged("saved conversation number " + std::to_string(number),
                   [&] { replay_kept(number); });
  }
  constexpr int kAtOnce = 256;
  AttemptKey last{0, 0};
  while (true) {
    std::vector<AttemptRow> attempts = reader_.attempts_after(last, kAtOnce);
    if (attempts.empty()) return counts_;
    last = attempts.back().key;
    for (const AttemptRow& attempt : attempts) {
      unless_damaged(name_of(attempt.key), [&] { replay_other(attempt); });
    }
  }
}

// What is not what was saved differs, whatever it would give.
void Replay::unless_damaged(const std::string& name,
                            const std::function<void()>& work) {
  try {
    work();
  } catch (const DamagedRow& damage) {
    ++counts_.different;
    differs_(name + ": " + damage.what());
  }
}

void Replay::replay_kept(int64_t commit_no) {
  ++counts_.conversations;
  Conversation kept = reader_.conversation(commit_no);
  AttemptKey key{kept.slot.number, kept.attempt};
  int64_t version = reader_.version_of(key);
  if (inputs(version).conduct != kConduct) {
    render_kept(commit_no, kept);
    return;
  }
  PlayedAttempt outcome = play(key, version);
  if (!outcome.conversation) {
    report(key, "was kept, now gives " + outcome.text());
    return;
  }
  outcome.conversation->run_seed = kept.run_seed;
  compare(commit_no, kept, outcome);
}

// The program of today would ask other questions of it: it stands as it was
// said.
void Replay::render_kept(int64_t commit_no, const Conversation& kept) {
  ++counts_.of_older_conduct;
  std::string record = render_record(kept, reader_.syntax());
  emit_(record);
  if (is_record_of(commit_no, kept, record)) return;
  report({kept.slot.number, kept.attempt}, "gives another record");
}

// Of a record that an older version of the program rendered there is only its
// conversation to compare with.
bool Replay::is_record_of(int64_t commit_no, const Conversation& kept,
                          const std::string& record) {
  if (reader_.record_version_of(commit_no) != kRecordVersion) {
    return record == render_record(kept, reader_.syntax());
  }
  return content_hash(record) == reader_.known_record(commit_no).hash;
}

void Replay::compare(int64_t commit_no, const Conversation& kept,
                     PlayedAttempt& outcome) {
  const Conversation& now = *outcome.conversation;
  std::string record = render_record(now, reader_.syntax());
  emit_(record);
  AttemptKey key{kept.slot.number, kept.attempt};
  ToolState state =
      reader_.state_before(kept.slot.storyline, kept.slot.session + 1);
  std::string what;
  if (outcome.first_other > 0) {
    what = "asks another question for its reply " +
           std::to_string(outcome.first_other);
  } else if (outcome.left_over > 0) {
    what = "leaves " + std::to_string(outcome.left_over) +
           " recorded replies unused";
  } else if (!is_record_of(commit_no, kept, record)) {
    what = "gives another record";
  } else if (now.state.text != state.text ||
             now.state.servers.text != state.servers.text) {
    what = "leaves another tool state";
  }
  if (what.empty()) return;
  std::string where = first_difference(kept.transcript, now.transcript);
  report(key, what + (where.empty() ? "" : "; it differs from " + where));
}

void Replay::replay_other(const AttemptRow& attempt) {
  if (attempt.status == "kept") return;
  if (attempt.status == "outdated" || attempt.status == "superseded") {
    ++counts_.of_old_settings;
    return;
  }
  if (inputs(attempt.version).conduct != kConduct) {
    ++counts_.of_older_conduct;
    return;
  }
  ++counts_.other_attempts;
  PlayedAttempt outcome = play(attempt.key, attempt.version);
  // A server's refusal is no reply, so it is not recorded.
  bool ended_by_server = outcome.ran_out && attempt.reason == "refused";
  bool same =
      attempt.status == "failed"
          ? ended_by_server || (outcome.failure && !outcome.ran_out &&
                                outcome.failure->reason() == attempt.reason)
          : outcome.ran_out;
  if (same) return;
  report(attempt.key, "was " + attempt.status + " (" + attempt.reason +
                          "), now gives " + outcome.text());
}

void Replay::report(AttemptKey key, const std::string& what) {
  ++counts_.different;
  differs_(name_of(key) + ": " + what);
}

namespace {

asio::awaitable<void> play_to_end(Assignment plan, ChatModel& model,
                                  Toolbox& toolbox, RecordedServers& servers,
                                  std::optional<Conversation>& conversation,
                                  std::optional<AttemptFailure>& failure,
                                  std::exception_ptr& fatal) {
  try {
    conversation = co_await converse(std::move(plan), model, toolbox, &servers);
  } catch (const AttemptFailure& what) {
    failure = what;
  } catch (const Fatal&) {
    fatal = std::current_exception();
  } catch (const std::exception& what) {
    failure =
        AttemptFailure(AttemptFailure::Kind::failed, "internal", what.what());
  }
}

}  // namespace

Replay::PlayedAttempt Replay::play(AttemptKey key, int64_t version) {
  const VersionInputs& with = inputs(version);
  std::optional<Slot> slot = reader_.slot(key.slot);
  if (!slot) throw Fatal("the ledger has no slot " + std::to_string(key.slot));
  AttemptStart start = reader_.start_of(key);
  Assignment plan;
  plan.slot = *slot;
  plan.attempt = key.attempt;
  plan.persona = std::move(start.persona);
  plan.prompts = &with.prompts;
  if (with.rubric) plan.rubric = &*with.rubric;
  plan.settings = with.settings;
  plan.state = std::move(start.state);
  plan.past = std::move(start.past);
  plan.moment = std::move(start.moment);
  plan.moment.evidence = with.evidence.get();
  RecordedModel model(std::move(start.replies));
  RecordedServers servers(nullptr, nullptr, key, std::move(start.rounds));
  PlayedAttempt outcome;
  asio::io_context loop;
  asio::co_spawn(
      loop,
      play_to_end(std::move(plan), model, *with.toolbox, servers,
                  outcome.conversation, outcome.failure, outcome.fatal),
      asio::detached);
  loop.run();
  if (outcome.fatal) std::rethrow_exception(outcome.fatal);
  outcome.ran_out = model.ran_out() || servers.ran_out();
  outcome.left_over = model.left_over();
  outcome.first_other = model.first_other();
  return outcome;
}

const Replay::VersionInputs& Replay::inputs(int64_t version) {
  std::unique_ptr<VersionInputs>& known = inputs_[version];
  if (known) return *known;
  Settings settings = reader_.settings_of(version);
  PromptFiles files;
  for (const auto& [file, hash] : settings.prompts) {
    files[file] = reader_.text(hash);
  }
  auto made = std::make_unique<VersionInputs>();
  made->prompts = prompts_from(
      std::move(files), "of settings version " + std::to_string(version));
  made->settings = settings.conversation;
  made->conduct = settings.conduct;
  if (made->settings.judging != Judging::off) {
    made->rubric = rubric_from(reader_.text(settings.rubric_text), "rubric");
  }
  std::vector<ToolGroup> tools = reader_.tools_of(settings, shipped_);
  made->toolbox = std::make_unique<Toolbox>(tools);
  made->evidence = std::make_unique<Evidence>(tools);
  known = std::move(made);
  return *known;
}

}  // namespace simulate
