#include "simulator/conversation/rewriter.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>

#include "simulator/base/text.h"
#include "simulator/calls/special_tokens.h"
#include "simulator/conversation/checks.h"
#include "simulator/transcript/render.h"

namespace simulate {

namespace {

// What the rewriter wrote, by block number from 1.
using Blocks = std::map<size_t, std::string>;

std::multiset<std::string> all_matches(const std::string& text,
                                       const RE2& pattern) {
  std::multiset<std::string> found;
  re2::StringPiece rest(text);
  std::string match;
  while (RE2::FindAndConsume(&rest, pattern, &match)) found.insert(match);
  return found;
}

// Names are words with a capital inside a sentence; at its start any word has
// one, and "I" is none.
std::set<std::string> names_in(const std::string& text) {
  static const RE2 pattern(
      R"([^.!?:\s"'(]["'(]?[ \n]+["'(]?(\p{Lu}[\p{L}\p{N}_-]+))");
  auto found = all_matches(text, pattern);
  return {found.begin(), found.end()};
}

std::set<std::string> words_in(const std::string& text) {
  static const RE2 pattern(R"(([\p{L}\p{N}_-]+))");
  auto found = all_matches(text, pattern);
  return {found.begin(), found.end()};
}

std::string lost_name(const std::string& from, const std::string& to) {
  std::set<std::string> words = words_in(to);
  for (const std::string& name : names_in(from)) {
    if (words.count(name) == 0) return name;
  }
  return "";
}

std::string block(size_t number, const std::string& text) {
  return "<block n=\"" + std::to_string(number) + "\">" + text + "</block>";
}

// The messages whose thinking is to be rewritten, by block number from 1.
std::map<size_t, Message*> blocks_of(DialogueState& dialogue, Rewrite scope) {
  std::map<size_t, Message*> blocks;
  auto& messages = dialogue.transcript.messages;
  size_t first = 0;
  for (size_t i = 0; scope == Rewrite::turn && i < messages.size(); ++i) {
    if (messages[i].speaker == Speaker::tester) first = i;
  }
  for (size_t i = first; i < messages.size(); ++i) {
    if (!messages[i].thinking.empty()) {
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
        text += "Ada: " +
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

// Replaces the thoughts whose rewrite passes its proof.
void take_over(DialogueState& dialogue,
               const std::map<size_t, Message*>& blocks,
               const Blocks& rewritten) {
  for (const auto& [number, text] : rewritten) {
    auto found = blocks.find(number);
    if (found == blocks.end()) continue;
    Message& message = *found->second;
    if (message.thinking == text) continue;
    if (!rewrite_fault(message.thinking, text).empty()) {
      ++dialogue.thoughts_refused;
      continue;
    }
    message.original_thinking = std::exchange(message.thinking, text);
  }
}

}  // namespace

std::string rewrite_fault(const std::string& original,
                          const std::string& rewritten) {
  static const RE2 number(R"((\d+(?:[.,:]\d+)*))");
  static const RE2 identifier(R"(\b([a-z]+(?:_[a-z]+)+)\b)");
  if (trimmed(rewritten).empty()) return "it is empty";
  if (has_tags(rewritten) || contains(rewritten, "<block"))
    return "it has tags";
  if (has_special_tokens(rewritten)) return "it has special tokens";
  if (rewritten.size() > 3 * original.size() + 200) return "it is far longer";
  if (all_matches(original, number) != all_matches(rewritten, number)) {
    return "its numbers differ";
  }
  if (all_matches(original, identifier) != all_matches(rewritten, identifier)) {
    return "its tools differ";
  }
  std::string lost = lost_name(original, rewritten);
  if (!lost.empty()) return "it drops the name " + lost;
  std::string added = lost_name(rewritten, original);
  if (!added.empty()) return "it adds the name " + added;
  return "";
}

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
    take_over(dialogue, blocks, rewritten);
  } catch (const AttemptFailure& failure) {
    if (failure.kind() != AttemptFailure::Kind::failed) throw;
  }
}

}  // namespace simulate
