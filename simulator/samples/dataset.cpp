#include "simulator/samples/dataset.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/samples/validation_split.h"

namespace simulate {

namespace {

template <class Rows>
std::string names_of(const Rows& rows) {
  std::vector<std::string> names;
  for (const auto* row : rows) names.push_back(row->name);
  return joined(names, ", ");
}

const Trainer* chosen_trainer(const std::string& name) {
  const Trainer* trainer = trainer_named(name);
  if (trainer) return trainer;
  throw BadUsage("there is no --for \"" + quotable(name) + "\"; there are " +
                 names_of(all_trainers()));
}

const Family* chosen_family(const ExportSettings& settings,
                            const Trainer& trainer) {
  if (settings.family.empty()) {
    bool rendered = settings.format == SampleFormat::rendered;
    if (!rendered && (settings.trainer.empty() || !trainer.needs_family)) {
      return &no_family();
    }
    throw BadUsage(
        std::string("which --family of models? ") +
        (rendered ? "--format rendered" : "--for " + settings.trainer) +
        " goes through a chat template, and each shows other "
        "things: " +
        names_of(all_families()));
  }
  const Family* family = family_named(settings.family);
  if (family) return family;
  throw BadUsage("there is no --family \"" + quotable(settings.family) +
                 "\"; there are " + names_of(all_families()));
}

SampleFormat chosen_format(const ExportSettings& settings,
                           const Trainer& trainer, const Family& family) {
  if (settings.format == SampleFormat::record) {
    throw BadUsage(
        "--format record is the training file as it is, for nobody in "
        "particular; leave out --for and --family, or --format");
  }
  if (settings.format) return *settings.format;
  bool exact = family.exact_messages || !trainer.rendered_row;
  return exact ? trainer.format : SampleFormat::rendered;
}

void refuse_format(const DatasetPlan& plan, const ExportSettings& settings) {
  const Trainer& trainer = *plan.trainer;
  bool rendered = plan.format == SampleFormat::rendered;
  if (rendered && !trainer.rendered_row) {
    throw BadUsage(std::string(trainer.title) +
                   " renders conversations itself; leave out --format "
                   "rendered");
  }
  if (rendered && settings.chat_template.empty()) {
    throw BadUsage(
        std::string(plan.family->name) +
        " is rendered by its own chat template: give --template FILE, the "
        "chat_template.jinja or tokenizer_config.json beside its weights");
  }
  bool pairs = plan.format == SampleFormat::preference;
  if (pairs && !trainer.preference_row) {
    throw BadUsage(std::string(trainer.title) +
                   " is not known to take pairs with tools; those who are: "
                   "trl, llamafactory, openai, together, unsloth, ms-swift");
  }
  if (!rendered && !pairs && !settings.trainer.empty() && settings.format &&
      *settings.format != trainer.format) {
    throw BadUsage(std::string(trainer.title) +
                   " takes another format; leave out --format");
  }
}

bool learns_last_only(const Trainer& trainer, SampleFormat format,
                      TrainedThoughts thoughts) {
  return format == SampleFormat::rendered ||
         format == SampleFormat::preference || trainer.learns == Learns::last ||
         (trainer.learns == Learns::last_with_thoughts &&
          thoughts != TrainedThoughts::none);
}

void refuse_family(const DatasetPlan& plan) {
  if (!plan.trainer->refusal) return;
  std::string why = plan.trainer->refusal(*plan.family, plan.rules.thoughts);
  if (why.empty()) return;
  throw BadUsage(std::string("--family ") + plan.family->name + ": " +
                 plan.trainer->title + " " + why);
}

SampleRules rules_of(const DatasetPlan& plan, const ExportSettings& settings) {
  SampleRules rules;
  rules.unit = settings.unit;
  rules.thoughts =
      plan.trainer->takes_thoughts ? settings.thoughts : TrainedThoughts::none;
  rules.errors = settings.errors;
  rules.family = plan.family;
  rules.last_only =
      learns_last_only(*plan.trainer, plan.format, rules.thoughts);
  if (rules.last_only && rules.unit == SampleUnit::conversation) {
    throw BadUsage(
        "--samples conversation: of such a sample only the last message would "
        "be learnt; leave it out");
  }
  return rules;
}

// A text has some four bytes a token in English, three in many languages; a
// template adds to a row. A length that cuts nothing is reckoned from what is
// surely too much.
int64_t most_tokens(size_t bytes) {
  return static_cast<int64_t>(bytes * 2 / 5);
}

void add_names(const std::string& names, std::map<std::string, int64_t>& sums) {
  for (const std::string& name : split(names, ',')) {
    if (!name.empty()) ++sums[name];
  }
}

void refuse_nothing(const DatasetTally& tally) {
  if (tally.samples > 0) return;
  if (tally.left_out > 0) {
    throw BadUsage("the template refused every sample: " +
                   one_line(tally.complaint));
  }
  throw BadUsage(tally.conversations == 0
                     ? "there is no such conversation"
                     : "there is nothing to learn in " +
                           counted(tally.conversations, "conversation"));
}

class Writer {
 public:
  Writer(const DatasetPlan& plan, TemplateEngine* engine, const PutRow& put)
      : plan_(plan), engine_(engine), put_(put), split_(plan.val_size) {}

  void count(const FinishedConversation& conversation) {
    split_.count(conversation.metadata);
  }
  void divide() { split_.divide(); }

  void write(const FinishedConversation& conversation) {
    Part part =
        plan_.val_size > 0 && split_.is_validation(conversation.metadata)
            ? Part::validation
            : Part::train;
    tally_.add(conversation);
    if (plan_.format == SampleFormat::preference) {
      for (const Preference& pair : preferences_of(conversation, plan_.rules)) {
        put(part, pair.chosen,
            to_text(plan_.trainer->preference_row(pair, *plan_.family)));
      }
      return;
    }
    for (const Sample& sample : samples_of(conversation, plan_.rules)) {
      put(part, sample, row_of(sample));
    }
  }

  DatasetTally& tally() { return tally_; }

 private:
  void put(Part part, const Sample& sample, const std::string& row) {
    if (row.empty()) return;
    tally_.add(sample, row.size());
    if (part == Part::validation) ++tally_.validation_samples;
    put_(part, sample, row);
  }

  // Nothing when the template refuses it.
  std::string row_of(const Sample& sample) {
    if (plan_.format != SampleFormat::rendered) {
      return to_text(plan_.trainer->row(sample, *plan_.family));
    }
    bool thinks = plan_.rules.thoughts != TrainedThoughts::none;
    RenderedSample text =
        rendered_sample(sample, *plan_.family, thinks, *engine_);
    if (!text.complaint.empty()) {
      if (tally_.left_out++ == 0) tally_.complaint = text.complaint;
      return "";
    }
    const std::string& bos = engine_->bos();
    if (plan_.trainer->adds_bos && text.prompt.starts_with(bos)) {
      text.prompt.erase(0, bos.size());
    }
    return to_text(plan_.trainer->rendered_row(text.prompt, text.completion));
  }

  const DatasetPlan& plan_;
  TemplateEngine* engine_;
  const PutRow& put_;
  ValidationSplit split_;
  DatasetTally tally_;
};

}  // namespace

DatasetPlan dataset_plan(const ExportSettings& settings) {
  DatasetPlan plan;
  plan.trainer =
      settings.trainer.empty()
          ? &anyone_for(settings.format.value_or(SampleFormat::messages))
          : chosen_trainer(settings.trainer);
  plan.family = chosen_family(settings, *plan.trainer);
  plan.format = chosen_format(settings, *plan.trainer, *plan.family);
  refuse_format(plan, settings);
  plan.rules = rules_of(plan, settings);
  refuse_family(plan);
  plan.val_size = settings.val_size;
  plan.container = settings.container.value_or(Container::jsonl);
  return plan;
}

void DatasetTally::add(const FinishedConversation& conversation) {
  const Json& known = conversation.metadata;
  ++conversations;
  ++languages[string_at(known, "language", "unknown")];
  ++situations[string_at(known, "situation", "unknown")];
  add_names(string_at(known, "assistant"), assistants);
  add_names(string_at(known, "tester"), testers);
  if (!conversation.licence.empty()) ++licences[conversation.licence];
  if (people.size() < kMostPeople) people.insert(string_at(known, "persona"));
  for (const Message& message : conversation.transcript.messages) {
    bool assistant = message.speaker == Speaker::assistant;
    if (assistant && !message.train) ++untrained_messages;
  }
}

void DatasetTally::add(const Sample& sample, size_t bytes) {
  ++samples;
  longest_tokens = std::max(longest_tokens, most_tokens(bytes));
  for (const Message& message : sample.messages) {
    if (!message.train) continue;
    ++trained_messages;
    trained_calls += static_cast<int64_t>(message.calls.size());
    if (!message.thinking.empty()) ++trained_thoughts;
  }
}

DatasetTally write_dataset(ConversationSource& source, const DatasetPlan& plan,
                           TemplateEngine* engine, const PutRow& put) {
  Writer writer(plan, engine, put);
  if (plan.val_size > 0) {
    while (auto conversation = source.next()) writer.count(*conversation);
    writer.divide();
    source.begin_again();
  }
  while (auto conversation = source.next()) writer.write(*conversation);
  refuse_nothing(writer.tally());
  return std::move(writer.tally());
}

DatasetFacts facts_of(const DatasetPlan& plan, const DatasetTally& tally) {
  return {plan.family,    plan.format,          tally.validation_samples > 0,
          plan.container, tally.longest_tokens, plan.rules.thoughts};
}

}  // namespace simulate
