#include "simulator/calls/reply_parser.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/bare_calls.h"
#include "simulator/calls/call_reader.h"
#include "simulator/calls/control_tokens.h"
#include "simulator/calls/pieces.h"
#include "simulator/calls/thought.h"

namespace simulate {

namespace {

constexpr size_t kMostCalls = 16;

constexpr const char* kCallInThinking =
    "A tool call inside your thinking was not run. Close the thinking with "
    "</think> first, then call the tool.";

// Where a call begins that ends the text; the text's size when none does.
size_t start_of_last_call(std::string_view text) {
  static const RE2 pattern(
      R"((?s)([\w\x80-\xFF][\w.\x80-\xFF]*\(.*\)|\{.*['"]name['"].*\})[\s\]]*\z)",
      RE2::Latin1);
  re2::StringPiece call;
  re2::StringPiece whole(text.data(), text.size());
  if (!RE2::PartialMatch(whole, pattern, &call)) return text.size();
  return static_cast<size_t>(call.data() - text.data());
}

// One walk over the tokens of a reply, each handled where it stands.
class ReplyReader {
 public:
  ReplyReader(std::string_view text, const std::vector<ToolSpec>& tools)
      : text_(text),
        tools_(tools),
        tokens_(text),
        reader_(text, tokens_, tools),
        end_of_words_(end_of_words()) {}

  ParsedReply read();

 private:
  size_t begin_of_words() const;
  size_t end_of_words() const;
  size_t read_words(size_t begin, size_t end);
  void add_piece(std::string_view piece);
  void end_piece(size_t end);
  size_t read_token(const ControlToken& token);
  size_t read_calls(const ControlToken& opener);
  size_t read_block(const ControlToken& opener);
  bool is_meant_to_close(const ControlToken& opener) const;
  size_t read_recipient(const ControlToken& header);
  size_t read_channel(const ControlToken& header);
  size_t read_thinking(const ControlToken& opener);
  size_t end_thinking(const ControlToken& closer);
  Thought think(size_t begin, size_t end);
  size_t drop_closer(const ControlToken& closer);
  size_t drop_result(const ControlToken& token);
  size_t drop_mention(const ControlToken& token);
  size_t drop_code_fence(size_t end);
  bool ends_turn(size_t from, const ControlToken& token) const;
  ParsedReply finished();

  std::string_view text_;
  const std::vector<ToolSpec>& tools_;
  ControlTokens tokens_;
  CallReader reader_;
  size_t end_of_words_;
  Pieces said_;             // what is outside of all tags
  size_t last_block_ = 0;   // how much of said_ stands before the last block
  size_t words_begin_ = 0;  // behind the last block, in the text
  bool spoke_ = false;
  std::string thinking_;
  bool thinking_closed_ = false;
  bool mentioned_call_ = false;  // while thinking
  bool channels_ = false;
  FoundCalls found_;
};

ParsedReply ReplyReader::read() {
  size_t at = begin_of_words();
  size_t next = at;
  while (const ControlToken* token = tokens_.from(next)) {
    if (token->kind == TokenKind::turn_end && !ends_turn(at, *token)) {
      next = token->end;
      continue;
    }
    at = next = read_words(at, token->at);
    if (at <= token->at) at = next = read_token(*token);
  }
  if (tokens_.searched_until() < text_.size()) {
    found_.faults.add("The reply holds too many tags to be read.");
  } else {
    read_words(at, text_.size());
  }
  return finished();
}

// Functionary's prompt ends with ">>>", so its reply begins behind that:
//   all
//   I look.>>>f
//   {"a": 1}
size_t ReplyReader::begin_of_words() const {
  static constexpr std::string_view kToAll = "all\n";
  bool more = tokens_.find(TokenKind::recipient, false, 0, text_.size());
  return more && text_.starts_with(kToAll) ? kToAll.size() : 0;
}

// Before the tokens that end the reply:
//   Hello.<|im_end|><|endoftext|>
size_t ReplyReader::end_of_words() const {
  size_t end = text_.size();
  while (const ControlToken* token = tokens_.last_before(end)) {
    bool last = trimmed(text_.substr(token->end, end - token->end)).empty();
    if (token->kind != TokenKind::turn_end || !last) break;
    end = token->at;
  }
  return end;
}

// What stands between tokens: words, and calls without tags:
//   I look. [f(a=1), g(b="x")]
// Returns where the text goes on: behind `end` when such a call has a token in
// one of its texts.
size_t ReplyReader::read_words(size_t begin, size_t end) {
  for (BareCalls& bare :
       find_bare_calls(text_, begin, end, tokens_, tools_, reader_)) {
    add_piece(text_.substr(begin, bare.begin - begin));
    if (!bare.found.calls.empty()) {
      found_.repairs.add_all(bare.found.repairs);
      found_.repairs.add("a call without tags");
    }
    for (ParsedCall& call : bare.found.calls) {
      found_.calls.push_back(std::move(call));
    }
    found_.faults.add_all(bare.found.faults);
    begin = bare.end;
  }
  if (begin <= end) add_piece(text_.substr(begin, end - begin));
  return std::max(begin, end);
}

void ReplyReader::add_piece(std::string_view piece) {
  said_.push_back(piece);
  if (!trimmed(piece).empty()) spoke_ = true;
}

// What was said so far stands before a block, which ends there.
void ReplyReader::end_piece(size_t end) {
  last_block_ = said_.size();
  words_begin_ = end;
}

size_t ReplyReader::read_token(const ControlToken& token) {
  switch (token.kind) {
    case TokenKind::think:  // <think>I look.</think>
      return token.closes ? end_thinking(token) : read_thinking(token);
    case TokenKind::channel:  // <|channel|>analysis<|message|>I look.<|end|>
      return read_channel(token);
    case TokenKind::recipient:  // >>>f, and {"a": 1} in the next line
      return read_recipient(token);
    case TokenKind::result:  // <tool_result>{"a": 1}</tool_result>
      return drop_result(token);
    case TokenKind::mention:  // I write `<tool_call>` before it.
      return drop_mention(token);
    case TokenKind::turn_end:  // <|eot_id|>
    case TokenKind::ignored:   // <|START_RESPONSE|>Hello.
      return token.end;
    default:  // <tool_call>f(a=1)</tool_call>
      return token.closes ? drop_closer(token) : read_calls(token);
  }
}

// Behind an opening tag or token.
size_t ReplyReader::read_calls(const ControlToken& opener) {
  size_t end = opener.end;
  switch (opener.kind) {
    case TokenKind::block:  // <tool_call>f(a=1)</tool_call>
      if (is_meant_to_close(opener)) {
        found_.repairs.add("a misspelt closing tag");
        return opener.end;
      }
      end = read_block(opener);
      break;
    case TokenKind::list:  // [TOOL_CALLS] [{"name": "f", "arguments": {}}]
      end = reader_.read_list(opener.end, text_.size(), found_);
      break;
    case TokenKind::tagged_call:  // <function=f><parameter=a>1</parameter>...
    case TokenKind::token_call:   // <|tool_call_begin|>f<|tool_sep|>{"a": 1}...
      end = reader_.read_list(opener.at, text_.size(), found_);
      break;
    default:
      break;
  }
  end = drop_code_fence(end);
  end_piece(end);
  return end;
}

// <tool_call>f(a=1)</tool_call>, also <tool_call>f(a=1)</think>. But what was
// said before the first tag may be thinking that the prompt opened:
//   I try <tool_call>f(a=1)</think>Hello.
size_t ReplyReader::read_block(const ControlToken& opener) {
  bool thinking_may_be_open = spoke_ && !thinking_closed_;
  return reader_.read_block(opener.end, text_.size(), !thinking_may_be_open,
                            found_);
}

// An opening tag right behind a call, with no other behind it:
//   <tool_call>f(a=1)</tool_call><tool_call>
bool ReplyReader::is_meant_to_close(const ControlToken& opener) const {
  bool behind_call = !found_.calls.empty() && last_block_ < said_.size() &&
                     trimmed(said_.back()).empty();
  if (!behind_call) return false;
  const ControlToken* next = tokens_.from(opener.end);
  size_t end = next ? next->at : text_.size();
  bool empty = trimmed(text_.substr(opener.end, end - opener.end)).empty();
  return empty && !next;
}

// >>>f and {"a": 1} in the next line, or harmony's
//   <|channel|>commentary to=functions.f<|message|>{"a": 1}<|call|>
// Functionary gives what it says to the recipient "all".
size_t ReplyReader::read_recipient(const ControlToken& header) {
  if (lowered(header.name) == "all") return header.end;
  size_t end =
      reader_.read_arguments_of(header.name, header.end, text_.size(), found_);
  end_piece(end);
  return end;
}

// Harmony: what is in the channel "analysis" is thought, up to the next header
// or the end of the message:
//   <|channel|>analysis<|message|>I look.<|end|>
size_t ReplyReader::read_channel(const ControlToken& header) {
  channels_ = true;
  if (lowered(header.name) != "analysis") return header.end;
  size_t end = text_.size();
  for (TokenKind kind :
       {TokenKind::turn_end, TokenKind::channel, TokenKind::recipient}) {
    const ControlToken* next = tokens_.find(kind, false, header.end, end);
    if (next) end = next->at;
  }
  think(header.end, end);
  end_piece(end);
  thinking_closed_ = true;
  const ControlToken* next = tokens_.at(end);
  bool ended = next && next->kind == TokenKind::turn_end;
  return ended ? next->end : end;
}

// <think>I look.</think>
size_t ReplyReader::read_thinking(const ControlToken& opener) {
  const ControlToken* closer =
      tokens_.find(TokenKind::think, true, opener.end, text_.size());
  size_t end = closer != nullptr ? closer->at : text_.size();
  Thought thought = think(opener.end, end);
  if (closer == nullptr) {
    end_piece(end);
    found_.faults.add(
        "The thinking was never closed with </think>, so there is no answer.");
    return end;
  }
  end_piece(closer->end);
  thinking_closed_ = true;
  mentioned_call_ |= thought.mentions_call;
  if (thought.calls) found_.faults.add(kCallInThinking);
  return closer->end;
}

// I look.</think>Hello.
// Chat templates open the thinking in the prompt, so the reply may only close
// it. Then all that came before was thought, not said or done.
size_t ReplyReader::end_thinking(const ControlToken& closer) {
  if (!thinking_closed_) {
    last_block_ = words_begin_ = 0;
    bool called = !found_.calls.empty();
    found_ = {};
    if (called) found_.faults.add(kCallInThinking);
  }
  thinking_closed_ = true;
  said_.resize(last_block_);
  think(words_begin_, closer.at);
  end_piece(closer.end);
  return closer.end;
}

Thought ReplyReader::think(size_t begin, size_t end) {
  Thought thought = read_thought(text_, tokens_, begin, end, reader_);
  if (!thought.text.empty() && !thinking_.empty()) thinking_ += "\n\n";
  thinking_ += thought.text;
  return thought;
}

// Sure. f(a=1)</tool_call>
size_t ReplyReader::drop_closer(const ControlToken& closer) {
  std::string_view before = said_.back();
  size_t call = start_of_last_call(before);
  if (closer.kind == TokenKind::block && call < before.size()) {
    said_.back() = before.substr(0, call);
    found_.faults.add(
        "A call before </tool_call> was not run, because the opening "
        "<tool_call> is missing.");
  }
  return closer.end;
}

// <tool_result>{"a": 1}</tool_result>
size_t ReplyReader::drop_result(const ControlToken& token) {
  found_.faults.add(
      "You wrote a <tool_result> yourself; only the system writes results.");
  if (token.closes) return token.end;
  const ControlToken* closer =
      tokens_.find(TokenKind::result, true, token.end, text_.size());
  if (closer != nullptr) return closer->end;
  const ControlToken* next = tokens_.from(token.end);
  return next != nullptr ? next->at : text_.size();
}

// I put calls inside `<tool_call>` tags.
size_t ReplyReader::drop_mention(const ControlToken& token) {
  found_.faults.add("What you say has a tag in it, which was cut out: " +
                    std::string(text_.substr(token.at, token.end - token.at)) +
                    ". Nobody may see the tags.");
  return token.end;
}

// Behind a call, in Harmony and where nothing but its like follows, it says
// nothing. Elsewhere it is text, for whoever checks what may be shown.
bool ReplyReader::ends_turn(size_t from, const ControlToken& token) const {
  if (token.at >= end_of_words_) return true;
  bool behind_call = !found_.calls.empty() &&
                     trimmed(text_.substr(from, token.at - from)).empty();
  return behind_call || channels_;
}

// A code fence around calls goes with them. `end` is where the text goes on.
size_t ReplyReader::drop_code_fence(size_t end) {
  static const RE2 behind(R"(\s*(?:```|`))", RE2::Latin1);
  re2::StringPiece rest(text_.data() + end, text_.size() - end);
  size_t length = rest.size();
  if (said_.empty() || !RE2::Consume(&rest, behind)) return end;
  std::string_view said = trimmed(said_.back());
  size_t fence = said.rfind("```");
  size_t tick =
      said.size() > 0 && said.back() == '`' ? said.size() - 1 : said.npos;
  size_t cut =
      fence != said.npos && said.find('\n', fence) == said.npos ? fence : tick;
  if (cut == said.npos) return end;
  said_.back() = said.substr(0, cut);
  return end + (length - rest.size());
}

ParsedReply ReplyReader::finished() {
  ParsedReply reply;
  reply.thinking = std::move(thinking_);
  reply.content = joined_pieces(said_);
  reply.calls = std::move(found_.calls);
  // Who does nothing else has meant it.
  bool nothing = reply.content.empty() && reply.calls.empty();
  if (mentioned_call_ && nothing) found_.faults.add(kCallInThinking);
  if (reply.calls.size() > kMostCalls) {
    found_.faults.add(
        "A reply may hold " + std::to_string(kMostCalls) + " calls; the last " +
        std::to_string(reply.calls.size() - kMostCalls) + " were not run.");
    reply.calls.resize(kMostCalls);
  }
  for (const std::string& fault : found_.faults.take()) {
    reply.faults.push_back(one_line(fault));
  }
  reply.repairs = found_.repairs.take();
  return reply;
}

}  // namespace

ParsedReply parse_reply(std::string_view text,
                        const std::vector<ToolSpec>& tools) {
  return ReplyReader(text, tools).read();
}

}  // namespace simulate
