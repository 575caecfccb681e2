#include "simulator/report/heard_so_far.h"

#include "simulator/base/text.h"
#include "simulator/guards/deeds.h"

namespace simulate {

HeardSoFar::HeardSoFar(const FinishedConversation& talk, const Between& between)
    : talk_(talk), between_(between), known_(between.language) {
  known_.add_words(between.person + ". " + between.companion + ".");
  known_.set_today(string_at(talk.metadata, "date"));
}

const std::vector<Message>& HeardSoFar::messages() const {
  return talk_.transcript.messages;
}

void HeardSoFar::go_on_to(size_t position) {
  position_ = position;
  of_this_turn_.reset();
  returned_.reset();
}

const KnownFacts& HeardSoFar::known() {
  for (; learnt_ < position_; ++learnt_) learn(messages()[learnt_]);
  return known_;
}

void HeardSoFar::learn(const Message& message) {
  switch (message.speaker) {
    case Speaker::system:
      instructions_ += guards::plain_word(message.content);
      known_.add(behind_the_tools(message.content));
      break;
    case Speaker::tester:
    case Speaker::assistant:
      known_.add(message.content);
      break;
    case Speaker::tool:
      known_.add_result(message.result.body);
      break;
  }
}

// The reminders and the date; where no tools are told of, all of it.
std::string HeardSoFar::behind_the_tools(const std::string& text) const {
  const std::optional<Offer>& offer = talk_.transcript.offer;
  if (!offer) return text;
  auto end = static_cast<size_t>(offer->text_begin + offer->text_size);
  return end < text.size() ? text.substr(end) : "";
}

size_t HeardSoFar::start_of_turn() const {
  size_t begin = position_;
  while (begin > 0 && messages()[begin - 1].speaker != Speaker::tester) --begin;
  return begin == 0 ? 0 : begin - 1;
}

const KnownFacts& HeardSoFar::of_this_turn() {
  if (of_this_turn_) return *of_this_turn_;
  of_this_turn_.emplace(between_.language);
  for (size_t i = start_of_turn(); i < position_; ++i) {
    const Message& message = messages()[i];
    if (message.speaker == Speaker::tester) of_this_turn_->add(message.content);
    if (message.speaker == Speaker::tool) {
      of_this_turn_->add_result(message.result.body);
    }
    for (const ToolCall& call : message.calls) {
      if (guards::does(call.name, guards::Deed::set)) {
        of_this_turn_->add_result(call.arguments);
      }
    }
  }
  return *of_this_turn_;
}

const guards::Vocabulary& HeardSoFar::returned() {
  if (returned_) return *returned_;
  const guards::Words& language = guards::words_of(between_.language);
  returned_.emplace();
  for (size_t i = start_of_turn(); i < position_; ++i) {
    const Message& message = messages()[i];
    if (message.speaker != Speaker::tool) continue;
    returned_->add(guards::read_words(to_text(message.result.body), language));
  }
  return *returned_;
}

const guards::Vocabulary& HeardSoFar::all_words() {
  if (all_words_) return *all_words_;
  const guards::Words& language = guards::words_of(between_.language);
  all_words_.emplace();
  for (const Message& message : messages()) {
    if (message.speaker == Speaker::system) continue;
    all_words_->add(guards::read_words(message.content, language));
  }
  return *all_words_;
}

bool HeardSoFar::has_name(const std::string& plain) {
  return known().has_name(plain) || contains(instructions_, plain);
}

}  // namespace simulate
