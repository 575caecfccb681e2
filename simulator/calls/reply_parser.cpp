#include "simulator/calls/reply_parser.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/calls/bare_calls.h"
#include "simulator/calls/call_reader.h"
#include "simulator/calls/control_tokens.h"

namespace simulate {

namespace {

constexpr size_t kMostCalls = 16;

constexpr const char* kCallInThinking =
    "A tool call inside your thinking was not run. Close the thinking with "
    "</think> first, then call the tool.";

using Pieces = std::vector<std::string_view>;

// Pieces never touch, or two harmless ones could make a tag.
std::string joined_pieces(const Pieces& pieces, size_t from = 0) {
  std::string result;
  for (size_t i = from; i < pieces.size(); ++i) {
    std::string_view piece = trimmed(pieces[i]);
    if (piece.empty()) continue;
    if (!result.empty()) result += "\n\n";
    result += piece;
  }
  return result;
}

// As they stood, with a space where they would touch.
std::string spaced_pieces(const Pieces& pieces) {
  static constexpr std::string_view kBlank = " \n";
  std::string result;
  for (std::string_view piece : pieces) {
    if (piece.empty()) continue;
    bool apart = result.empty() ||
                 contains(kBlank, result.substr(result.size() - 1)) ||
                 contains(kBlank, piece.substr(0, 1));
    if (!apart) result += ' ';
    result += piece;
  }
  return result;
}

// Where a call begins that ends the text; the text's size when none does.
size_t start_of_last_call(std::string_view text) {
  static const RE2 pattern(
      R"((?s)(\w[\w.]*\(.*\)|\{.*['"]name['"].*\})[\s\]]*\z)", RE2::Latin1);
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
  size_t say(size_t begin, size_t end);
  void add_piece(std::string_view piece);
  size_t follow(const ControlToken& token);
  size_t follow_opener(const ControlToken& token);
  size_t read_thinking(const ControlToken& opener);
  size_t end_thinking(const ControlToken& closer);
  size_t read_channel(const ControlToken& header);
  size_t read_recipient(const ControlToken& header);
  size_t read_block(const ControlToken& opener);
  bool is_meant_to_close(const ControlToken& opener) const;
  size_t drop_closer(const ControlToken& closer);
  size_t drop_result(const ControlToken& token);
  size_t drop_mention(const ControlToken& token);
  size_t end_of_words() const;
  bool ends_turn(size_t from, const ControlToken& token) const;
  size_t unwrap(size_t end);
  void think(size_t begin, size_t end);
  void look_for_calls(size_t begin, size_t end);
  void add_thought(std::string_view thought);
  ParsedReply finished();

  std::string_view text_;
  const std::vector<ToolSpec>& tools_;
  ControlTokens tokens_;
  CallReader reader_;
  size_t end_of_words_;
  Pieces said_;            // what is outside of all tags
  size_t last_block_ = 0;  // how much of said_ stands before the last block
  bool spoke_ = false;
  std::string thinking_;
  bool thinking_closed_ = false;
  bool mentioned_call_ = false;  // while thinking
  bool channels_ = false;
  FoundCalls found_;
  RemarkList mentions_;  // faults, unless they turn out to be thought
};

ParsedReply ReplyReader::read() {
  size_t at = 0;
  size_t next = 0;
  while (const ControlToken* token = tokens_.from(next)) {
    if (token->kind == TokenKind::turn_end && !ends_turn(at, *token)) {
      next = token->end;
      continue;
    }
    at = next = say(at, token->at);
    if (at <= token->at) at = next = follow(*token);
  }
  if (tokens_.searched_until() < text_.size()) {
    found_.faults.add("The reply holds too many tags to be read.");
  } else {
    say(at, text_.size());
  }
  return finished();
}

// Returns where the text goes on: behind `end` when a call without tags has a
// token in one of its texts.
size_t ReplyReader::say(size_t begin, size_t end) {
  auto bare = find_bare_calls(text_, begin, end, tools_, reader_);
  for (BareCall& call : bare) {
    add_piece(text_.substr(begin, call.begin - begin));
    found_.calls.push_back(std::move(call.call));
    found_.repairs.add_all(call.repairs);
    found_.repairs.add("a call without tags");
    begin = call.end;
  }
  if (begin <= end) add_piece(text_.substr(begin, end - begin));
  return std::max(begin, end);
}

void ReplyReader::add_piece(std::string_view piece) {
  said_.push_back(piece);
  if (!trimmed(piece).empty()) spoke_ = true;
}

size_t ReplyReader::follow(const ControlToken& token) {
  switch (token.kind) {
    case TokenKind::think:
      return token.closes ? end_thinking(token) : read_thinking(token);
    case TokenKind::channel:
      return read_channel(token);
    case TokenKind::recipient:
      return read_recipient(token);
    case TokenKind::result:
      return drop_result(token);
    case TokenKind::mention:
      return drop_mention(token);
    case TokenKind::turn_end:
    case TokenKind::ignored:
      return token.end;
    default:
      return token.closes ? drop_closer(token) : follow_opener(token);
  }
}

size_t ReplyReader::follow_opener(const ControlToken& token) {
  size_t end = token.end;
  switch (token.kind) {
    case TokenKind::block:
      return read_block(token);
    case TokenKind::list:
      end = reader_.read_list(token.end, text_.size(), found_);
      break;
    case TokenKind::tagged_call:
    case TokenKind::token_call:
      end = reader_.read_list(token.at, text_.size(), found_);
      break;
    default:
      break;
  }
  end = unwrap(end);
  last_block_ = said_.size();
  return end;
}

size_t ReplyReader::read_thinking(const ControlToken& opener) {
  const ControlToken* closer =
      tokens_.find(TokenKind::think, true, opener.end, text_.size());
  size_t end = closer != nullptr ? closer->at : text_.size();
  think(opener.end, end);
  last_block_ = said_.size();
  if (closer == nullptr) {
    found_.faults.add(
        "The thinking was never closed with </think>, so there is no answer.");
    return end;
  }
  thinking_closed_ = true;
  look_for_calls(opener.end, end);
  return closer->end;
}

// Chat templates open the thinking in the prompt, so the reply may only close
// it. Then all that came before was thought, not said or done.
size_t ReplyReader::end_thinking(const ControlToken& closer) {
  if (!thinking_closed_) {
    last_block_ = 0;
    if (!found_.calls.empty()) found_.faults.add(kCallInThinking);
    found_.calls.clear();
    mentions_ = {};
  }
  thinking_closed_ = true;
  add_thought(joined_pieces(said_, last_block_));
  said_.resize(last_block_);
  return closer.end;
}

// Harmony: what is in the channel "analysis" is thought, up to the next header
// or the end of the message.
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
  thinking_closed_ = true;
  const ControlToken* next = tokens_.at(end);
  bool ended = next && next->kind == TokenKind::turn_end;
  return ended ? next->end : end;
}

// Functionary gives what it says to the recipient "all".
size_t ReplyReader::read_recipient(const ControlToken& header) {
  if (lowered(header.name) == "all") return header.end;
  size_t end =
      reader_.read_arguments_of(header.name, header.end, text_.size(), found_);
  last_block_ = said_.size();
  return end;
}

void ReplyReader::think(size_t begin, size_t end) {
  Pieces pieces;
  size_t at = begin;
  for (const ControlToken* token = tokens_.from(at);
       token != nullptr && token->at < end; token = tokens_.from(at)) {
    pieces.push_back(text_.substr(at, token->at - at));
    at = std::min(token->end, end);
  }
  pieces.push_back(text_.substr(at, end - at));
  std::string thought = spaced_pieces(pieces);
  bool forms_tag = ControlTokens(thought).from(0) != nullptr;
  add_thought(forms_tag ? joined_pieces(pieces) : trimmed(thought));
}

void ReplyReader::look_for_calls(size_t begin, size_t end) {
  bool meant = false;
  for (const ControlToken* token = tokens_.from(begin);
       token && token->at < end; token = tokens_.from(begin)) {
    begin = token->end;
    if (token->closes) continue;
    FoundCalls found;  // a thought that only mentions a tag is no fault
    if (token->kind == TokenKind::block) {
      begin = reader_.read_block(token->end, end, false, found);
    } else if (token->kind == TokenKind::list) {
      begin = reader_.read_list(token->end, end, found);
    } else if (token->kind == TokenKind::tagged_call ||
               token->kind == TokenKind::token_call) {
      begin = std::max(reader_.read_list(token->at, end, found), token->end);
    }
    if (found.calls.empty()) continue;
    // Who puts it in backticks speaks of it.
    bool mentioned = token->at > 0 && text_[token->at - 1] == '`';
    (mentioned ? mentioned_call_ : meant) = true;
  }
  if (meant) found_.faults.add(kCallInThinking);
}

void ReplyReader::add_thought(std::string_view thought) {
  if (thought.empty()) return;
  if (!thinking_.empty()) thinking_ += "\n\n";
  thinking_ += thought;
}

// What was said before the first tag may be thinking that the prompt opened.
size_t ReplyReader::read_block(const ControlToken& opener) {
  if (is_meant_to_close(opener)) {
    found_.repairs.add("a misspelt closing tag");
    return opener.end;
  }
  bool thinking_may_be_open = spoke_ && !thinking_closed_;
  size_t end = reader_.read_block(opener.end, text_.size(),
                                  !thinking_may_be_open, found_);
  end = unwrap(end);
  last_block_ = said_.size();
  return end;
}

// An opening tag right behind a call, with no other behind it.
bool ReplyReader::is_meant_to_close(const ControlToken& opener) const {
  bool behind_call = !found_.calls.empty() && last_block_ < said_.size() &&
                     trimmed(said_.back()).empty();
  if (!behind_call) return false;
  const ControlToken* next = tokens_.from(opener.end);
  size_t end = next ? next->at : text_.size();
  bool empty = trimmed(text_.substr(opener.end, end - opener.end)).empty();
  return empty && !next;
}

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

size_t ReplyReader::drop_mention(const ControlToken& token) {
  mentions_.add("What you say has a tag in it, which was cut out: " +
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

// Before the tokens that end the reply.
size_t ReplyReader::end_of_words() const {
  size_t end = text_.size();
  while (const ControlToken* token = tokens_.last_before(end)) {
    bool last = trimmed(text_.substr(token->end, end - token->end)).empty();
    if (token->kind != TokenKind::turn_end || !last) break;
    end = token->at;
  }
  return end;
}

// A code fence around calls goes with them. `end` is where the text goes on.
size_t ReplyReader::unwrap(size_t end) {
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
  found_.faults.add_all(mentions_);
  for (const std::string& fault : found_.faults.take()) {
    reply.faults.push_back(replaced(printable(fault), "\n", " "));
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
