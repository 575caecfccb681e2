// A plan of one persona and conversations that need no model, for tests of what
// the ledger does with them.
#pragma once

#include "simulator/base/hash.h"
#include "simulator/store/ledger.h"
#include "tests/conversation/plain_plan.h"

namespace simulate {

inline Wave small_wave() {
  Wave wave;
  wave.seed = 0xFFFFFFFFFFFFFFFFu;  // survives SQLite's signed integers
  Persona persona;
  persona.name = "Bo";
  persona.topics = {"boats"};
  wave.personas = {
      {"Bo", content_hash(to_text(persona.to_json())), persona.topics}};
  draw_lengths(wave);
  return wave;
}

inline Planned small_plan() {
  Planned planned;
  planned.opened = small_wave();
  Persona persona;
  persona.name = "Bo";
  persona.topics = {"boats"};
  planned.personas = {persona};
  for (int64_t place = 1; place <= 3; ++place) {
    planned.slots.push_back(plain_slot(*planned.opened, place, place));
  }
  return planned;
}

inline Message says(Speaker speaker, const std::string& content) {
  Message message;
  message.speaker = speaker;
  message.content = content;
  message.train = speaker == Speaker::assistant;
  return message;
}

inline Conversation small_conversation(const Slot& slot) {
  Conversation dialogue;
  dialogue.slot = slot;
  dialogue.language = "en";
  dialogue.assistant = "a:b";
  dialogue.prompts = "v1";
  dialogue.run_seed = small_wave().seed;
  dialogue.usage = {10, 5};
  dialogue.state.text = "state after " + std::to_string(slot.session);
  dialogue.transcript.ending = Ending::tester_left;
  auto& messages = dialogue.transcript.messages;
  messages = {says(Speaker::system, "s"), says(Speaker::tester, "hi")};
  Message call = says(Speaker::assistant, "");
  call.thinking = "t";
  call.original_thinking = "o";
  call.calls.push_back({"call00001", "f", Json{{"x", {1, 2}}}});
  call.calls.push_back({"call00002", "g", Json::object()});
  messages.push_back(call);
  for (int i = 0; i < 2; ++i) {
    Message result = says(Speaker::tool, "");
    result.result = {call.calls[i].id, call.calls[i].name, Json{{"ok", i == 0}},
                     i == 1};
    messages.push_back(result);
  }
  messages.push_back(says(Speaker::assistant, "hello"));
  Json one = {{"type", "object"}, {"properties", {{"x", {{"type", "array"}}}}}};
  dialogue.transcript.offer = {{{"g", "Does g.", "", Json::object()},
                                {"f", "Does f.", "", std::move(one)}},
                               3,
                               8};
  return dialogue;
}

inline RecordedReply small_reply(AttemptKey key, int seq) {
  RecordedReply reply;
  reply.key = key;
  reply.seq = seq;
  reply.request = "hash " + std::to_string(seq);
  reply.reply.content = "content " + std::to_string(seq);
  reply.reply.usage = {7, 3};
  return reply;
}

inline std::vector<std::string> apply(Ledger& ledger, Change change) {
  std::vector<Change*> changes = {&change};
  return ledger.apply(changes, true);
}

}  // namespace simulate
