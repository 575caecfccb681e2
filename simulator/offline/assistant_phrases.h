// What the scripted Ada may say, by occasion. {topic} is what the talk is about
// ("your crate guitar"), in either number: no verb agrees with it. {fact} is a
// sentence of the person's, turned to "you".
#pragma once

#include "simulator/offline/voice.h"
#include "simulator/offline/words.h"

namespace simulate::offline::ada {

inline constexpr const char* kMeet[] = {
    "[All right|Gladly|Of course], let's talk about {topic}.",
    "{Topic}, [then|by all means]. I [know nothing yet|have no picture yet], "
    "so [start wherever you like|spare me no detail].",
    "[Go on|I'm listening]. [About {topic} I'd rather hear it from you than "
    "guess|{Topic}: from the beginning, or the part that bothers you].",
    "[So it's|Then it's] about {topic}. [Tell me|Go ahead].",
    "[Yes|Right], {topic}. [I have time|No hurry].",
};
inline constexpr const char* kMeetPlain[] = {
    "[Hello|Hello, and yes]. [Tell me|Go on], I'm listening.",
    "[Go on|I'm listening|Tell me], there's no rush.",
    "[Gladly|Of course]. Start wherever you like.",
};

inline constexpr const char* kReact[] = {
    "So {fact}. [I didn't know that|That's new to me|Good to know].",
    "[Ah, {fact}|I see: {fact}]. [That helps me to picture it|That explains a "
    "little|I hadn't known that].",
    "{Fact}[, then|]. [Thank you for telling me|That I would not have "
    "guessed].",
};
inline constexpr const char* kReactLoss[] = {
    "{Fact}. I'm sorry. [That is a lot to say in one line|It doesn't get small "
    "by being said calmly].",
    "[I'm sorry|I'm sorry to hear it]: {fact}. You [don't have to explain "
    "it|needn't make it sound lighter than it is].",
};
inline constexpr const char* kReactHealth[] = {
    "So {fact}. [I'd take that seriously|That's good to know before I say "
    "something careless].",
    "{Fact}: [that's not a small thing|that has to be reckoned with], even "
    "[said in passing|if you are used to it].",
};
inline constexpr const char* kReactMoney[] = {
    "So {fact}. [That's the kind of sum one thinks of at night|I can see "
    "that it needs planning].",
    "{Fact}. [Good to have it in figures|Thank you for putting it so plainly].",
};
inline constexpr const char* kReactAnimal[] = {
    "{Fact}. [I like the sound of that household|That paints a picture].",
    "So {fact}. [Now I can picture who is in charge|I would like to see that].",
};
inline constexpr const char* kReactFamily[] = {
    "So {fact}. [That helps me to see who is who|Now I know a little more "
    "about your people].",
    "[I see|Ah]: {fact}. [I hadn't known that|Good to know, before I say "
    "something clever].",
};
inline constexpr const char* kReactWork[] = {
    "So {fact}. [That tells me where your hours go|That's a working life I can "
    "picture].",
    "{Fact}. [That's more than most people could say|There must be a good deal "
    "to tell about that].",
};
inline constexpr const char* kReactPastime[] = {
    "{Fact}: [now that I like|that I hadn't expected, and I like it].",
    "So {fact}. [That sounds like the good part of the week|I'd gladly hear "
    "more of that].",
};
// When what was told belongs to the topic.
inline constexpr const char* kReactTopic[] = {
    "So that's how it stands: {fact}.",
    "[Now|So now] I understand it better: {fact}.",
    "{Fact}. [With that, I can follow you|Good, that gives me a picture].",
};

inline Phrases reactions_to(Matter matter) {
  switch (matter) {
    case Matter::loss:
      return kReactLoss;
    case Matter::health:
      return kReactHealth;
    case Matter::money:
      return kReactMoney;
    case Matter::animal:
      return kReactAnimal;
    case Matter::family:
      return kReactFamily;
    case Matter::work:
      return kReactWork;
    case Matter::pastime:
      return kReactPastime;
    default:
      return kReact;
  }
}

inline constexpr const char* kOnTopic[] = {
    "[Understood|All right]. [Nothing about {topic} has to be decided "
    "today|I won't push you about {topic}].",
    "[That's fair|Fair enough]. You know {topic} from closer than I do.",
    "[Then|Well,] let's leave {topic} [open for today|where it is for the "
    "moment].",
    "[I hear you|I follow you]. {Topic} can be a nuisance and still matter.",
    "[True|That may be]. I'd rather hear how you see {topic} than be right.",
};
inline constexpr const char* kPlain[] = {
    "[Understood|All right]. [Tell me more if you like|I'm listening].",
    "[That's fair|Fair enough]. You're closer to it than I am.",
    "[I hear you|I follow you]. There's no hurry.",
};

inline constexpr const char* kOpinion[] = {
    "[Honestly|Since you ask]: I'd [take {topic} in small steps, and take the "
    "first one this week|not let {topic} drag on; I'd name a day and decide "
    "then].",
    "[My view|If you ask me]: you are not making too much of {topic}, but you "
    "could [leave some of it for tomorrow|do with a second pair of hands].",
};
inline constexpr const char* kOpinionLoss[] = {
    "[Honestly|Since you ask]: with {topic} I would [change nothing in a "
    "hurry|let it take the time it takes, and not be alone with it too often].",
};
inline constexpr const char* kOpinionHealth[] = {
    "[Honestly|Since you ask]: {topic} should be seen by [a doctor|somebody "
    "who knows], and sooner rather than later. Waiting [is the one thing I'd "
    "advise against|rarely improves such things].",
    "[My view|If you ask me]: don't play {topic} down. I'd write the questions "
    "on a sheet of paper and take it to the doctor.",
};
inline constexpr const char* kOpinionMoney[] = {
    "[Honestly|Since you ask]: I'd [put {topic} on paper first, sum and "
    "date|have it out about {topic} now], [and promise nothing "
    "until that is done|because it won't be cheaper later].",
};
inline constexpr const char* kOpinionAnimal[] = {
    "[Honestly|Since you ask]: I'd put up with {topic} and [keep an eye on the "
    "eating and sleeping|laugh about it]. If anything changes suddenly, a vet "
    "should look.",
};
inline constexpr const char* kOpinionFamily[] = {
    "[Honestly|Since you ask]: I'd [bring up {topic} once, kindly and "
    "plainly|speak openly about {topic}], and then listen. [Guessing makes it "
    "worse|Hints don't work in families].",
    "[My view|If you ask me]: about {topic}, I'd [decide what you want before "
    "you ask what others want|give it a try with a short, friendly word].",
};
inline constexpr const char* kOpinionWork[] = {
    "[Honestly|Since you ask]: with {topic} I'd [do the one thing that can be "
    "finished this week|say clearly what can't be done], and leave the rest "
    "where it is.",
    "[My view|If you ask me]: {topic} should not cost you your sleep. I'd "
    "[name the problem to whoever can change it|set a limit and keep to it].",
};
inline constexpr const char* kOpinionPastime[] = {
    "[Honestly|Since you ask]: I'd [make room for {topic} and let something "
    "duller wait|hold on to {topic}]. It does not have to be good for "
    "anything.",
};

inline Phrases opinions_on(Matter matter) {
  switch (matter) {
    case Matter::loss:
      return kOpinionLoss;
    case Matter::health:
      return kOpinionHealth;
    case Matter::money:
      return kOpinionMoney;
    case Matter::animal:
      return kOpinionAnimal;
    case Matter::family:
      return kOpinionFamily;
    case Matter::work:
      return kOpinionWork;
    case Matter::pastime:
      return kOpinionPastime;
    default:
      return kOpinion;
  }
}

inline constexpr const char* kRecalled[] = {
    "[I do|Yes|I do, as it happens|Certainly]: {memory}.",
    "[You told me|You said] that {memory}.[ Correct me if that has changed.|]",
    "[Of course|Yes]. {Memory}[, unless that has changed|].",
    "{Memory}, [you said|as you told me].",
};
inline constexpr const char* kNotFound[] = {
    "[I looked, and there is nothing|There is nothing] about {subject} among "
    "the things I've kept. [Tell me again, if you like|I'm sorry; tell me "
    "again and I'll keep it].",
    "[No, I'm afraid|Honestly, no]. I have nothing about {subject}, and I "
    "won't make something up. [Tell me once more|I'd be glad to hear it "
    "again].",
    ("About {subject} I [come up empty|find nothing], [and I did look|sorry]. "
     "[If you told me, I failed to keep it|Tell me again]."),
};
inline constexpr const char* kStillNotFound[] = {
    "[I believe you|I don't doubt it], but there is nothing about {subject} in "
    "what I have. [The gap is mine|Tell me again and I'll hold on to it].",
    "[You may well have|Perhaps you did], and I didn't keep it. I'd rather "
    "admit that than make up something about {subject}.",
    "I can't find it, and I won't pretend. About {subject} I know only what "
    "you tell me now.",
};
inline constexpr const char* kFoundAfterAll[] = {
    "[You're right|You did], [I should have said it at once|here it is]: "
    "{memory}.",
    "[Ah, then you mean this|You must mean this]: {memory}.",
};
inline constexpr const char* kOnlyThat[] = {
    "[What I just said is all I have|That is all I have] about {subject}. If "
    "there was more, I didn't keep it; [tell me the part that's missing|say "
    "it once more].",
    "I [believe you|take your word for it], but I have no other note about "
    "{subject} than that one.",
};

inline constexpr const char* kReminderSet[] = {
    "[Done|It's set|Settled]: {due}, {what}. It won't ring, but [I'll bring it "
    "up|you'll hear it from me] when we talk [then|around that day].",
    "[{Due} it is|{Due}, then]: {what}. [No bells|No alarm], just me bringing "
    "it up.",
    "[I have it down|That's down] for {due}: {what}.",
};

inline constexpr const char* kOnTheList[] = {
    "[Done|It's there now|Noted]: {things} [is what I put on your shopping "
    "list|went on your shopping list].",
    "{Things} [it is|then]. [It's all on the list.|The list has it.]",
};
inline constexpr const char* kTriedOut[] = {
    "[I gave it a try|Done]. {tool} [says|answers|gave back]: {outcome}.",
    "[Here is what|This is what] {tool} [says|gave me]: {outcome}.",
};
inline constexpr const char* kDidNotWork[] = {
    "[That did not work just now|It would not do it just now], sorry. [Let's "
    "try again later.|Shall we try another time?]",
};

inline constexpr const char* kForgotten[] = {
    "[Gone|It's gone|Deleted|Done]. What you said about {subject} is no longer "
    "with me.",
    "[As you wish|Of course]. [I have deleted what I had|I no longer have "
    "anything] about {subject}.",
};
inline constexpr const char* kNothingToForget[] = {
    "[There is nothing to delete|Nothing to forget]: about {subject} I [never "
    "kept anything|hold nothing][, I looked|].",
};
inline constexpr const char* kCompleted[] = {
    "[Good|Very good|Nice|Well done], then that's off the list.",
    "[Off the list it goes|Ticked off], then.",
};
inline constexpr const char* kLeftOpen[] = {
    "[No harm done|All right|Fine], it stays on the list.",
    "[Then|In that case] it stays open. [No sermon.|I'll bring it up again.|]",
};
inline constexpr const char* kMention[] = {
    "[By the way|Before I forget], [there's a reminder due|you asked to be "
    "reminded]: {reminder}. Is that done?",
    "[And one more thing, since you asked me to bring it up|There is still a "
    "reminder on my list]: {reminder}. Is that done?",
};

inline constexpr const char* kConnect[] = {
    ("[Last time|Before] you told me that {memory}, so I'm not starting from "
     "nothing."),
    "I still have [this|a note on that]: {memory}.",
    "Does it have something to do with what you told me, that {memory}?",
};

inline constexpr const char* kFarewell[] = {
    "[Goodbye|Bye]. [Next time you can tell me how it goes "
    "with {topic}|We can come back to {topic} whenever you like].",
    "[Take care|Bye for now|So long]. I [liked hearing|was glad to hear] about "
    "{topic}.",
    "[That's enough about {topic} for one day, then|We leave {topic} there, "
    "then]. [Goodbye|Be well|Rest well].",
};
inline constexpr const char* kFarewellPlain[] = {
    "[Take care|Goodbye|Bye|Until next time|So long][, then|]. [I enjoyed "
    "this.|It was good to hear from you.|Rest well.|]",
    "[Until next time|Till then|See you]. [You know where to find me|Mind how "
    "you go].",
    "[All right|Good|Right], [talk soon|until the next one]. [Be well|Take it "
    "easy].",
    "[Thanks for|I'm glad of] the [company|chat]. [Goodbye|Bye for now|So "
    "long].",
};
inline constexpr const char* kClock[] = {
    "[It's {clock}|{Clock} already][ by my watch|, just so you know|].",
};

inline constexpr const char* kDiary[] = {
    "We talked about {topic} today. [I kept wanting to ask more|They said it "
    "dryly, and I liked them for it|They sounded lighter at the end than at "
    "the start]. [Next time I'll ask what came of it|I wonder what they left "
    "out].",
    "[A short talk|A good talk] about {topic}. [I should listen longer before "
    "I answer|I was slow to see how much it matters to them].",
    "Today they told me that {fact}. [It stays with me|I had not expected "
    "that]. [I'd like to hear the rest|I will be careful how I speak of it].",
};
inline constexpr const char* kDiaryPlain[] = {
    "[Few words|A short talk] today, [and|but] [I liked the quiet of it|I "
    "would have liked another round]. [I'll leave more room next time|I wonder "
    "what the day was really like].",
};

inline constexpr const char* kOops[] = {
    "[That didn't come out right|I put that badly]. [Go on, I'm with you|I'm "
    "listening].",
    "[In plain words|Simply put]: I heard you, and there's no hurry.",
};

}  // namespace simulate::offline::ada
