// What Ada may ask and what comes of it: her question, the person's answer and
// her word to that belong together, so both scripts read this one table. A
// question is recognised by its key. Answers never begin with "I" or "My":
// those are facts. No verb agrees with {topic}, which may be plural.
#pragma once

#include <string_view>

#include "simulator/offline/words.h"

namespace simulate::offline {

struct Exchange {
  Matter matter;  // other: fits every topic
  const char* question;
  std::string_view key;  // in lower case
  const char* answer;
  const char* comeback;
};

inline constexpr Exchange kExchanges[] = {
    {Matter::other, "What is the next step with {topic}?", "the next step",
     "[Waiting, mostly|A conversation that keeps getting put off|Making up my "
     "mind, and then telling people].",
     "[Then at least you know what comes next|So the next step has a name]. "
     "[The rest of it can follow|That is enough for one week]."},
    {Matter::other, "How long have you been thinking about {topic}?",
     "how long have you been thinking",
     "[Since the weekend|A few weeks now|Longer than I care to admit|On and "
     "off since last year].",
     "Long enough, then. I [see|understand] why you'd want to say it to "
     "somebody."},
    {Matter::other, "Who else have you talked to about {topic}?",
     "who else have you talked to",
     "[Nobody who listens to the end|One friend, who changed the subject|Only "
     "you, so far|The people around me, and they have heard enough].",
     "[Then I'm glad you brought it here|Then take your time with it here]. "
     "I [don't change the subject|listen to the end]."},
    {Matter::other, "What would you like to be different about {topic}?",
     "like to be different",
     "[Less fuss, mainly|Somebody else to decide for once|A little more say in "
     "it, that's all|Hardly anything. Only a bit more calm].",
     "[That doesn't sound like|That isn't] too much to ask."},
    {Matter::other, "What is the hardest part about {topic}?", "hardest part",
     "[The waiting|Not knowing how it will turn out|That nobody takes it "
     "seriously|Getting started].",
     "[I would have guessed something else|That I hadn't guessed], [and it "
     "makes sense now that you say it|but I see it now]."},
    {Matter::health, "What does the doctor say about that?",
     "does the doctor say",
     "[Patience, the usual|Not much that was new|To come back in a few "
     "weeks|Something long. The short version was to wait and see].",
     "[I'm no doctor, so I'd|I'd] keep to that, and ring again if anything "
     "gets worse before the next visit."},
    {Matter::health, "Does that get in the way on ordinary days?",
     "on ordinary days",
     "[Mornings are the worst|Less than people think|Some days more than "
     "others|Only when there's a lot to do].",
     "[That's|I think that's] worth telling a doctor in exactly those words."},
    {Matter::health, "What helps a little, on a bad day?", "helps a little",
     "[Keeping busy|Not thinking of it|A short walk, oddly enough|Being left "
     "in peace].",
     "Then [do more of that|let there be more of that], as far as the day "
     "allows."},
    {Matter::money, "Is there a date by which it has to be settled?",
     "a date by which",
     "[End of the month, more or less|Nothing fixed, which is the trouble|Yes, "
     "and it's closer than it should be|Nobody has named one].",
     "[I'd put|Put] the sum and a date on paper, even if the date is a guess. "
     "It's easier to talk about then."},
    {Matter::money, "Does anyone help you with the sums?", "with the sums",
     "[Nobody. It's all in my head|A notebook, and that's it|Somebody offered, "
     "and pride said no].",
     "An hour with all the figures on one page [might help|could take some of "
     "the weight off]."},
    {Matter::money, "How much does that bother you, honestly?",
     "bother you, honestly",
     "[At night, a lot. By day, hardly|Enough to bring it up|More than the "
     "amount deserves].",
     "[That's honest|Thank you for the honest answer]. Then it should be dealt "
     "with for the sake of your sleep, if nothing else."},
    {Matter::animal, "Who spoils whom in that household?", "spoils whom",
     "[It goes both ways|Guess. Not the one with four legs|That's a family "
     "secret].",
     "[I had a suspicion|I thought as much]."},
    {Matter::animal, "What was the last piece of mischief?",
     "piece of mischief",
     "[A stolen supper, and no remorse|A great noise at three in the morning, "
     "for no reason|Hiding, until everyone was out looking].",
     "[A professional, clearly|That shows talent]. I'd have laughed, though "
     "not in front of the culprit."},
    {Matter::family, "How do you get on these days?", "get on these days",
     "[Well, as long as nobody brings up the past|Better at a distance than in "
     "one room|It has its seasons|Well enough].",
     "[That sounds like something one can live with|That can be lived with], "
     "and it can still change."},
    {Matter::family, "What would they say if they heard you tell it?",
     "if they heard you",
     "[That half of it is missing|They'd laugh, probably|That it's all "
     "exaggerated|Nothing, and then a long look].",
     "I'd like to hear their version [too|some day]. Yours I have now."},
    {Matter::family, "Is that easy, or does it take some patience?",
     "some patience",
     "[Patience, mostly|Easy enough, most days|It depends on who's asking].",
     "[I thought as much|That seems honest]. One can be fond of people and "
     "tired of them on the same day."},
    {Matter::work, "Is that a good kind of busy, or the other kind?",
     "good kind of busy",
     "[The other kind, this month|Good, mostly. Ask again on a Friday|A bit of "
     "both].",
     "[Then I hope|I hope] the rest of the week goes easy on you."},
    {Matter::work, "What would make that easier, if you had a free hand?",
     "a free hand",
     "[One more pair of hands|An earlier evening now and then|People who say "
     "what they mean].",
     "[That's a reasonable wish|That seems reasonable]. I'd say it aloud to "
     "whoever can change it."},
    {Matter::work, "Would you choose it again?", "choose it again",
     "[Yes, on most days|Yes, with fewer hours|Yes, but ten years earlier].",
     "[That's a yes with its eyes open|Then it can't be all bad]."},
    {Matter::pastime, "What do you like best about it?", "like best about it",
     "[The quiet|That nobody wants anything from me meanwhile|The moment when "
     "it works|The company, though don't tell them].",
     "[Then I'd keep|Keep] that part, whatever else has to give way."},
    {Matter::pastime, "How did that begin?", "did that begin",
     "[By accident, years ago|Somebody showed me once|Out of boredom, to tell "
     "the truth].",
     "[And it stayed|And you stuck with it], which says something for it."},
    {Matter::pastime, "When do you find time for it?", "find time for it",
     "[Late, when everybody sleeps|Half an hour here and there|On Sundays, or "
     "what is left of "
     "them].",
     "[I'd defend that time|Defend that time], then."},
    {Matter::loss, "What do you miss most, when you think back?", "miss most",
     "[The small talk over breakfast|The noise in the house|The voice, "
     "mostly].",
     "Thank you for telling me. I [won't say anything clever to that|have "
     "nothing clever to say to that, only that I heard it]."},
    {Matter::loss, "Is there somebody you can talk to about it?",
     "somebody you can talk to",
     "[Not really. They all go quiet|A few people. Fewer each year|You, it "
     "seems].",
     "[Then talk to me about it|I'm here for that], as often as you want to, "
     "and no oftener."},
    {Matter::link, "", "to do with what you told me",
     "[It does, in a way|Partly, yes|Not directly, but one leads to the "
     "other].",
     "Then I'll [think of the two together|keep the one in mind when we talk "
     "about the other]."},
};

// The exchange that `text` has opened, if its question is one of ours.
inline const Exchange* exchange_in(std::string_view text) {
  for (const Exchange& exchange : kExchanges) {
    if (text.find(exchange.key) != text.npos) return &exchange;
  }
  return nullptr;
}

}  // namespace simulate::offline
