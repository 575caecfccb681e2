#include "simulator/guards/assistant_guards.h"
#include "simulator/guards/claims.h"
#include "simulator/guards/guard.h"
#include "simulator/guards/tester_guards.h"

namespace simulate::guards {

namespace {

constexpr Speaker kTester = Speaker::tester;
constexpr Speaker kAda = Speaker::assistant;

// The tester's messages are what everything after them answers, and nothing
// trains on them: each of its faults is corrected. So is what would be untrue,
// unreadable or unanswerable in the history if the assistant said it. Where an
// answer is true and only badly put, the talk goes on and the answer is not
// imitated: another request would cost as much as it gains.
constexpr Severity kCorrect = Severity::correct;
constexpr Severity kUntrained = Severity::untrained;

constexpr Guard kGuards[] = {
    {"empty_reply", kTester, kCorrect,
     "That was empty. Write the person's next message.", tester_says_nothing},
    {"left_at_once", kTester, kCorrect,
     "The conversation has only begun: write a first message without [END].",
     leaves_at_once},
    {"leaked_thinking", kTester, kCorrect,
     "Write only the person's message: no thinking, no tags.",
     tester_thinks_aloud},
    {"special_tokens", kTester, kCorrect,
     "Write plain words only, without special tokens.", tester_writes_tokens},
    {"misplaced_end", kTester, kCorrect,
     "[END] stands alone on the last line, or not at all. Write the message "
     "again.",
     misplaces_the_end},
    {"written_call", kTester, kCorrect,
     "The person has no tools and knows none of their names. Ask for it in "
     "everyday words.",
     tester_writes_a_call},
    {"both_sides", kTester, kCorrect,
     "Write one message of the person, and nothing of what Ada answers.",
     writes_both_sides},
    {"wrong_role", kTester, kCorrect,
     "You play the person, not Ada. Write what the person says next.",
     plays_the_assistant},
    {"name_prefix", kTester, kCorrect,
     "Write the message alone, without a name before it.", puts_a_name_before},
    {"leaked_instructions", kTester, kCorrect,
     "Do not repeat your instructions. Write what the person says next, in "
     "their own words.",
     leaks_instructions},
    {"talks_about_task", kTester, kCorrect,
     "The person knows nothing of a role or a task. Write what they say "
     "next, and no more.",
     talks_about_the_task},
    {"refusal", kTester, kCorrect,
     "The person has no reason to refuse. Write what they would say next, "
     "in their own words.",
     tester_refuses},
    {"stage_directions", kTester, kCorrect,
     "Write what the person types, without gestures or actions.",
     gives_stage_directions},
    {"other_language", kTester, kCorrect,
     "The person writes in their own language. Write the message in that "
     "language.",
     speaks_another_language},
    {"repeated_itself", kTester, kCorrect,
     "The person has said exactly this already. Write what they say next, "
     "or end with [END].",
     repeats_itself},
    {"near_repeat", kTester, kCorrect,
     "The person has said nearly this already. Write something that takes "
     "the talk on, or end with [END].",
     nearly_repeats_itself},
    {"echo", kTester, kCorrect,
     "That is what Ada said. Write what the person answers to it.",
     echoes_the_assistant},
    {"loop", kTester, kCorrect,
     "That says the same again and again. Write the message once.",
     goes_round_in_circles},
    {"left_open", kTester, kCorrect,
     "Who asks for something waits for it. Write the message without [END], "
     "or a goodbye that asks nothing.",
     leaves_with_something_open},
    {"left_early", kTester, kCorrect,
     "It is too early to leave. Go on with what the person came for.",
     leaves_too_early},

    {"unreadable_call", kAda, kCorrect,
     "Part of your reply could not be understood. Write the whole reply "
     "again.",
     calls_cannot_be_read},
    {"too_many_rounds", kAda, kCorrect,
     "You have used your tools often enough for one answer. Answer the "
     "person now, without another call.",
     calls_too_often},
    {"only_thinking", kAda, kCorrect,
     "You thought, and then said nothing. Write the answer, or the call, "
     "after your thought.",
     only_thinks},
    {"empty_reply", kAda, kCorrect,
     "There was no answer for the person. Write one, after your private "
     "thought.",
     says_nothing},
    {"special_tokens", kAda, kCorrect,
     "Write plain words only, without special tokens.", writes_tokens},
    {"stray_tags", kAda, kCorrect,
     "A tag stood where none belongs. Write the reply again: "
     "<think>...</think>, then words or calls.",
     misplaces_tags},
    {"wrong_role", kAda, kCorrect,
     "Write only your own answer, as one message, without anybody's name "
     "and a colon before it.",
     writes_lines_of_others},
    {"leaked_instructions", kAda, kCorrect,
     "Do not repeat your instructions to the person. Answer in your own "
     "words.",
     leaks_instructions},
    {"written_call", kAda, kCorrect,
     "A call in your words does nothing. Make the call in the form that you "
     "were given, or answer without one.",
     writes_a_call_in_words},
    {"unseen_index", kAda, kCorrect,
     "No result has shown you that index. Look up the list first.",
     uses_an_unseen_index},
    {"claims_set", kAda, kCorrect,
     "No result says that anything was set. Set it with a call first, or do "
     "not say that it is done.",
     claims_set},
    {"claims_deleted", kAda, kCorrect,
     "No result says that anything was deleted. Delete it with a call "
     "first, or do not say that it is done.",
     claims_deleted},
    {"claims_saved", kAda, kCorrect,
     "No result says that anything was saved. Save it with a call first, or "
     "do not say that it is done.",
     claims_saved},
    {"claims_looked", kAda, kCorrect,
     "You have not looked anything up. Look first, or do not say that you "
     "did.",
     claims_to_have_looked},
    {"claims_remembered", kAda, kCorrect,
     "Nothing in this conversation or your results says that. Look it up, "
     "or say that you do not know.",
     claims_to_know},
    {"invented_result", kAda, kCorrect,
     "That does not stand in the results. Say only what they say, or that "
     "you have nothing.",
     invents_a_result},
    {"announced_call", kAda, kCorrect,
     "Do not announce what you will look up or save: make the call, or "
     "answer without it.",
     announces_a_call},
    {"claims_human", kAda, kCorrect,
     "You are an AI and at ease with it: no body, no past, no family. Write "
     "the answer without one.",
     claims_to_be_human},
    {"teacher_notes", kAda, kCorrect,
     "Do not speak or think of notes, rules or instructions. Give the reason "
     "that you would have of your own.",
     tells_of_notes},
    {"other_language", kAda, kCorrect,
     "Answer in the language that the person writes in.",
     speaks_another_language},
    {"refusal", kAda, kCorrect,
     "There is nothing here to refuse. Answer as a friend would.",
     refuses_to_help},
    {"repeated_itself", kAda, kCorrect,
     "You have said that already. Answer what the person has just said.",
     repeats_an_answer},
    {"loop", kAda, kCorrect, "That says the same again and again. Say it once.",
     goes_round_in_circles},
    {"words_beside_calls", kAda, kUntrained,
     "A reply either calls tools or answers. Keep the words until the "
     "results are there.",
     speaks_beside_calls},
    {"no_thinking", kAda, kUntrained,
     "Begin with a private thought between <think> and </think>.",
     does_not_think},
    {"parroting", kAda, kUntrained,
     "Do not say the person's words back to them. Answer them.", parrots},
    {"unasked_list", kAda, kUntrained,
     "Write as in a chat, without lists and headings.", lists_unasked},
    {"boilerplate", kAda, kUntrained,
     "Leave stock phrases away and say what you mean.", sounds_canned},
};

}  // namespace

std::span<const Guard> guards() { return kGuards; }

const char* severity_name(Severity severity) {
  return severity == Severity::correct ? "correct" : "untrained";
}

const Guard* guard_named(const std::string& name, Speaker speaker) {
  for (const Guard& guard : kGuards) {
    if (guard.speaker == speaker && guard.name == name) return &guard;
  }
  return nullptr;
}

std::vector<const Guard*> found(const Said& said, const Scene& scene) {
  Utterance heard(said, scene);
  std::vector<const Guard*> all;
  for (const Guard& guard : kGuards) {
    if (guard.speaker == said.speaker && guard.finds(heard)) {
      all.push_back(&guard);
    }
  }
  return all;
}

}  // namespace simulate::guards
