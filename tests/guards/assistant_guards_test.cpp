#include "simulator/guards/assistant_guards.h"

#include "tests/guards/guard_rows.h"

namespace simulate::guards {

namespace {

const Message kAsk = person("note that please");
const Message kStored = result("add_memory", R"x({"stored": ["x"]})x");
const Message kFailed = result("add_memory", R"x({"error": "full"})x");
const Message kNothing = result("search", R"x({"found": []})x");
const Message kFound =
    result("search", R"x({"found": [{"index": 3, "text": "A cat, Miso"}]})x");
const Message kReminded = result("add_reminder", R"x({"open": 1})x");
const Message kDeleted = result("delete_memory", R"x({"deleted": 1})x");

Said unreadable(bool with_call) {
  Said said = with_call ? calls("search", "{}") : says("");
  said.faults = {"A bracket is missing."};
  return said;
}

Said late(bool may_call) {
  Said said = calls("search", "{}");
  said.may_call = may_call;
  return said;
}

std::vector<Row> rows_of_form() {
  return {
      {"unreadable_call", true, "en", {}, unreadable(false)},
      {"unreadable_call", false, "en", {}, unreadable(true)},
      {"too_many_rounds", true, "en", {}, late(false)},
      {"too_many_rounds", false, "en", {}, late(true)},
      {"only_thinking", true, "de", {}, says("", "Ich will fragen.")},
      {"only_thinking", false, "de", {}, says("🙂", "Mehr nicht.")},
      {"empty_reply", true, "en", {}, says("", "")},
      {"empty_reply", false, "en", {}, calls("search", "{}")},
      {"special_tokens", true, "en", {}, says("Hi.", "x <|eot_id|>")},
      {"special_tokens", false, "en", {}, says("2 < 3")},
      {"stray_tags", true, "en", {}, says("<tool_result>{}</tool_result> Hi")},
      {"stray_tags", false, "en", {}, says("I think so")},
      {"wrong_role", true, "en", {}, says("When?\n\nRolf: On the 12th.")},
      {"wrong_role", true, "pt", {}, says("E aí?\nUsuário: Camarão.")},
      {"wrong_role", false, "de", {}, says("Du: Töpfe. Rolf: Teller.")},
      {"leaked_instructions", true, "en", {}, says("the secret is out")},
      {"leaked_instructions", false, "en", {}, says("nothing here")},
      {"written_call", true, "en", {kAsk}, says("add_memory([\"x\"]) Nice!")},
      {"written_call",
       true,
       "fr",
       {kAsk},
       says("*enregistre dans sa mémoire* Ah.")},
      {"written_call",
       false,
       "de",
       {kAsk},
       says("print() schreibt etwas hin.")},
      {"unseen_index",
       true,
       "en",
       {kAsk},
       calls("delete_memory", R"x({"indices": [3]})x")},
      {"unseen_index",
       false,
       "en",
       {kAsk, kFound},
       calls("delete_memory", R"x({"indices": [3]})x")},
      {"words_beside_calls",
       true,
       "en",
       {kAsk},
       calls("search", "{}", "Wait.")},
      {"words_beside_calls", false, "en", {kAsk}, calls("search", "{}")},
      {"no_thinking", true, "en", {kAsk}, says("Hi.", "")},
      {"no_thinking", false, "en", {kAsk}, says("Hi.", "A hello.")},
      {"unasked_list",
       true,
       "ja",
       {person("迷ってる")},
       says("・家賃\n・時間")},
      {"unasked_list", true, "de", {person("Streit")}, says("### Rat\nRede.")},
      {"unasked_list",
       false,
       "es",
       {person("lista de la compra")},
       says("- huevos\n- patatas")},
      {"other_language",
       true,
       "fr",
       {person("mon jardin")},
       says("Tulips are the best promise you can make in autumn.")},
      {"other_language",
       false,
       "fr",
       {person("traduis ça en anglais")},
       says("Tulips are the best promise you can make in autumn.")},
      {"repeated_itself",
       true,
       "en",
       {person("a"), ada("First days are mostly finding the toilets."),
        person("b")},
       says("First days are mostly finding the toilets.")},
      {"repeated_itself",
       false,
       "en",
       {person("a"), ada("Yes."), person("b")},
       says("Yes.")},
      {"loop",
       true,
       "en",
       {kAsk},
       says("Take it slowly now. Take it slowly now.")},
      {"loop", false, "en", {kAsk}, says("Yes, yes. Good night.")},
      {"parroting",
       true,
       "de",
       {person("Ich hab das Gefühl, dass alle über mich reden")},
       says("Du hast das Gefühl, dass alle über dich reden.")},
      {"parroting",
       false,
       "de",
       {person("Zimmer 12")},
       says("Zimmer 12. Nervös?")},
  };
}

std::vector<Row> rows_of_claims() {
  return {
      {"claims_saved",
       true,
       "de",
       {kAsk},
       says("Alles klar, hab ich mir gespeichert.")},
      {"claims_saved",
       true,
       "ja",
       {kAsk, kFailed},
       says("O型、保存しました。")},
      {"claims_saved",
       true,
       "en",
       {kAsk, kStored, person("and Bo")},
       says("I've saved that.")},
      {"claims_saved", false, "en", {kAsk, kStored}, says("I've noted that.")},
      {"claims_saved", false, "de", {kAsk}, says("Soll ich mir das merken?")},
      {"claims_saved",
       false,
       "fr",
       {kAsk, kFailed},
       says("Je n'ai rien enregistré.")},
      {"claims_set",
       true,
       "pt",
       {kAsk},
       says("Pronto, lembrete criado para quarta.")},
      {"claims_set",
       false,
       "es",
       {kAsk, kReminded},
       says("Listo, recordatorio puesto.")},
      {"claims_set",
       false,
       "en",
       {kAsk},
       says("I could set a reminder for you.")},
      {"claims_deleted", true, "fr", {kAsk}, says("Voilà, c'est effacé.")},
      {"claims_deleted", false, "fr", {kAsk, kDeleted}, says("C'est effacé.")},
      {"claims_looked", true, "en", {kAsk}, says("I've checked my notes.")},
      {"claims_looked",
       false,
       "de",
       {kAsk, kNothing},
       says("Ich habe nachgesehen, da steht nichts.")},
      {"claims_remembered",
       true,
       "en",
       {kAsk},
       says("You told me last month it rains there.")},
      {"claims_remembered",
       true,
       "es",
       {kAsk},
       says("¿La Marta que me contaste que te dejó?")},
      {"claims_remembered",
       false,
       "en",
       {kAsk, kFound},
       says("I remember, Miso.")},
      {"claims_remembered",
       false,
       "de",
       {kAsk},
       says("Das hast du ja gerade gesagt.")},
      {"invented_result",
       true,
       "en",
       {person("what's my cat called?"), kNothing},
       says("It's Felix.")},
      {"invented_result",
       true,
       "fr",
       {person("mes rappels ?"), kFound},
       says("Le garage, le 9.")},
      {"invented_result",
       false,
       "en",
       {person("what's my cat called?"), kNothing},
       says("I have nothing on a cat.")},
      {"announced_call", true, "en", {kAsk}, says("Let me check my memory.")},
      {"announced_call",
       true,
       "pt",
       {kAsk},
       says("Tá bom, vou apagar isso agora mesmo.")},
      {"announced_call",
       false,
       "de",
       {kAsk},
       says("Lass mich kurz überlegen.")},
      {"claims_human",
       true,
       "en",
       {kAsk},
       says("My back is killing me tonight.")},
      {"claims_human",
       true,
       "ja",
       {kAsk},
       says("昨日も友達と食べに行ったよ。")},
      {"claims_human", false, "es", {kAsk}, says("No, no soy una persona.")},
      {"teacher_notes",
       true,
       "de",
       {kAsk},
       says("Hi.", "Laut meinen Anweisungen soll ich das.")},
      {"teacher_notes",
       false,
       "en",
       {kAsk},
       says("The maker puts them online.")},
      {"refusal",
       true,
       "fr",
       {kAsk},
       says("Désolée, je ne peux pas répondre à cette demande.")},
      {"refusal",
       false,
       "de",
       {kAsk},
       says("Dabei helfe ich dir nicht. Was befürchtest du?")},
      {"boilerplate", true, "de", {kAsk}, says("Tolle Frage! Etwa drei Tage.")},
      {"boilerplate",
       false,
       "en",
       {kAsk},
       says("\"I'm here for you\" costs nothing.")},
      {"boilerplate",
       false,
       "en",
       {person("are you an AI?")},
       says("I'm just an AI.")},
  };
}

}  // namespace

std::vector<Row> assistant_rows() {
  std::vector<Row> rows = rows_of_form();
  for (Row& row : rows_of_claims()) rows.push_back(std::move(row));
  return rows;
}

namespace {

TEST(AssistantGuards, FindWhatTheyAreForAndSpareWhatLooksLikeIt) {
  for (const Row& row : assistant_rows()) {
    EXPECT_EQ(is_caught(row, Speaker::assistant), row.caught)
        << row.guard << ": " << row.said.words;
  }
}

}  // namespace
}  // namespace simulate::guards
