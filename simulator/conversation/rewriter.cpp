#include "simulator/conversation/rewriter.h"

#include <re2/re2.h>

#include <map>

#include "simulator/base/text.h"
#include "simulator/guards/rewrite_proof.h"
#include "simulator/guards/spoken_language.h"
#include "simulator/transcript/render.h"

namespace simulate {

namespace {

// What the rewriter wrote, by block number from 1.
using Blocks = std::map<size_t, std::string>;

guards::Thinker thinker_of(const DialogueState& dialogue) {
  return {dialogue.assignment.persona.language,
          dialogue.assignment.settings.assistant_name};
}

std::string block(size_t number, const std::string& text) {
  return "<block n=\"" + std::to_string(number) + "\">" + text + "</block>";
}

// The messages whose thinking has something to clean, by block number from 1.
std::map<size_t, Message*> blocks_of(DialogueState& dialogue, Rewrite scope) {
  std::map<size_t, Message*> blocks;
  guards::Thinker thinker = thinker_of(dialogue);
  auto& messages = dialogue.transcript.messages;
  size_t first = 0;
  for (size_t i = 0; scope == Rewrite::turn && i < messages.size(); ++i) {
    if (messages[i].speaker == Speaker::tester) first = i;
  }
  for (size_t i = first; i < messages.size(); ++i) {
    const std::string& thinking = messages[i].thinking;
    if (!thinking.empty() && !guards::is_clean(thinking, thinker)) {
      blocks[blocks.size() + 1] = &messages[i];
    }
  }
  return blocks;
}

std::string conversation_with_blocks(const DialogueState& dialogue,
                                     const std::map<size_t, Message*>& blocks) {
  std::string text;
  auto next = blocks.begin();
  for (const Message& message : dialogue.transcript.messages) {
    switch (message.speaker) {
      case Speaker::system:
        break;
      case Speaker::tester:
        text += "Person: " + message.content + "\n\n";
        break;
      case Speaker::tool:
        text += message_text(message, dialogue.assignment.settings.tool_syntax,
                             Thinking::hidden) +
                "\n\n";
        break;
      case Speaker::assistant:
        if (next != blocks.end() && next->second == &message) {
          text += block(next->first, message.thinking) + '\n';
          ++next;
        }
        text += dialogue.assignment.settings.assistant_name + ": " +
                message_text(message, dialogue.assignment.settings.tool_syntax,
                             Thinking::hidden) +
                "\n\n";
    }
  }
  return text;
}

Blocks read_blocks(const std::string& reply) {
  static const RE2 pattern(R"re((?s)<block n="?(\d{1,6})"?>(.*?)</block>)re");
  Blocks blocks;
  size_t thought = reply.rfind("</think>");  // drafts are not the answer
  re2::StringPiece rest(reply);
  if (thought != std::string::npos) rest.remove_prefix(thought);
  int number = 0;
  std::string text;
  while (RE2::FindAndConsume(&rest, pattern, &number, &text)) {
    blocks.emplace(static_cast<size_t>(number), trimmed(text));
  }
  return blocks;
}

ChatRequest request_for(const DialogueState& dialogue,
                        const std::map<size_t, Message*>& blocks) {
  ChatRequest request;
  request.role = Role::rewriter;
  request.sampling = dialogue.assignment.settings.rewriter;
  request.messages.push_back(
      {Speaker::system, dialogue.assignment.prompts->rewriter});
  request.messages.push_back(
      {Speaker::tester,
       "The conversation, with the blocks in their places:\n\n" +
           conversation_with_blocks(dialogue, blocks) + "Write the blocks " +
           block(1, "...") + " to " + block(blocks.size(), "...") + " again."});
  if (dialogue.assignment.settings.scripted) {
    request.scene = {{"blocks", blocks.size()}};
  }
  return request;
}

// Puts the rewrite in the thought's place if it passes its proof.
void take_over(DialogueState& dialogue, const guards::Heard& heard,
               const std::string& text, Message& message) {
  guards::Rewriting rewriting = {message.thinking, text, heard,
                                 thinker_of(dialogue)};
  bool same_language =
      guards::other_language_in(text, rewriting.thinker.language).empty();
  if (!same_language || !guards::rewrite_fault(rewriting).empty()) {
    ++dialogue.thoughts_refused;
  } else if (message.thinking != text) {
    message.original_thinking = std::exchange(message.thinking, text);
  }
}

// A thought is judged by what stands before it, and by nothing that follows.
void take_over_all(DialogueState& dialogue,
                   const std::map<size_t, Message*>& blocks,
                   const Blocks& rewritten) {
  guards::Heard heard(thinker_of(dialogue).language);
  auto next = blocks.begin();
  for (Message& message : dialogue.transcript.messages) {
    std::string thought = message.thinking;
    if (next != blocks.end() && next->second == &message) {
      auto text = rewritten.find(next->first);
      if (text != rewritten.end()) {
        take_over(dialogue, heard, text->second, message);
      }
      ++next;
    }
    heard.add(thought);
    heard.add(message_text(message, dialogue.assignment.settings.tool_syntax,
                           Thinking::hidden));
  }
}

}  // namespace

// A rewriter that does not answer as asked costs its own calls and nothing
// else: the original thoughts are good enough to keep the conversation.
asio::awaitable<void> rewrite_thinking(DialogueState& dialogue, Rewrite scope) {
  std::map<size_t, Message*> blocks = blocks_of(dialogue, scope);
  if (blocks.empty()) co_return;
  ChatRequest request = request_for(dialogue, blocks);
  Hearing<Blocks> hearing;
  hearing.read = [](const ChatReply& reply) {
    return read_blocks(reply.content);
  };
  hearing.judge = [](const Blocks& read) -> std::optional<Rejection> {
    if (!read.empty()) return std::nullopt;
    return Rejection{"no_blocks",
                     "Answer with the blocks and nothing else, each as <block "
                     "n=\"1\">...</block>."};
  };
  hearing.goes_on_without = true;
  try {
    Blocks rewritten =
        co_await ask(dialogue, std::move(request), std::move(hearing));
    take_over_all(dialogue, blocks, rewritten);
  } catch (const AttemptFailure& failure) {
    if (failure.kind() != AttemptFailure::Kind::failed) throw;
  }
}

}  // namespace simulate
