#include "simulator/run/embedding_job.h"

#include "simulator/base/error.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/models/asked_twice.h"

namespace simulate {

namespace {

// Of a batch: Mistral refuses more than 16,384 tokens in one request ("Too many
// tokens in batch", aurelio-labs/semantic-router issue 297), and a token is a
// byte at least.
constexpr size_t kTextsOfABatch = 32;
constexpr size_t kBytesOfABatch = 16'000;

// Of a text. Most models read 8,192 tokens; what comes behind them says little
// about whether two texts are alike.
constexpr size_t kMostBytes = 8'000;

struct TextBatch {
  std::vector<std::string> hashes;
  std::vector<std::string> texts;
};

class BatchItem : public JobItem {
 public:
  explicit BatchItem(TextBatch batch) : batch_(std::move(batch)) {}

  std::string name() const override {
    return short_hash(joined(batch_.hashes, " "));
  }

  asio::awaitable<ItemOutcome> perform(ChatModel& model) override {
    ChatRequest request = embedding_request(batch_.texts);
    ChatOutcome answer = co_await model.reply(request);
    if (auto* failure = std::get_if<ChatFailure>(&answer)) {
      throw NoReply(std::move(*failure));
    }
    const std::string& content = std::get<ChatReply>(answer).content;
    std::optional<std::vector<Vector>> vectors = vectors_in(content);
    if (!vectors || vectors->size() != batch_.texts.size()) {
      throw ItemFailure("its vectors are not as many as its texts");
    }
    ItemOutcome outcome;
    outcome.result = {{"texts", batch_.hashes}, {"vectors", content}};
    co_return outcome;
  }

 private:
  TextBatch batch_;
};

}  // namespace

EmbeddedTexts::EmbeddedTexts(LedgerReader& reader, const std::string& model,
                             NextText next)
    : next_(std::move(next)) {
  for_each_item_done(reader, kKind, settings(model),
                     [this](const ItemRow& item) { done(item); });
}

// Each text once, however often it is among them.
std::unique_ptr<JobItem> EmbeddedTexts::next() {
  TextBatch batch;
  size_t bytes = 0;
  while (batch.texts.size() < kTextsOfABatch &&
         bytes + kMostBytes <= kBytesOfABatch) {
    std::optional<std::string> text = next_();
    if (!text) break;
    std::string hash = short_hash(*text);
    texts_.push_back(hash);
    if (!asked_.insert(hash).second || vectors_.contains(hash)) continue;
    batch.hashes.push_back(std::move(hash));
    batch.texts.push_back(shortened(text->empty() ? " " : *text, kMostBytes));
    bytes += batch.texts.back().size();
  }
  if (batch.texts.empty()) return nullptr;
  return std::make_unique<BatchItem>(std::move(batch));
}

std::vector<Change> EmbeddedTexts::done(const ItemRow& item) {
  std::optional<std::vector<Vector>> vectors =
      vectors_in(string_at(item.result, "vectors"));
  const Json hashes = item.result.value("texts", Json::array());
  if (!vectors || vectors->size() != hashes.size()) return {};
  for (size_t i = 0; i < hashes.size(); ++i) {
    vectors_[hashes[i].get<std::string>()] = std::move((*vectors)[i]);
  }
  return {};
}

std::vector<Vector> EmbeddedTexts::vectors() const {
  std::vector<Vector> all;
  for (const std::string& hash : texts_) {
    auto found = vectors_.find(hash);
    bool fits = found != vectors_.end() &&
                (all.empty() || all[0].size() == found->second.size());
    if (!fits) throw Fatal("a text has no vector like the others");
    all.push_back(found->second);
  }
  return all;
}

}  // namespace simulate
