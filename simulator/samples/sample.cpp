#include "simulator/samples/sample.h"

#include <algorithm>

#include "simulator/base/sentences.h"
#include "simulator/base/text.h"
#include "simulator/transcript/render.h"

namespace simulate {

namespace {

using Messages = std::vector<Message>;

bool is_untrained(const Message& message) {
  return message.speaker == Speaker::assistant && !message.train;
}

// The first message of the turn that `position` belongs to.
size_t turn_of(const Messages& messages, size_t position) {
  while (position > 0 && messages[position].speaker != Speaker::tester) {
    --position;
  }
  return position;
}

void cut_before_first_untrained(Messages& messages) {
  auto found = std::find_if(messages.begin(), messages.end(), is_untrained);
  if (found == messages.end()) return;
  auto position = static_cast<size_t>(found - messages.begin());
  messages.resize(turn_of(messages, position));
}

void cut_behind_last_trained(Messages& messages) {
  while (!messages.empty() && !messages.back().train) messages.pop_back();
}

// What has a result of its own: one call of a message, and what came of it.
Message result_of(const ToolCall& call, const Messages& messages, size_t from) {
  for (size_t at = from; at < messages.size(); ++at) {
    if (messages[at].speaker != Speaker::tool) break;
    if (messages[at].result.call_id == call.id) return messages[at];
  }
  return {.speaker = Speaker::tool};
}

// One call a message, each with its result behind it. The thought is of the
// first; where there is one, the calls behind it are not learnt, or they would
// teach to call without thinking.
void append_one_by_one(const Messages& messages, size_t at, Messages& result) {
  const Message& all = messages[at];
  for (const ToolCall& call : all.calls) {
    bool first = &call == &all.calls.front();
    Message one = all;
    one.calls = {call};
    if (!first) {
      one.content.clear();
      one.thinking.clear();
      one.train = all.train && all.thinking.empty();
    }
    result.push_back(std::move(one));
    result.push_back(result_of(call, messages, at + 1));
  }
}

Messages with_single_calls(const Messages& messages) {
  Messages result;
  for (size_t at = 0; at < messages.size(); ++at) {
    size_t calls = messages[at].calls.size();
    if (calls < 2) {
      result.push_back(messages[at]);
      continue;
    }
    append_one_by_one(messages, at, result);
    while (at + 1 < messages.size() &&
           messages[at + 1].speaker == Speaker::tool) {
      ++at;
    }
  }
  return result;
}

// As a model without calls of its own is served: results come in a message of
// the user, all of a round in one.
Messages with_calls_in_words(const Messages& messages, ToolSyntax syntax) {
  Messages result;
  bool results = false;
  for (const Message& message : messages) {
    std::string text = message_text(message, syntax, Thinking::hidden);
    bool result_again = results && message.speaker == Speaker::tool;
    results = message.speaker == Speaker::tool;
    if (result_again) {
      result.back().content += "\n" + text;
      continue;
    }
    Message& plain = result.emplace_back(message);
    plain.calls.clear();
    plain.content = std::move(text);
    if (results) plain.speaker = Speaker::tester;
  }
  return result;
}

bool thinks_before(const Messages& messages, size_t turn) {
  return std::any_of(messages.begin(),
                     messages.begin() + static_cast<std::ptrdiff_t>(turn),
                     [](const Message& m) { return !m.thinking.empty(); });
}

class Sampler {
 public:
  Sampler(const FinishedConversation& conversation, const SampleRules& rules)
      : conversation_(conversation),
        rules_(rules),
        messages_(conversation.transcript.messages) {
    mend_system();
    if (rules.errors == Untrained::drop) cut_before_first_untrained(messages_);
    if (!rules.family->parallel_calls) messages_ = with_single_calls(messages_);
    cut_behind_last_trained(messages_);
    if (rules.thoughts == TrainedThoughts::none) forget_thoughts(size());
    if (!rules.family->shows_tools) {
      messages_ = with_calls_in_words(messages_, conversation.syntax);
    }
    if (rules.thoughts == TrainedThoughts::last_turn) {
      keep_as_history(turn_of_last_person());
    }
  }

  std::vector<Sample> samples() const {
    if (messages_.empty()) return {};
    return is_whole() ? whole() : by_message();
  }

 private:
  size_t size() const { return messages_.size(); }

  bool tools_are_apart() const {
    return rules_.family->shows_tools &&
           conversation_.transcript.offer.has_value();
  }

  void mend_system() {
    if (messages_.empty() || messages_[0].speaker != Speaker::system) return;
    std::string& system = messages_[0].content;
    if (tools_are_apart()) {
      system = without_tools_text(system, *conversation_.transcript.offer);
    }
    // Where thoughts have a channel of their own nobody writes the tag.
    if (rules_.thoughts == TrainedThoughts::none ||
        rules_.family->thought == ThoughtPlace::thinking) {
      system = without_thought_requests(system);
    }
  }

  void forget_thoughts(size_t end) {
    for (size_t at = 0; at < end; ++at) messages_[at].thinking.clear();
  }

  // Results in words look like a person's message; a turn does not begin there.
  size_t turn_of_last_person() const { return person_before(size()); }

  size_t person_before(size_t position) const {
    while (position > 0) {
      const Message& message = messages_[--position];
      bool result = !message.result.call_id.empty();
      if (message.speaker == Speaker::tester && !result) return position;
    }
    return 0;
  }

  void keep_as_history(size_t end) {
    for (size_t at = 0; at < end; ++at) messages_[at].train = false;
    forget_thoughts(end);
  }

  bool is_whole() const {
    const Family& family = *rules_.family;
    bool loses_thoughts = !family.keeps_thoughts &&
                          thinks_before(messages_, turn_of_last_person());
    if (rules_.last_only) return false;
    if (rules_.unit != SampleUnit::automatic) {
      return rules_.unit == SampleUnit::conversation;
    }
    return family.exact_messages && !loses_thoughts &&
           std::none_of(
               messages_.begin(), messages_.end(),
               [&](const Message& m) { return family.loses_words(m); });
  }

  // Of thoughts that its template does not show nobody learns to think.
  std::vector<Sample> whole() const {
    Sample sample = sample_of(conversation_.id, messages_);
    if (!rules_.family->keeps_thoughts) {
      size_t turn = turn_of_last_person();
      for (size_t at = 0; at < turn; ++at) {
        Message& message = sample.messages[at];
        message.train = message.train && message.thinking.empty();
        message.thinking.clear();
      }
    }
    return {sample};
  }

  std::vector<Sample> by_message() const {
    std::vector<Sample> samples;
    for (size_t at = 0; at < size(); ++at) {
      if (messages_[at].train) samples.push_back(behind_its_history(at));
    }
    return samples;
  }

  // The history as it is served: with the thoughts of the turn under way.
  Sample behind_its_history(size_t at) const {
    auto end = messages_.begin() + static_cast<std::ptrdiff_t>(at + 1);
    Sample sample = sample_of(conversation_.id + "/" + std::to_string(at),
                              {messages_.begin(), end});
    size_t turn = person_before(at);
    for (size_t earlier = 0; earlier < at; ++earlier) {
      sample.messages[earlier].train = false;
      if (earlier < turn) sample.messages[earlier].thinking.clear();
    }
    return sample;
  }

  Sample sample_of(std::string id, Messages messages) const {
    Sample sample{std::move(id),
                  std::move(messages),
                  {},
                  conversation_.metadata,
                  conversation_.syntax};
    if (tools_are_apart()) sample.tools = conversation_.transcript.offer->tools;
    return sample;
  }

  const FinishedConversation& conversation_;
  const SampleRules& rules_;
  Messages messages_;
};

// At most one empty line where something was taken out.
std::string closed_up(const std::string& text) {
  std::string result = text;
  while (contains(result, "\n\n\n")) {
    result = replaced(result, "\n\n\n", "\n\n");
  }
  return std::string(trimmed(result));
}

bool asks_for_thoughts(std::string_view sentence) {
  return contains(sentence, "<think>") || contains(sentence, "</think>");
}

// The line without the sentences that ask, and without others about thinking:
// "First think, then speak." Empty when it was about nothing else.
std::string without_requests(const std::string& line) {
  std::vector<std::string> kept;
  // What follows a request goes with it: "Then come calls. They do not see it."
  bool behind = false;
  for (const std::string& sentence : sentences_of(line)) {
    bool goes_on = behind && (sentence.starts_with("Then ") ||
                              contains(sentence, " see it"));
    behind = goes_on || contains(lowered(sentence), "think");
    if (!behind) kept.push_back(sentence);
  }
  std::string text = joined(kept, " ");
  return text == "-" || text == "*" ? "" : text;
}

}  // namespace

std::vector<Sample> samples_of(const FinishedConversation& conversation,
                               const SampleRules& rules) {
  return Sampler(conversation, rules).samples();
}

std::string without_tools_text(const std::string& system, const Offer& offer) {
  std::string text = system;
  auto begin = static_cast<size_t>(offer.text_begin);
  if (begin > text.size()) return text;
  text.erase(begin, static_cast<size_t>(offer.text_size));
  return closed_up(text);
}

std::string without_thought_requests(const std::string& system) {
  if (!asks_for_thoughts(system)) return system;
  std::string text;
  for (const std::string& line : split(system, '\n')) {
    if (!asks_for_thoughts(line)) {
      text += line + "\n";
      continue;
    }
    std::string rest = without_requests(line);
    if (!rest.empty()) text += rest + "\n";
  }
  return closed_up(text);
}

}  // namespace simulate
