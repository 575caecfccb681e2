// What the scripted tester may say, by occasion. No sentence here begins with
// "I" or "My", except for wishes: those are the persona's facts, and Ada takes
// them for such.
#pragma once

#include <re2/re2.h>

#include <array>
#include <string>
#include <utility>

#include "simulator/base/text.h"
#include "simulator/offline/voice.h"
#include "simulator/offline/words.h"

namespace simulate::offline::tester {

inline constexpr const char* kFirstHello[] = {
    "[Hello|Hi|Hey][, Ada| there|].",
    ("[Hello|Hi|Hey]. [First time here.|This is new to me.|Bear with me, this "
     "is new.]"),
    "[Hello|Hi][, Ada|]. {name} here.",
    "[Hello|Hi][ there|]. The name is {name}[, nice to meet you|].",
    "[Good to meet you|Nice to meet you][, Ada|].",
};
inline constexpr const char* kLaterHello[] = {
    "[Me again|It's me again|Back again][, Ada|].",
    "[Hello|Hi|Hey] [again|Ada|Ada, me again].",
    "[Here I am again|Another day, another chat].",
    "[Hello|Hi], [long time no see|it's me].",
};

// Openings by style. Ada finds the topic behind "about" or a colon.
inline constexpr const char* kOpenBrief[] = {
    "[It's|Today it's] about {topic}.",
    "[Today's subject|The subject]: {topic}.",
    "Need to talk about {topic}.",
    "Question about {topic}.",
};
inline constexpr const char* kOpenChatty[] = {
    "[There was no sitting down today, and even so|The kettle has boiled "
    "twice already because] all I could think about: {topic}.",
    "[You won't guess what everyone got to hear today|Guess what comes up "
    "at every meal]: {topic}.",
    "Nobody here will listen any more, so it's your turn: {topic}.",
    "It's one of those days that end with thinking about {topic}.",
};
inline constexpr const char* kOpenDirect[] = {
    "[Let's talk|I want to talk] about {topic}.",
    "Straight to it: {topic}.",
    "Can we talk about {topic}?",
    "[I need|Looking for] a clear head about {topic}.",
};
inline constexpr const char* kOpenHesitant[] = {
    "[Not sure where to begin|Hard to know where to start]. It's about "
    "{topic}.",
    "[Maybe it's nothing|It may be silly], but could we talk about {topic}?",
    "[Is this a good moment|Do you have a moment]? It's about {topic}.",
    "[It took me a while to write this|This isn't easy to write]. There's "
    "something about {topic}.",
};
inline constexpr const char* kOpenDry[] = {
    ("[Today's entertainment|The latest episode|Item one on the agenda]: "
     "{topic}."),
    "Other people have hobbies. Here, the talk is about {topic}.",
    "[No prizes for guessing|Brace yourself]: {topic}.",
    "The world may have bigger troubles. This one is about {topic}.",
};
inline constexpr const char* kOpenPlain[] = {
    "[I'd like|I would like] to talk about {topic}.",
    "[What's on my mind|On my mind today]: {topic}.",
    "Been thinking about {topic}.",
    "There is news, of a sort, about {topic}.",
    "Could I ask you something about {topic}?",
};
// In the middle of a talk.
inline constexpr const char* kTurnTo[] = {
    "[What I came for, though|The reason I'm here]: {topic}.",
    "[Now|But now], can we talk about {topic}?",
    "[Anyway|But anyway], it's about {topic} today.",
};

inline constexpr const char* kCalm[] = {"[No rush|Nothing urgent|No drama].",
                                        "Quiet day otherwise."};
inline constexpr const char* kTired[] = {
    "[Long day|What a day], [so excuse the short messages|sorry if this "
    "rambles].",
    "[Dead|Worn] out today, to be honest."};
inline constexpr const char* kCheerful[] = {
    "[In a good mood|Cheerful] for once, by the way.",
    "Don't worry, it's a good day."};
inline constexpr const char* kWorried[] = {
    "It worries me, [a little|more than it should].",
    "[Probably|Maybe] it's nothing[, but still|, but it nags]."};
inline constexpr const char* kCurious[] = {
    "[Just curious|Curious] what you make of it.",
    "Somebody must have thought this through before me."};
inline constexpr const char* kIrritable[] = {
    "Everything gets on my nerves today.", "And please, no pep talk."};
inline constexpr const char* kRestless[] = {
    "Can't sit still today.", "Started three things today and finished none."};
inline constexpr const char* kContent[] = {
    "[Apart from that|Otherwise] [life is good|no complaints]."};
inline constexpr const char* kLonely[] = {"It's [too|very] quiet here today.",
                                          "There's no one else to tell today."};
inline constexpr const char* kHurried[] = {
    "[Only|Just] got [five|ten] minutes.", "In a rush, [sorry|as usual]."};

inline constexpr const char* kFact[] = {
    "{fact}",
    "{fact}",
    "{fact}",
    ("[For the record.|So you know.|You should know this.|It helps to know "
     "this.|One thing first.] {fact}"),
    "[Well|See|Mind you|You see], {inside}.",
};
inline constexpr const char* kAsideFact[] = {
    ("[Another thing.|While I think of it.|Something else you should know.] "
     "{fact}"),
    "[Oh, and|By the way|Also|Mind you], {inside}.",
    "{fact} [That's part of it.|Just so you know.|]",
};
inline constexpr const char* kAnswerFact[] = {
    "[Well|You see], {inside}.",
    "[Let me see.|It's like this.] {fact}",
    "{fact} [That may explain it.|Make of that what you like.|]",
};

// To questions that are not in the table of exchanges.
inline constexpr const char* kWhether[] = {
    "[Not really|Sometimes|More or less|Yes and no|It depends on the day|I "
    "suppose so|I doubt it|Yes, I think so].",
};
inline constexpr const char* kEither[] = {
    "[A bit of both|The first, mostly|The second, if I'm honest|Neither, "
    "really].",
};
inline constexpr const char* kWhen[] = {
    "[Longer ago than I like to admit|Some while back|Hard to say when].",
};
inline constexpr const char* kHow[] = {
    "[Slowly|Badly, if you must know|Better than expected|One day at a time].",
};
inline constexpr const char* kWho[] = {
    "[Hardly anyone|Nobody really|One or two people|You, at the moment].",
};
inline constexpr const char* kWhy[] = {
    "[Habit, I suppose|Pride, if I'm honest|No good reason|It has always been "
    "like that].",
};
inline constexpr const char* kWhat[] = {
    "[Hard to say|No idea, to be honest|Never thought of that|Not sure yet].",
};

inline constexpr const char* kExtend[] = {
    "[It changes from day to day.|There's more to it, but not today.]",
    "Part of me would like to leave {topic} alone for the weekend.",
    "Other people would make less of a fuss.",
    "It sounds odd, written down like that.",
    "[That's how it is with|So much for] {topic}.",
};
inline constexpr const char* kGoOn[] = {
    "[You may be right|Could be|Perhaps]. With {topic} one never knows.",
    "[Maybe so|Fair enough]. Let me sleep on it. There is still tomorrow for "
    "{topic}.",
    "[That's only half of it|There's something in that]. The rest is harder to "
    "put into words.",
    "[Anyway|Still], it helps to talk about {topic} to somebody who isn't "
    "part of it.",
    "[To be honest|Between us], I think of {topic} more than I let on.",
    "[That's|Now that's] one way to see {topic}.",
    "[Yesterday|This week] it went a little better. Nothing to write home "
    "about, but still.",
};

inline constexpr const char* kOpinion[] = {
    "What do you think about {topic}[, honestly|, Ada|]?",
    "What would you do about {topic}[, in my place|]?",
    "How do you see {topic}? [Tell me straight.|No politeness, please.|]",
    "Am I making too much of {topic}?",
};

// Of {task}, which fits the matter of the topic.
inline constexpr const char* kRemindMe[] = {
    "[Could|Can|Would] you remind me {when} to {task}?",
    "[Oh, and|One more thing:] remind me {when} to {task}[, please|].",
    "[Before I forget|Before it slips my mind], remind me {when} to {task}.",
    "[Please|Do me a favour and] remind me {when} to {task}.",
};
inline constexpr const char* kShopping[] = {
    "[Could|Can|Would] you put {things} on my shopping list?",
    "[Oh, and|One more thing:] put {things} on my shopping list[, please|].",
    "[Before I forget|While we're at it], put {things} on the shopping list.",
};
inline constexpr const char* kThings[] = {
    "milk and bread",
    "[coffee|tea|rice]",
    "eggs, flour and butter",
    "[a new light bulb|a box of matches|washing powder]",
    "[apples|onions|potatoes] and [soap|a newspaper|candles]",
};
inline constexpr const char* kTryTool[] = {
    "[Could|Would] you try your tool {tool} once? [Just to see what it does.|]",
    "[By the way|Something else]: try out your tool {tool}[, please|].",
};
inline constexpr const char* kTask[] = {
    "make up my mind about {topic}",
    "decide what to do about {topic}",
};
inline constexpr const char* kTaskHealth[] = {
    "ring the doctor about {topic}",
    "write down my questions about {topic}",
};
inline constexpr const char* kTaskMoney[] = {
    "go through the figures for {topic}",
    "look at the papers about {topic}",
};
inline constexpr const char* kTaskFamily[] = {
    "have a word at home about {topic}",
    "say something about {topic} at last",
};
inline constexpr const char* kTaskWork[] = {
    "make a list of what is left to do about {topic}",
    "sort out {topic}",
};
inline constexpr const char* kTaskPastime[] = {
    "keep an hour free for {topic}",
};
inline constexpr const char* kWhenDue[] = {
    "on {weekday}",
    "on {weekday} at [eight|nine|ten|eleven]",
    "on {weekday} [morning|evening]",
    "on {weekday} at [3|4|5|6] pm",
    "tomorrow",
    "tomorrow at [nine|ten|8]",
};

inline constexpr const char* kQuiz[] = {
    "Do you [still|even] [remember|know] what [I told you|I said] about "
    "{hint}?",
    "[Quick test|A little test|Tell me]: what do you [still|] know about "
    "{hint}?",
    "[Let's see if you listened|Memory check|Let's see], [what did I tell you|"
    "what did I say] about {hint}?",
    "You [still|do] remember what [I told you|I said] about {hint}, [don't "
    "you|right|or not]?",
    "[Last time|The other day] [we talked about|I told you something about] "
    "{hint}. [Do you still have it|Still remember|Do you remember what it was]"
    "?",
};

inline constexpr const char* kQuizRight[] = {
    "[That's it|Exactly|Yes, that's right|Right, that's what I said|Correct|"
    "Spot on].",
    "[Well, well|Look at that|Not bad]. [You did listen.|You do remember.|"
    "Better than some people here.]",
    "[Yes|Yep], [that one|that's the one|you've got it].",
};
inline constexpr const char* kQuizWrong[] = {
    "[I told you last time|I did tell you], [about {hint}, don't you "
    "remember|it was about {hint}|about {hint}, in so many words].",
    "[Hm, I'm sure I told you|But I told you|No, I did tell you] about {hint}. "
    "[Not long ago.|We talked about it.|Look again.|Strange.]",
    "[Seriously|Really]? I told you about {hint}. [It was only the other "
    "day.|Word for word.|]",
};
inline constexpr const char* kLetGo[] = {
    "[Never mind|It doesn't matter|Fine], [it happens to me too|no harm done].",
    "Perhaps I only meant to say it. [It happens.|Never mind.|]",
};
inline constexpr const char* kTellAgain[] = {
    "[Once more, then.|All right, again.|Here it is again.] {fact}",
};

inline constexpr const char* kForget[] = {
    "[Could you|Can you|Please] forget what I [told you|said] about "
    "{hint}[, please|]? [It's nobody's business.|It was said in a bad mood.|"
    "I'd rather it wasn't kept.|]",
    "[One thing|Something else]: I'd like you to forget what I [told you|said] "
    "about {hint}. [It's private.|Better that way.|No hard feelings.|]",
};

inline constexpr const char* kDone[] = {
    "[Yes|Yep], that's done[, finally|. Took long enough| since this "
    "morning|].",
    "[It's done|All done|Done and dusted][, yes|, thanks for asking|].",
};
inline constexpr const char* kNotDone[] = {
    "[No|Not yet][, don't rub it in|, keep it on the list|. Tomorrow, maybe|. "
    "Ask me again next time|, I keep putting it off].",
};

inline constexpr const char* kGoodbye[] = {
    "[Right|Well|So|Okay], [time to go|have to go now|the phone is "
    "ringing|somebody's at the door|that's enough for today]. [Bye|Goodbye|"
    "See you|Talk soon][, Ada|].",
    "[Have to run|Must go|Need to get going][, sorry|]. [Talk soon|Bye|Until "
    "next time|Goodbye].",
    "[Enough for today|That'll do for today|That's all from me]. [Bye, Ada|"
    "Goodbye|Take care|Talk to you soon|See you].",
    "[Goodbye|Bye][, Ada|]. [This was nice.|That helped a bit.|"
    "Until next time.|]",
    "Got to go. [Bye|See you|Talk tomorrow].",
    "[Bye for now|Bye then|Talk later|Until next time]."};

inline Phrases lines_for(const std::string& mood) {
  static const std::array<std::pair<const char*, Phrases>, 10> kinds = {{
      {"calm", kCalm},
      {"tired", kTired},
      {"cheerful", kCheerful},
      {"worried", kWorried},
      {"curious", kCurious},
      {"irritable", kIrritable},
      {"restless", kRestless},
      {"content", kContent},
      {"lonely", kLonely},
      {"hurry", kHurried},
  }};
  for (const auto& [word, lines] : kinds) {
    if (contains(mood, word)) return lines;
  }
  return kCalm;
}

inline Phrases openings_in(const std::string& style) {
  static const std::array<std::pair<const char*, Phrases>, 5> kinds = {{
      {"brief", kOpenBrief},
      {"chatty", kOpenChatty},
      {"direct", kOpenDirect},
      {"hesitant", kOpenHesitant},
      {"dry", kOpenDry},
  }};
  for (const auto& [word, lines] : kinds) {
    if (contains(style, word)) return lines;
  }
  return kOpenPlain;
}

inline Phrases tasks_for(Matter matter) {
  switch (matter) {
    case Matter::health:
      return kTaskHealth;
    case Matter::money:
      return kTaskMoney;
    case Matter::family:
      return kTaskFamily;
    case Matter::work:
      return kTaskWork;
    case Matter::pastime:
      return kTaskPastime;
    default:
      return kTask;
  }
}

// To questions that are not in the table of exchanges.
inline Phrases answers_to(const std::string& question) {
  static const RE2 whether(
      "(?i).*\\b(?:is|are|do|does|did|has|have|would|will|can|could|was|were) "
      "(?:you|it|that|there|this|your|the|anyone|somebody|they|he|she)\\b.*");
  std::string low = lowered(question);
  auto asks = [&low](const char* word) {
    return low.starts_with(word) || contains(low, std::string(", ") + word) ||
           contains(low, std::string("and ") + word);
  };
  if (asks("when") || contains(low, "how long")) return kWhen;
  if (asks("how")) return kHow;
  if (asks("who")) return kWho;
  if (asks("why")) return kWhy;
  if (asks("what") || asks("which") || asks("where")) return kWhat;
  if (contains(low, " or ")) return kEither;
  return RE2::FullMatch(low, whether) ? Phrases(kWhether) : Phrases(kWhat);
}

}  // namespace simulate::offline::tester
