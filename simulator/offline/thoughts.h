// What the scripted Ada thinks, by what she does next. Some of it begins with
// filler, so that the rewriter has something to clean.
#pragma once

#include <array>

namespace simulate::offline::thoughts {

inline constexpr std::array kFillers = {
    "Okay, so ", "Hm, let me see. ", "Right, so ",
    "Well, ",    "Let me think. ",   "Hm. ",
    "So, ",      "Okay. ",
};

inline constexpr const char* kStore[] = {
    "they [told me|mention] something that will still be true next week: "
    "{fact}. I should [keep it|write it down] with add_memory[ before I "
    "answer|].",
    "this is [new to me|something I did not know]: {fact}. I [want to|need to] "
    "store it[, then answer|].",
    "{fact}: [that may well come up again|I'd be embarrassed to ask about it "
    "twice]. [A short note in memory|One add_memory] [is enough|will do][, "
    "basically|].",
};
inline constexpr const char* kRecall[] = {
    "they [refer to|ask about] {subject}[ from another day|], and I [have not "
    "heard of it today|don't know it from this talk]. I should look with "
    "recall_memories[ instead of guessing|].",
    "the answer about {subject} [depends on|must come from] an earlier "
    "conversation. I need to check what I kept before I say anything.",
};
inline constexpr const char* kRecallFirst[] = {
    "we [seem to have|may well have] talked before, and [knowing what they "
    "told me|what I kept] could change my answer. I should [look it up|call "
    "recall_memories] first.",
    "before I say anything about {topic} I [want to see|should see] what I "
    "know "
    "of this person. recall_memories [will tell|can tell me].",
    "they write [as if I knew them|like somebody I have met]. I [need "
    "to|should "
    "probably] check my memories[, I guess|].",
};
inline constexpr const char* kLookToForget[] = {
    "they [want|would like] me to forget {subject}, [and that is their "
    "right|which is up to them]. I need its index first, so recall_memories.",
};
inline constexpr const char* kDelete[] = {
    "the memory about {subject} [stands in the list|is there] with index "
    "{index}. I should delete [that one and nothing else|exactly that one].",
};
inline constexpr const char* kRemind[] = {
    "they [want|ask for] a reminder, and {due} is the day [that fits|they "
    "mean]. I need to set it with add_reminder[, then confirm|].",
};
inline constexpr const char* kLookToComplete[] = {
    "that reminder [seems to be|is] done, [they say|so it can go]. I need its "
    "number, so I look at recall_reminders.",
};
inline constexpr const char* kComplete[] = {
    "it is number {index} in the list. I should [mark it as done|complete it]"
    "[, and leave the others alone|].",
};
inline constexpr const char* kWatch[] = {
    "[the hour matters here|they sound short of time], and I only know when we "
    "began. I should look at check_watch.",
};
inline constexpr const char* kWriteDiary[] = {
    "[this talk|what they said about {topic}] [left me with a thought|stays "
    "with "
    "me]. I'd like to put a line in the diary[ while it is fresh|].",
};
inline constexpr const char* kWriteDiaryPlain[] = {
    "[this short talk|the tone of this] [left me with a thought|stays with "
    "me]. A line in the diary, then.",
};
inline constexpr const char* kMistaken[] = {
    "that call [failed|came back with an error]: I [got its form wrong|used "
    "something that doesn't exist]. I should [correct it and try again|put "
    "that right].",
    "an error. [It says what was wrong|The message is clear enough], so I need "
    "to call it again [correctly|in the right form].",
};

inline constexpr const char* kAgain[] = {
    "[it did not work just now|that did not go through], and [nothing was "
    "wrong with the call|the message says to try again]. I should [make the "
    "same call once more|try it again].",
    "the tool [could not do it this time|failed for the moment]. [That "
    "passes|Nothing is lost], so I [try once more|repeat the call][ before I "
    "answer|].",
};
inline constexpr const char* kShop[] = {
    "they want {things} on their shopping list, and add_to_shopping_list [is "
    "there for that|does just that].",
    "{things}: [that belongs|it goes] on the shopping list[, so I call "
    "add_to_shopping_list|]. [A short word to confirm will do then.|]",
};
inline constexpr const char* kTryOut[] = {
    "they [ask me to|would like me to] try {tool}. I [can do that|have it], "
    "with [plain arguments|something simple], and [tell them what comes "
    "back|say what it gives].",
    "[the tool|my tool] {tool} [is there|is one I have], so I [call it "
    "once|give it a try] and [report what it says|pass on its answer].",
};

inline constexpr const char* kAnswer[] = {
    "[they mostly want|what they want is] to talk about {topic}. I [don't need "
    "a tool|can answer from here], a [short|plain] reply is enough.",
    "this is about {topic}[ today|], and there is no fact in it to keep. I "
    "should just [respond|be curious].",
};
inline constexpr const char* kAnswerMore[] = {
    "[nothing new to keep|no new fact here], [only more|just talk] about "
    "{topic}. I should [answer in kind|stay brief|not push].",
    "they [stay with|are still at] {topic}. [No tool helps here|Nothing to "
    "look up], I should [respond to what was said|leave room].",
};
inline constexpr const char* kAnswerPlain[] = {
    "[nothing new to keep|no fact in this], just talk. I should [answer in "
    "kind|stay brief].",
};
inline constexpr const char* kAnswerReply[] = {
    "they are answering my question, [in a line|briefly]. [Nothing to store|No "
    "tool needed]: I should [take the answer as it is|respond to that answer] "
    "[and not dig|before anything else].",
};
inline constexpr const char* kAnswerUnkept[] = {
    "they tell me this: {fact}. I [can leave memory alone this time|don't have "
    "to store everything], [listening is enough|a reply will do].",
};
inline constexpr const char* kAnswerStored[] = {
    "[that is kept now|it is stored|the note is made]. I should [react to what "
    "they told me|say something about it], [and perhaps ask one thing|without "
    "announcing the note].",
};
inline constexpr const char* kAnswerFound[] = {
    "[there it is|I have it|good]: the note from {date} [is the one about|"
    "speaks of] {subject}. I should answer with [that and no more|just that].",
    "[what I kept on|my note of] {date} [answers it|is about {subject}]. I "
    "should [say it plainly|give it back in their words] and not pile up the "
    "rest.",
    "so I did keep it: {date}, about {subject}. I [can|should] answer from the "
    "note, [nothing beyond it|without embroidering].",
};
inline constexpr const char* kAnswerMissing[] = {
    "[there is nothing|I find nothing] about {subject} in what I kept. I "
    "should say so [and not invent anything|honestly].",
};
inline constexpr const char* kAnswerShopped[] = {
    "[the list has {things} now|that is on the list: {things}]. [I confirm "
    "it|A short confirmation], no more.",
};
inline constexpr const char* kAnswerTried[] = {
    "[the tool|my tool] {tool} [has answered|gave something back]. I [say what "
    "it was|pass it "
    "on] in plain words.",
};
inline constexpr const char* kAnswerNotTried[] = {
    "[it did not work|that came to nothing], and I [should say so|say it as it "
    "is].",
};
inline constexpr const char* kAnswerSet[] = {
    "the reminder is set for {due}. I should confirm [day and matter|it "
    "briefly] and [not promise that it rings|leave it there].",
};
inline constexpr const char* kAnswerForgot[] = {
    "[it is deleted|that is deleted now]. They asked for it, so I should "
    "confirm it in a line[ and not repeat the content|].",
};
inline constexpr const char* kAnswerOnlyThat[] = {
    "they insist, but the note I gave them is the only one about {subject}. I "
    "should say that honestly and let them tell me the rest.",
};
inline constexpr const char* kAnswerDone[] = {
    "that is settled. A [short|dry] word about it is enough.",
};
inline constexpr const char* kAnswerOpen[] = {
    "it is not done yet, so the reminder [stays|can stay open]. No tool, and "
    "[no nagging|I should not nag].",
};
inline constexpr const char* kAnswerOpinion[] = {
    "they want my opinion on {topic}[, not comfort|]. I should have one and "
    "say it in a sentence or two.",
    "they want my opinion, so I should have one.",
};
inline constexpr const char* kAnswerBye[] = {
    "they are [leaving|saying goodbye|on their way]. I should [let them go "
    "with a line|keep it to a line][, no new question|].",
    "[time to stop|that was a goodbye]. [One warm line|A short farewell] [is "
    "all it needs|will do].",
    "they [have to go|want to stop here], so [no more questions|I should not "
    "hold them]. A [line|word] is enough.",
};

}  // namespace simulate::offline::thoughts
