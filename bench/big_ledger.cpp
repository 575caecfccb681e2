// Makes a finished run of the program longer, through the library, with short
// conversations: what a run of a million leaves behind, without the nights.
//
//   big_ledger RUN.json CONVERSATIONS
//
// RUN.json was begun by the program itself, so that its settings, prompts and
// personas are the program's own and it goes on as if it had made them all.
#include <cstdio>
#include <cstdlib>

#include "simulator/run/schedule.h"
#include "simulator/store/ledger.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {
namespace {

constexpr int kReplies = 6;
constexpr size_t kChangesAtOnce = 20'000;  // of one transaction
constexpr const char* kProvider = "offline";

std::string some_text(const Slot& slot, int number) {
  return "What was said as number " + std::to_string(number) + " about " +
         slot.topic + ", by or to " + slot.persona + ", who is " + slot.mood +
         " and likes it " + slot.style + " in storyline " +
         std::to_string(slot.storyline) + ".";
}

Message message_of(Speaker speaker, const Slot& slot, int number) {
  Message message;
  message.speaker = speaker;
  message.content = some_text(slot, number);
  message.train = speaker == Speaker::assistant;
  return message;
}

std::vector<Message> messages_of(const Slot& slot) {
  std::vector<Message> messages = {message_of(Speaker::system, slot, 0),
                                   message_of(Speaker::tester, slot, 1)};
  Message call = message_of(Speaker::assistant, slot, 2);
  call.thinking = some_text(slot, 3);
  Json noted = Json::array({slot.topic});
  call.calls.push_back({"call00001", "add_memory", {{"input_text", noted}}});
  messages.push_back(call);
  Message result = message_of(Speaker::tool, slot, 0);
  result.content.clear();
  result.result.call_id = "call00001";
  result.result.name = "add_memory";
  result.result.body = {{"stored", noted}};
  messages.push_back(result);
  messages.push_back(message_of(Speaker::assistant, slot, 4));
  messages.push_back(message_of(Speaker::tester, slot, 5));
  messages.push_back(message_of(Speaker::assistant, slot, 6));
  return messages;
}

Conversation conversation_of(const Slot& slot, uint64_t seed,
                             const ToolState& state) {
  Conversation dialogue;
  dialogue.slot = slot;
  dialogue.transcript.messages = messages_of(slot);
  dialogue.state = state;
  dialogue.language = "en";
  dialogue.assistant = dialogue.tester = dialogue.rewriter = "offline:script-1";
  dialogue.prompts = "bench";
  dialogue.run_seed = seed;
  dialogue.usage = {600, 120};
  return dialogue;
}

RecordedReply reply_of(const Slot& slot, int seq) {
  RecordedReply reply;
  reply.key = {slot.number, 1};
  reply.seq = seq;
  reply.role = seq % 2 == 0 ? Role::tester : Role::assistant;
  reply.request = "0123456789abcdef";
  reply.reply.content = some_text(slot, seq);
  reply.reply.player = {kProvider, "script-1"};
  reply.reply.usage = {100, 20};
  return reply;
}

PlanSettings plan_of(const Wave& wave) {
  PlanSettings plan;
  plan.seed = wave.seed;
  plan.sessions = wave.sessions;
  plan.turns = wave.turns;
  plan.tester_variants = wave.tester_variants;
  plan.assistant_variants = wave.assistant_variants;
  return plan;
}

class Growth {
 public:
  explicit Growth(const std::filesystem::path& output)
      : ledger_(ledger_of(output), ToolSyntax::python),
        reader_(ledger_of(output)),
        file_(output),
        version_(reader_.latest_settings().value().version) {
    file_.reconcile(reader_);
  }

  // The plan is drawn as the program draws it.
  void reach(int64_t conversations) {
    PlanSoFar plan = reader_.plan_so_far();
    plan.open.clear();
    int64_t planned = plan.counters.planned_places;
    Wave wave = reader_.wave(1).value();
    seed_ = wave.seed;
    state_ = reader_.state_before(/*storyline=*/1, /*session=*/2);
    Schedule schedule(conversations, plan_of(wave), wave.personas,
                      reader_.latest_situations(), std::move(plan));
    while (planned < conversations) {
      Schedule::Block block = schedule.draw_block(/*at_once=*/1);
      planned += static_cast<int64_t>(block.slots.size());
      put(std::move(block));
      if (changes_.size() >= kChangesAtOnce) flush();
    }
    flush();
  }

 private:
  static std::filesystem::path ledger_of(std::filesystem::path output) {
    return output.replace_extension(".db");
  }

  void put(Schedule::Block block) {
    changes_.push_back(Planned{block.opened, {}, block.slots});
    for (const Slot& slot : block.slots) {
      changes_.push_back(
          AttemptBegun{{slot.number, 1}, version_, slot.storyline, kProvider});
      for (int seq = 0; seq < kReplies; ++seq) {
        changes_.push_back(reply_of(slot, seq));
      }
      changes_.push_back(conversation_of(slot, seed_, state_));
    }
  }

  void flush() {
    std::vector<Change*> changes;
    for (Change& change : changes_) changes.push_back(&change);
    file_.append(ledger_.apply(changes, /*durable=*/false));
    changes_.clear();
  }

  Ledger ledger_;
  LedgerReader reader_;
  TrainingFile file_;
  int64_t version_;
  uint64_t seed_ = 1;
  ToolState state_;  // one that the tools can read
  std::vector<Change> changes_;
};

}  // namespace
}  // namespace simulate

int main(int count, char** words) {
  if (count != 3) {
    std::fprintf(stderr, "usage: big_ledger RUN.json CONVERSATIONS\n");
    return 2;
  }
  try {
    simulate::Growth growth(words[1]);
    growth.reach(std::strtoll(words[2], nullptr, 10));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "big_ledger: %s\n", error.what());
    return 1;
  }
}
