// Tested by tests/program/dedup_test.cpp.

#include <cstdio>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/chosen_dataset.h"
#include "simulator/commands/commands.h"
#include "simulator/commands/job_session.h"
#include "simulator/models/embeddings.h"
#include "simulator/run/embedding_job.h"

namespace simulate {

namespace {

constexpr double kLikeWords = 0.8;
constexpr double kLikeVectors = 0.95;

double likeness_of(const Settings& settings) {
  double usual = settings.embeddings.empty() ? kLikeWords : kLikeVectors;
  double asked = settings.likeness > 0 ? settings.likeness : usual;
  if (asked <= 1) return asked;
  throw BadUsage("--likeness must be a share, above 0 and at most 1");
}

std::vector<LeftOut> like_in_words(ChosenDataset& data, double at_least) {
  NearDuplicates like(at_least);
  while (auto talk = data.next()) {
    auto place = static_cast<int64_t>(data.ids().size()) - 1;
    like.add(place, spoken_text(talk->transcript));
  }
  return duplicates_of(data.ids(), like.pairs());
}

// Only the provider that is named, with its wire for vectors.
Settings asking_for_vectors(const Settings& settings, const Player& player) {
  Settings asking = settings;
  asking.providers = {player.provider};
  return asking;
}

// Nothing when not all texts have their vectors yet; `code` says why.
std::optional<std::vector<LeftOut>> like_in_vectors(const Settings& settings,
                                                    ChosenDataset& data,
                                                    double at_least,
                                                    ExitCode& code) {
  Player player = player_named(settings.embeddings);
  if (player.model.empty()) {
    throw BadUsage(
        "which model? Say --embeddings PROVIDER:MODEL, as "
        "mistral:mistral-embed");
  }
  Settings asking = asking_for_vectors(settings, player);
  JobSession session = data.is_run()
                           ? JobSession::of_run(asking, Role::embedder)
                           : JobSession::of_file(asking, Role::embedder,
                                                 settings.exporting.input);
  session.ask_for_vectors(player.model);
  EmbeddedTexts texts(session.reader(), settings.embeddings,
                      [&data]() -> std::optional<std::string> {
                        auto talk = data.next();
                        if (!talk) return std::nullopt;
                        return spoken_text(talk->transcript);
                      });
  code = session.run(EmbeddedTexts::kKind,
                     EmbeddedTexts::settings(settings.embeddings), texts,
                     "Batches embedded:");
  if (code != ExitCode::done) return std::nullopt;
  return duplicates_of(data.ids(), like_vectors(texts.vectors(), at_least));
}

void tell(const Settings& settings, const ChosenDataset& data,
          const std::vector<LeftOut>& duplicates) {
  auto found = static_cast<int64_t>(duplicates.size());
  std::string text =
      std::to_string(found) + " of " +
      counted(static_cast<int64_t>(data.ids().size()), "conversation") +
      (found == 1 ? " is" : " are") + " like an earlier one";
  if (!data.is_run()) {
    text += "; " + settings.to.string() + " has the others";
  } else if (found > 0) {
    text += "; simulate export --output " + settings.output.string();
    text += R"( --where "marks ->> 'duplicate' IS NULL" leaves them out)";
  }
  say(settings.json ? stderr : stdout, text);
  tell_left_out(settings, data.ids(), duplicates);
}

}  // namespace

ExitCode dedup_command(const Settings& settings) {
  double at_least = likeness_of(settings);
  ChosenDataset data(settings);
  std::vector<LeftOut> duplicates;
  if (settings.embeddings.empty()) {
    duplicates = like_in_words(data, at_least);
  } else {
    ExitCode code = ExitCode::done;
    auto found = like_in_vectors(settings, data, at_least, code);
    if (!found) return code;
    duplicates = std::move(*found);
  }
  data.finish("duplicate", duplicates, duplicates);
  tell(settings, data, duplicates);
  return ExitCode::done;
}

}  // namespace simulate
