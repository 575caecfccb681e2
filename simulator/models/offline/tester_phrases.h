// What the scripted tester may say, by occasion. No sentence here begins with
// "I" or "My": those are the persona's facts, and Ada takes them for such.
#pragma once

namespace simulate::offline::tester {

inline constexpr const char* kFirstHello[] = {
    "[Hello|Hi|Hey][, Ada| there|].",
    "[Hello|Hi|Hey]. [First time here.|This is new to me.|Bear with me, this "
    "is new.|Let's see how this goes.]",
    "So [this is where one talks to you|this is you, then]. [Hello.|Hi.|]",
    "[Hello|Hi], Ada. My name is {name}.",
    "[Hello|Hi][ there|]. My name is {name}[, nice to meet you|].",
    "Ada, is it? [Hello|Hi][ then|].",
};

inline constexpr const char* kLaterHello[] = {
    "[Me again|It's me again|Back again][, Ada|].",
    "[Hello|Hi|Hey] [again|Ada|Ada, me again|you].",
    "[Here I am again|Another day, another chat|Right, where were we].",
    "[Hello|Hi], [long time|there you are|got a minute].",
    "Ada? [Are you there?|Only me.|Got a moment?]",
};

inline constexpr const char* kOpenTopic[] = {
    "[It's|Today it's|This time it's] about {topic}.",
    "[Can|May|Could] we talk about {topic}?",
    "[Guess what is keeping me busy|Guess what it is today|Three guesses "
    "what's up]: {topic}.",
    "Any thoughts [on|about] {topic}?",
    "[Been thinking|Spent half the day thinking|Lay awake thinking|Can't stop "
    "thinking] about {topic}.",
    "[Half the day|All week|Since yesterday|For days now] it has been nothing "
    "but {topic}.",
    "There is something about {topic}[ that won't let go of me|, I can't put "
    "my finger on it|. Hard to say what].",
    "[Well|So|Anyway]: {topic}. [Somebody has to hear it.|That's the news.|"
    "That's today's subject.|Again.|Where do I start.]",
    "{Topic}[, that's what's up|, of all things|]. [No idea where to begin."
    "|Let me tell you.|It's taking up space in my head.|Don't laugh.]",
    "Let's [talk|chat] about {topic}[ for a bit|, if you don't mind|].",
    "[Need|Could use] [a second opinion|somebody to listen|a bit of sense] "
    "about {topic}.",
    "You [can|may] [help me think|listen for a minute]: it's {topic}.",
    "[Nobody here wants|Nobody wants] to hear about {topic} any more[, so you "
    "get it|, so it's your turn|].",
};

inline constexpr const char* kCalm[] = {
    "[No rush|Nothing urgent|No drama], just [talking|passing the time].",
    "[Quiet|Slow] day[ otherwise| here|]."};
inline constexpr const char* kTired[] = {
    "[Long day|What a day], [so excuse the short messages|sorry if this "
    "rambles|eyes half shut already].",
    "[Dead|Worn] out[ today| tonight|], to be honest."};
inline constexpr const char* kCheerful[] = {
    "[In a good mood|Cheerful] for once, [so make the most of it|by the way]."};
inline constexpr const char* kWorried[] = {
    "[It worries me|It's a worry], [a little|more than it should].",
    "[Probably|Maybe] it's nothing[, but still|, but it nags]."};
inline constexpr const char* kCurious[] = {
    "[Just curious|Curious] [how you see it|what you make of it]."};
inline constexpr const char* kIrritable[] = {
    "[Everything gets on my nerves today|Patience is not my strength today].",
    "[And please|Please] no [pep talk|sermon]."};
inline constexpr const char* kRestless[] = {
    "[Can't sit still today|Up and down all day].",
    "[Started three things today|Three things begun] and finished none."};
inline constexpr const char* kContent[] = {
    "[Apart from that|Otherwise] [life is good|no complaints]."};
inline constexpr const char* kLonely[] = {
    "It's [too quiet|very quiet] here[ today|].",
    "[Nobody else around|No one else to tell], so it's you."};
inline constexpr const char* kHurried[] = {
    "[Only|Just] got [five|ten|a few] minutes.",
    "[Quick one|Quickly|In a rush], [sorry|as usual]."};

inline constexpr const char* kFact[] = {
    "{fact}",
    "{fact}",
    "{fact}",
    "[For the record|So you know|The background|You should know|A detail|To "
    "begin with|It helps to know this|One thing first]: {inside}.",
    "[Well|See|Mind you|By the way|Oh, and|You see], {inside}.",
};

inline constexpr const char* kAsideFact[] = {
    "[Hm|Well|Anyway|That reminds me|Another thing|While I think of it|What I "
    "haven't said|Something else]: {inside}.",
    "[Oh, and|By the way|Also|Mind you|You see], {inside}.",
    "{fact} [So there.|That's part of it.|Just so you know.|]",
};
inline constexpr const char* kAnswerFact[] = {
    "[Well|To answer that|Put it this way|The short answer|Maybe this "
    "helps]: {inside}.",
    "[Hm|Well|Let me see|It's like this]. {fact}",
    "{fact} [That's part of it.|That's the story.|That may explain it.|Make "
    "of that what you like.|So there.]",
};

inline constexpr const char* kWhether[] = {
    "[Not really|Sometimes|More or less|Yes and no|Depends on the day|Hardly|"
    "In a way|Now and then|I suppose so|I doubt it|Yes, I think so].",
};
inline constexpr const char* kEither[] = {
    "[A bit of both|The first, mostly|The second, if I'm honest|Neither, "
    "really|Both, on different days|The second|More the first].",
};
inline constexpr const char* kWhen[] = {
    "[Longer ago than I like to admit|Some while back|Hard to say when|Last "
    "winter or so|It crept up, I couldn't name a day|Before all this began].",
};
inline constexpr const char* kHow[] = {
    "[Slowly|Badly, if you must know|Better than expected|One day at a time|"
    "Somehow|The usual way, by muddling through|So-so].",
};
inline constexpr const char* kWho[] = {
    "[Hardly anyone|Nobody really|One or two people|The usual suspects|You, "
    "at the moment|The family, a little].",
};
inline constexpr const char* kWhy[] = {
    "[Habit, I suppose|Pride, if I'm honest|No good reason|Because nobody "
    "else does it|Don't ask me|It has always been like that].",
};
inline constexpr const char* kWhat[] = {
    "[Hard to say|No idea, to be honest|Never thought about that|The waiting, "
    "I suppose|The not knowing|The small things, mostly|A quiet week would be "
    "nice|Ask me something easier|Not sure yet].",
};

inline constexpr const char* kExtend[] = {
    "[Ask me again next week.|It changes from day to day.|That's as far as "
    "I've got.|There's more to it, but not today.]",
    "[Part of me|Half of me] [wants|would like] to leave it [alone|for the "
    "weekend|as it is].",
    "[Other people|Some people] would [laugh about it|make less of a fuss|"
    "have dealt with it long ago].",
    "[It could be worse|It could be a lot worse|Worse things happen].",
    "[Sounds silly|Sounds odd] when [I write it down|it's written down like "
    "that].",
    "[At least|The good part:] it makes [a decent|a good] story.",
    "[Anyway.|That's how it is.|So it goes.|There you have it.|Such is life.]",
    "[We'll see|Time will tell][, as they say|].",
};

inline constexpr const char* kGoOn[] = {
    "[You may be right|Could be|Perhaps|Maybe so|Fair enough]. [Haven't looked "
    "at it like that|Still, it's not that simple|Let me sleep on it|Easier "
    "said than done].",
    "[Hm|Hmm]. [Not sure that's it|That's only half of it|Not quite what was "
    "on my mind|There's something in that].",
    "[Anyway|Still], [it helps to say it out loud|nothing is decided yet|there "
    "is no hurry|it will sort itself out or it won't].",
    "[To be honest|Between us], [the whole thing is a bit embarrassing|it's "
    "less about the thing than about the principle|nobody else asks].",
    "[Today|This week] [something small happened|it went a bit better|it went "
    "wrong again], [nothing to write home about|typical|so I'm not complaining"
    "].",
    "[That's|Now that's] [one way to put it|easy for you to say|about the size "
    "of it].",
    "[You don't have to agree|No need to be polite][, you know| about it|].",
    "[Different subject|Something else]: it's [finally raining|far too warm|"
    "cold|windy] here [and nobody is in the mood for anything|and the whole "
    "place smells of it|since yesterday].",
};

inline constexpr const char* kOpinion[] = {
    "[What do you think|What would you do|How do you see it], [honestly|"
    "Ada|straight out|no politeness]?",
    "[What's your opinion|Tell me what you think]: [keep going or leave it|say "
    "something or keep quiet|wait or get on with it]?",
    "Am I [being unreasonable|making too much of it|wrong about this][, do "
    "you think|]?",
};

inline constexpr const char* kRemindMe[] = {
    "[Could|Can|Would] you remind me {when} about {topic}?",
    "[Oh, and|One more thing:] remind me {when} about {topic}[, please|, will "
    "you|].",
    "[Before I forget|Before it slips my mind]: remind me {when} to [think "
    "about|do something about|write something down about] {topic}.",
    "[Please|Do me a favour and] remind me {when} to come back to {topic}.",
};
inline constexpr const char* kWhenDue[] = {
    "on {weekday}",
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
    "[Seriously|Really]? I told you about {hint}[, word for word| only the "
    "other day|].",
};
inline constexpr const char* kLetGo[] = {
    "[Never mind|Forget it, it's not important|Well, it doesn't matter|All "
    "right|Fine], [another time|then|it happens to me too|no harm done].",
    "[Maybe|Perhaps] I [only meant to tell you|dreamt it|told somebody else]. "
    "[It happens.|Never mind.|]",
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
    "[Right|Well|So|Okay], [time to go|have to go now|off to bed|dinner is "
    "waiting|somebody's at the door|that's enough for today]. [Bye|Goodbye|"
    "See you|Talk soon][, Ada|].",
    "[Have to run|Must go|Need to get going][, sorry|]. [Talk soon|Bye|Until "
    "next time|Goodbye].",
    "[Enough for today|That'll do for today|That's all from me]. [Bye, Ada|"
    "Goodbye|Take care|Talk to you soon|See you].",
    "[Good night|Goodbye|Bye][, Ada|]. [This was nice.|That helped a bit.|"
    "Until next time.|]",
    "Got to go. [Bye|See you|Talk tomorrow].",
    "[Bye for now|Bye then|Talk later|Until next time]."};

inline constexpr const char* kGreetBack[] = {
    "[Never mind me today|Not much to tell today|Just checking in].",
};

}  // namespace simulate::offline::tester
