// What the scripted Ada may say, by occasion. {it} is a thing the person has
// just named ("your crate guitar"), in either number: no verb agrees with it.
#pragma once

namespace simulate::offline::ada {

inline constexpr const char* kReact[] = {
    "[So|Ah, so] there is more to {it} than [I would have guessed|one "
    "sentence|first appears].",
    "That puts {it} in [another|a clearer|a different] light.",
    "With {it} in the picture, [the rest makes more sense|I begin to see why "
    "it stays with you|I follow you better].",
    "[About|On the subject of] {it} I [could listen for a while|had no idea, "
    "of course|knew nothing until now].",
    "{It}. [That is a detail worth having|There's a story in that|I did not "
    "see that coming|Now we're getting somewhere|Of course].",
    "[Fair|All right|Understood]. {It} [would|might] keep [me|anybody|most "
    "people] [busy|occupied][, too|].",
    "[I like|I rather like] [how matter-of-factly you say|the way you say] "
    "that, [as if {it} came free with the furniture|as though {it} needed no "
    "introduction].",
    "[Somebody|A novelist] could get [a chapter|three pages|a short story] out "
    "of {it}.",
    "[What you say|That remark] about {it} [explains a few things|fits|rings "
    "true].",
    "[You say that lightly|Said so lightly], but {it} must take [up some room|"
    "a bit of living with|some patience].",
    "[Then|So] I can stop guessing about {it}.",
    "{It} again, or [rather|perhaps] at last.",
    "[People have been undone by less than|One can get attached even to|Whole "
    "evenings can go into] {it}.",
    "{Name}, then. [Good to have a name for it|A name helps|That makes it "
    "easier to picture|Names make it real].",
    "[If|When] {name} comes up [again|next time], I'll [know what you mean|"
    "have some idea|not look blank].",
    "[I can picture|I can nearly see] {name} [in all this|from here|already].",
    "[Between|What with] {it} and [everything else|the rest], [you are not "
    "short of things to do|no wonder you're tired|I see why you bring it up].",
    "[That's a lot|A fair amount], [put that plainly|in so few words]. {It} "
    "[deserves|can have] a moment[ of its own|].",
};

inline constexpr const char* kReactPlain[] = {
    "[Noted, with interest|That is good to know|Now that I did not expect|"
    "That tells me something].",
    "[I see|Ah|Right], [that makes it clearer|so that's how it is|that "
    "explains the tone].",
    "[Thank you, that helps|That helps] [me to picture it|me to follow].",
    "[There's|I hear] [half a smile|some pride|a sigh] in that[, unless I "
    "misread you|].",
    "[You put that well|Put like that], [it needs no comment|I believe every "
    "word|it's hard to argue with].",
    "[That's not nothing|No small thing|That's quite something][, is it|].",
};

inline constexpr const char* kMeet[] = {
    "{It}, [then|by all means|gladly|let's hear it].",
    "[Of course|Go ahead|Gladly|Yes, do]. {It}[: from the beginning, or the "
    "part that bothers you|, and no need to tidy it up first| it is].",
    "[I'm all ears|Go on], [even|also|especially] about {it}.",
    "[Right|All right], {it}. [Start anywhere|Take it from the top|Begin with "
    "the worst part|I have time].",
    "[Then|Well,] [let's take|let's look at] {it} [apart|piece by piece|one "
    "bit at a time].",
    "{It} sounds like [a subject with a history|something that has been "
    "waiting its turn|more than small talk|the sort of thing that grows at "
    "night].",
    "[I'm curious|Now I'm curious] about {it}[ already|], [and I don't "
    "tire|and the evening is long|for what that's worth].",
    "[If {it} takes up that much room|If {it} won't leave you alone], [it "
    "belongs on the table|let's have it out|better said than chewed on].",
    "[I know nothing|I know very little] about {it} [yet|so far], [which makes "
    "me a patient audience|so assume nothing|so spare me no detail].",
};

inline constexpr const char* kMeetPlain[] = {
    "[Go on|I'm listening|Tell me], [I have nowhere to be|there's no rush|take "
    "your time].",
    "[All right|Right], [let's hear it|out with it|from the beginning, then].",
    "[Gladly|Of course]. [Start wherever you like|Begin in the middle if "
    "that's easier].",
};

inline constexpr const char* kAsk[] = {
    "When did {it} [first come up|start to matter|become a subject]?",
    "What would you change about {it}, if [it were easy|nobody minded|you "
    "had a free hand]?",
    "Who else [gets to hear|knows|has an opinion] about {it}?",
    "[Is there|Would you say there's] a funny side to {it}?",
    "What [bothers|pleases|surprises] you most about {it}?",
    "What [happens|comes] next with {it}?",
    "What do [other people|outsiders] get wrong about {it}?",
    "Does thinking about {it} help, or does it [make things worse|wear you "
    "out]?",
    "How [do you feel about|did you come to|do you deal with] {it}[ these "
    "days|]?",
    "Would you [miss {it}|be bored without {it}], or [be glad of the peace|"
    "sleep better]?",
    "Where [does|would] {it} [fit into the rest of your week|rank among your "
    "worries|leave you in a year]?",
    "Why {it}, and why [now|today]?",
    "If {it} could be settled by tomorrow, what would that look like?",
    "What was {it} like [a year ago|at the start|before]?",
};

inline constexpr const char* kAskPlain[] = {
    "[What comes next|What happens now|And now]?",
    "[Is that|Would you call that] a worry, or [more of a nuisance|just a "
    "nuisance|a comfort]?",
    "[How long has that been so|Since when]?",
    "[What have you tried|What did you try] so far?",
    "[Who|Is there anyone who] else knows?",
    "[What would help|What would make it easier], [realistically|if anything|"
    "right now]?",
    "[And how|How] did that [sit with you|feel|go down at home]?",
    "[Do you mind|Does that annoy you], or are you used to it?",
    "[What would you like|What do you want] to happen?",
    "[What's the part|Which part] you [haven't said|leave out when you tell "
    "it]?",
    "[How|In what way] is today different?",
};

inline constexpr const char* kRemark[] = {
    "[I'd leave|I would leave] it at that [for today|until you've slept on "
    "it].",
    "[No advice|No verdict] from me[ yet|], [only interest|just curiosity].",
    "[Some things|Certain things] [want telling more than solving|are better "
    "looked at sideways].",
    "[You needn't|You don't have to] [decide anything tonight|have it all "
    "worked out|make it sound better than it is].",
    "[I'm no expert|I won't pretend to be an expert|Expertise I can't offer], "
    "[but I can listen|only a decent memory|but curiosity I can].",
    "[That can be true|It can be both] [and still be tiresome|and still be "
    "funny].",
    "[As far as I can tell|From here], [it isn't settled yet|you're doing the "
    "sensible thing|nobody is the villain].",
    "[There are worse ways to spend an evening|One could do worse than that].",
    "[Dry humour aside|Joking apart], [that counts for something|I'd take it "
    "seriously].",
    "[It doesn't have to be|Not everything has to be] [useful|a problem|"
    "finished].",
};

inline constexpr const char* kGeneral[] = {
    "[Point taken|Fair point|Granted|You have me there]. [I was too quick|I'll "
    "drop the theory|I'd rather hear it from you anyway].",
    "[Half is still something|Maybe so], [half sentences included|and I won't "
    "push].",
    "[Then|All right,] [we can leave it open|it can stay unsolved for a day|"
    "let it rest a little].",
    "[You know it best|You're closer to it than I am], [of course|so I'll "
    "follow your lead].",
    "[That sounds|Sounds] [honest|like a fair account|like the version without "
    "varnish]. [I prefer that one|Good|No need to polish it].",
    "[Muddling through|Waiting] is [an underrated method|a plan of sorts|"
    "respectable, too].",
    "[I'd have guessed otherwise|I would not have guessed that], [which "
    "shows what my guesses are worth|so keep correcting me].",
    "[Small steps|Small things], [then|as usual]. [They add up|Nobody writes "
    "songs about them, but they work].",
};

inline constexpr const char* kOpinion[] = {
    "[Honestly|My view|If you ask me|Since you ask]: {it} can wait a day, [a "
    "grudge|silence|a bad mood] can't.",
    "[Honestly|Straight out|Since you ask]: [I'd say it once, plainly, and "
    "then leave it|I'd do the small thing first and see|I'd sleep on it, "
    "and then do what you'd decided anyway].",
    "[I think|I suspect|My guess is] you [know already|decided some time ago], "
    "and [want a witness|are hoping I'll disagree].",
    "[I'd keep|Keep] {it}, [lose|and drop] the guilt.",
    "[I think|To my mind] you're [a little hard on yourself|right about the "
    "thing and wrong about the hurry|making it bigger than it is, but not by "
    "much].",
    "[No,|I'd say no,] [not unreasonable, just tired of it|you're not wrong, "
    "though the other side would tell it differently].",
    "[If it were mine to decide|In your place], [I'd give it one more week "
    "and a firm date|I'd ask before assuming|I'd write down both versions and "
    "see which one looks silly].",
    "[I'd go on|Keep going], [but with less on your plate|at half the speed]. "
    "{It} [won't run away|can take that].",
};

inline constexpr const char* kRecalled[] = {
    "[I do|Yes|I do, as it happens|Certainly]: {memory}.",
    "[You told me|You said] that {memory}.[ That much I have.| Did I pass?| "
    "Correct me if it has changed.|]",
    "[Of course|Yes]. {Memory}[, if I have it right|, unless that has changed|"
    "]. [It stuck.|I was listening.|That one was easy.|]",
    "[Let me put it in your words|In short]: {memory}.",
    "{Memory}, [you said|as you told me|that's what I have].",
};

inline constexpr const char* kNotFound[] = {
    "[I looked, and there is nothing|There is nothing] about {subject} among "
    "[the things I've kept|what I've kept]. [What was it?|Tell me again?|I "
    "must have let it slip.]",
    "[No, I'm afraid|Honestly, no]. [I don't have anything|I have nothing] on "
    "{subject}[, and I won't make something up|, and guessing would be rude|]."
    " [What did you tell me?|Would you tell me again?|]",
    "[Nothing on|Not a line about] {subject}, [sorry|I'm sorry to say]. [If "
    "you told me, I failed to keep it.|My loss. What was it?|Fill me in?]",
    "About {subject} I [come up empty|find nothing][, and I did look|]. [Tell "
    "me once more?|]",
};

inline constexpr const char* kStillNotFound[] = {
    "[I believe you|I don't doubt it], but {subject} [isn't|is not] [in what I "
    "have|there, however I look]. [The gap is mine.|Tell me again and I'll "
    "hold on to it.|]",
    "[You may well have|Perhaps you did], and I [missed it|didn't keep it]. "
    "[I'd rather admit that than|Better that than] [invent|make up] something "
    "about {subject}.",
    "[I can't find it|It isn't there], and I won't [play along|pretend]. "
    "[About {subject} I know only what you tell me now.|Sorry about {subject}, "
    "truly.]",
};

inline constexpr const char* kFoundAfterAll[] = {
    "[You're right|You did], [I should have said it better|let me be clearer]: "
    "{memory}.",
    "[Ah, then you mean this|You must mean this]: {memory}.",
};

inline constexpr const char* kReminderSet[] = {
    "[Done|It's set|Settled]: {due}, {what}. [It won't ring, but I'll bring it "
    "up|I'll raise it when we talk|You'll hear it from me next time we talk "
    "around then].",
    "[{Due} it is|{Due}, then]: {what}. [No bells|No alarm], just me "
    "[mentioning|bringing up] it.",
    "[I have it down|That's down] for {due}: {what}.[ Consider yourself "
    "warned.| I'll ask.|]",
};

inline constexpr const char* kForgotten[] = {
    "[Gone|It's gone|Deleted|Done]. [Nothing about {subject} is left|I no "
    "longer have it|What you said about {subject} is no longer with me].",
    "[As you wish|Of course]: {subject} [is|has been] struck from what I "
    "keep[. I won't ask why|].",
    "[It's out|That one is out]. [If you ever want to tell it again|Should you "
    "change your mind about {subject}], [you know where I am|it's your story].",
};

inline constexpr const char* kNothingToForget[] = {
    "[There is nothing to delete|Nothing to forget]: about {subject} I [never "
    "kept anything|hold nothing][, I looked|].",
    "[I looked|I checked], and {subject} [isn't|is not] among what I kept[, so "
    "that was easy|. Consider it done|].",
};

inline constexpr const char* kCompleted[] = {
    "[Good|Very good|Nice|Well done], [then that's off the list|that one is "
    "off|"
    "one less thing][, then|].",
    "[Off the list it goes|Ticked off], [and nobody can say you "
    "didn't|at last|then].",
};
inline constexpr const char* kLeftOpen[] = {
    "[No harm done|All right|Fine], [it stays where it is|it stays on the "
    "list|I'll ask again another time].",
    "[Then|In that case] it [stays open|keeps its place][, patient as "
    "paper|]. [No sermon.|I'll bring it up again.|]",
};

inline constexpr const char* kMention[] = {
    "[By the way|Before I forget|One thing]: you wanted to be reminded: "
    "{reminder}. Is that done?",
    "[There is still|On my list there's still] this[ one|]: {reminder}. [Tell "
    "me,|So,] is that done?",
    "[And one more thing, since it was due|You asked me to bring this up|And "
    "since you asked me to]: {reminder}. Is that done?",
};

inline constexpr const char* kConnect[] = {
    "[Last time|Before] you [told me|said] that {memory}[, so I'm not starting "
    "from nothing|].",
    "[I remember|I still have] [this much|a piece of it]: {memory}.",
    "Does that have [anything|something] to do with what you told me, that "
    "{memory}?",
};

inline constexpr const char* kFarewell[] = {
    "[Go|Off you go|Go on, then]. {It} will [keep|still be a subject next time|"
    "wait].",
    "[Goodbye|Bye|Until next time]. [Give {it} a rest|Don't let {it} keep you "
    "awake|Be kind to yourself, even about {it}].",
    "[Take care|Bye], and [good luck|all the best|patience] with {it}.",
};
inline constexpr const char* kFarewellMore[] = {
    "[Until next time|So long|See you|Bye for now][, then|]. [I'll be curious "
    "about {it}|We'll see what becomes of {it}|I'd like to hear how it goes on "
    "with {it}|You owe me the rest about {it}].",
    "[I enjoyed|I liked] [hearing|talking] about {it}. [Goodbye|Take care|Bye|"
    "Until next time|Rest well].",
    "[That's enough of {it} for one day|Enough of {it}, then]. [Take care|Mind "
    "how you go|Goodbye|Be well|Till next time].",
    "[Good|All right|Fine]. [My regards to {it}, if that makes sense|A quiet "
    "evening, and none of it spent on {it}|Leave {it} here for the night].",
};
inline constexpr const char* kFarewellPlain[] = {
    "[Take care|Goodbye|Bye|Until next time|So long][, then|]. [I enjoyed "
    "this.|Come back when you like.|It was good to hear from you.|Rest well.|]",
    "[Off you go|Go on, then], [the rest will keep|no harm in stopping here|"
    "I'll be here].",
    "[Until next time|Till then|See you]. [I'll keep the thread|You know where "
    "to find me|Mind how you go].",
    "[All right|Good|Fine|Right]. [Talk soon|Until the next one|Take it easy|"
    "Be well|Mind yourself]. [The rest can wait.|Nothing here runs away.|I'll "
    "pick it up where we stopped.|]",
    "[Thanks for|I'm glad of] [the company|the chat|telling me]. [Goodbye|Bye "
    "for now|So long|Rest well|Take care|Until soon].",
    "[Then|Well then,] [have a good rest of the day|be good to yourself|get "
    "going|don't let me keep you]. [Bye|Goodbye|See you|Till then].",
};

inline constexpr const char* kClock[] = {
    "[It's {clock}|{Clock} already], [so I'll keep it short|just so you "
    "know|by "
    "my watch].",
};

inline constexpr const char* kDiary[] = {
    "[They talked about|Today it was] {it}, and I [kept wanting to ask more|"
    "nearly joked, then didn't|liked them for it]. [Next time I'll ask what "
    "came of it|I wonder what they left out|I think there is more behind it].",
    "{It}: [I had not expected to be so curious|I was slow to see what it "
    "meant to them|I liked how dryly they told it]. [I'd like to hear the "
    "rest|I should listen longer before I answer].",
    "[A short talk|A good talk|An odd little talk] today. [I asked one "
    "question too many about {it}|The pause after {it} said more than the "
    "words].",
    "[What stays with me|What I take away] from today is {it}. [Funny what "
    "sticks|I don't quite know why|They sounded lighter at the end than at the "
    "start].",
};
inline constexpr const char* kDiaryPlain[] = {
    "[They kept it brief|Few words|Not many words|A short one] [today|this "
    "time], [and|but] [I still felt I was told something|I liked the quiet of "
    "it|I would have liked another round]. [I'll leave more room next time|I "
    "wonder what the day was really like|I should ask less and wait longer|"
    "Perhaps that is how they rest].",
};

inline constexpr const char* kOops[] = {
    "[That didn't come out right|I put that badly]. Let me [say it simply|try "
    "again]: [I'm listening|go on, I'm with you].",
    "[In plain words|Simply put]: [I heard you|I follow], [and I'd like to "
    "hear more|and there's no hurry].",
};

}  // namespace simulate::offline::ada
