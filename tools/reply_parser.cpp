#include "tools/reply_parser.h"

#include <re2/re2.h>

#include <utility>

#include "simulator/base/text.h"
#include "tools/call_reader.h"
#include "tools/reply_anchor.h"

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

// Where a call begins that ends the text; the text's size when none does.
size_t start_of_last_call(std::string_view text) {
  static const RE2 pattern(
      R"((?s)(\w[\w.]*\(.*\)|\{.*['"]name['"].*\})[\s\]]*\z)", RE2::Latin1);
  re2::StringPiece call;
  re2::StringPiece whole(text.data(), text.size());
  if (!RE2::PartialMatch(whole, pattern, &call)) return text.size();
  return static_cast<size_t>(call.data() - text.data());
}

// One walk over the tags of a reply, each handled where it stands.
class ReplyReader {
 public:
  explicit ReplyReader(std::string_view text)
      : text_(text), anchors_(text), reader_(text, anchors_) {}

  ParsedReply read();

 private:
  void say(std::string_view piece);
  size_t follow(const Anchor& anchor);
  size_t read_thinking(const Anchor& opener);
  size_t end_thinking(const Anchor& closer);
  size_t read_calls(const Anchor& opener);
  size_t drop_closer(const Anchor& closer);
  size_t drop_result(const Anchor& anchor);
  void think(size_t begin, size_t end);
  void look_for_calls(size_t begin, size_t end);
  void add_thought(std::string_view thought);
  ParsedReply finished();

  std::string_view text_;
  Anchors anchors_;
  CallReader reader_;
  Pieces said_;            // what is outside of all tags
  size_t last_block_ = 0;  // how much of said_ stands before the last block
  bool spoke_ = false;
  std::string thinking_;
  bool thinking_closed_ = false;
  std::vector<ParsedCall> calls_;
  Faults faults_;
};

ParsedReply ReplyReader::read() {
  size_t at = 0;
  while (const Anchor* anchor = anchors_.from(at)) {
    say(text_.substr(at, anchor->at - at));
    at = follow(*anchor);
  }
  say(text_.substr(at));
  return finished();
}

void ReplyReader::say(std::string_view piece) {
  said_.push_back(piece);
  if (!trimmed(piece).empty()) spoke_ = true;
}

size_t ReplyReader::follow(const Anchor& anchor) {
  switch (anchor.tag) {
    case Tag::think:
      return anchor.closes ? end_thinking(anchor) : read_thinking(anchor);
    case Tag::call:
      return anchor.closes ? drop_closer(anchor) : read_calls(anchor);
    case Tag::result:
      return drop_result(anchor);
  }
  return anchor.end;
}

size_t ReplyReader::read_thinking(const Anchor& opener) {
  const Anchor* closer =
      anchors_.find(Tag::think, true, opener.end, text_.size());
  size_t end = closer != nullptr ? closer->at : text_.size();
  think(opener.end, end);
  last_block_ = said_.size();
  if (closer == nullptr) {
    faults_.add(
        "The thinking was never closed with </think>, so there is no answer.");
    return end;
  }
  thinking_closed_ = true;
  look_for_calls(opener.end, end);
  return closer->end;
}

// Chat templates open the thinking in the prompt, so the reply may only close
// it. Then all that came before was thought, not said or done.
size_t ReplyReader::end_thinking(const Anchor& closer) {
  if (!thinking_closed_) {
    last_block_ = 0;
    if (!calls_.empty()) faults_.add(kCallInThinking);
    calls_.clear();
  }
  thinking_closed_ = true;
  add_thought(joined_pieces(said_, last_block_));
  said_.resize(last_block_);
  return closer.end;
}

void ReplyReader::think(size_t begin, size_t end) {
  Pieces pieces;
  size_t at = begin;
  for (const Anchor* a = anchors_.from(at); a != nullptr && a->at < end;
       a = anchors_.from(at)) {
    pieces.push_back(text_.substr(at, a->at - at));
    at = a->end;
  }
  pieces.push_back(text_.substr(at, end - at));
  add_thought(joined_pieces(pieces));
}

void ReplyReader::look_for_calls(size_t begin, size_t end) {
  std::vector<ParsedCall> found;
  Faults ignored;  // a thought that only mentions a tag is no fault
  const Anchor* opener = anchors_.find(Tag::call, false, begin, end);
  while (opener != nullptr) {
    size_t at = reader_.read(opener->end, end, false, found, ignored);
    opener = anchors_.find(Tag::call, false, at, end);
  }
  if (!found.empty()) faults_.add(kCallInThinking);
}

void ReplyReader::add_thought(std::string_view thought) {
  if (thought.empty()) return;
  if (!thinking_.empty()) thinking_ += "\n\n";
  thinking_ += thought;
}

// What was said before the first tag may be thinking that the prompt opened.
size_t ReplyReader::read_calls(const Anchor& opener) {
  bool thinking_may_be_open = spoke_ && !thinking_closed_;
  size_t end = reader_.read(opener.end, text_.size(), !thinking_may_be_open,
                            calls_, faults_);
  last_block_ = said_.size();
  return end;
}

size_t ReplyReader::drop_closer(const Anchor& closer) {
  std::string_view before = said_.back();
  size_t call = start_of_last_call(before);
  if (call < before.size()) {
    said_.back() = before.substr(0, call);
    faults_.add(
        "A call before </tool_call> was not run, because the opening "
        "<tool_call> is missing.");
  }
  return closer.end;
}

size_t ReplyReader::drop_result(const Anchor& anchor) {
  faults_.add(
      "You wrote a <tool_result> yourself; only the system writes results.");
  if (anchor.closes) return anchor.end;
  const Anchor* closer =
      anchors_.find(Tag::result, true, anchor.end, text_.size());
  if (closer != nullptr) return closer->end;
  const Anchor* next = anchors_.from(anchor.end);
  return next != nullptr ? next->at : text_.size();
}

ParsedReply ReplyReader::finished() {
  ParsedReply reply;
  reply.thinking = std::move(thinking_);
  reply.content = joined_pieces(said_);
  reply.calls = std::move(calls_);
  if (reply.calls.size() > kMostCalls) {
    faults_.add(
        "A reply may hold " + std::to_string(kMostCalls) + " calls; the last " +
        std::to_string(reply.calls.size() - kMostCalls) + " were not run.");
    reply.calls.resize(kMostCalls);
  }
  reply.faults = faults_.take();
  return reply;
}

}  // namespace

ParsedReply parse_reply(std::string_view text) {
  return ReplyReader(text).read();
}

}  // namespace simulate
