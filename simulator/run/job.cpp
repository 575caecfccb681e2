#include "simulator/run/job.h"

#include "simulator/base/hash.h"
#include "simulator/models/asked_twice.h"
#include "simulator/run/lane_places.h"

namespace simulate {

namespace {

constexpr int kAttempt = 1;
constexpr int kReadAtOnce = 64;      // an item may hold many vectors
constexpr int kMostUnanswered = 20;  // in a row: nobody will answer the next

// Replies to an item's questions go to their own table.
class ItemLog : public ReplyLog {
 public:
  explicit ItemLog(Store& store) : store_(store) {}

  asio::awaitable<void> keep(RecordedReply reply) override {
    Change change(ItemReply{std::move(reply)});
    co_await store_.write(std::move(change));
  }

 private:
  Store& store_;
};

// Gives each question of an item a seed, and reads what it cost.
class ItemModel : public ChatModel {
 public:
  ItemModel(ChatModel& next, const Cast& cast, const ItemRow& item,
            Usage& usage)
      : next_(next), cast_(cast), item_(item), usage_(usage) {}

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override {
    ChatRequest asked = request;
    asked.priority = item_.item;
    asked.players = players_of(cast_, request.role);
    asked.seed = quick_hash(item_.name) + static_cast<uint64_t>(++calls_);
    ChatOutcome outcome = co_await next_.reply(asked);
    if (auto* reply = std::get_if<ChatReply>(&outcome)) {
      usage_.input_tokens += reply->usage.input_tokens;
      usage_.output_tokens += reply->usage.output_tokens;
    }
    co_return outcome;
  }

 private:
  ChatModel& next_;
  const Cast& cast_;
  const ItemRow& item_;
  Usage& usage_;
  int calls_ = 0;
};

// Another try would end in the same way.
bool is_for_good(ChatFault fault) {
  return fault == ChatFault::refused || fault == ChatFault::too_long ||
         fault == ChatFault::outdated;
}

}  // namespace

void for_each_item_done(LedgerReader& reader, const std::string& kind,
                        const Json& settings,
                        const std::function<void(const ItemRow&)>& visit) {
  int64_t job = reader.job_of(kind, to_text(settings));
  int64_t last = 0;
  while (true) {
    std::vector<ItemRow> items = reader.items_after(job, last, kReadAtOnce);
    if (items.empty()) return;
    last = items.back().item;
    for (const ItemRow& item : items) {
      if (item.status == "done") visit(item);
    }
  }
}

Job::Job(JobParts parts, std::string kind, Json settings, JobSource& source,
         int concurrency)
    : with_(parts),
      kind_(std::move(kind)),
      settings_(to_text(settings)),
      source_(source),
      concurrency_(concurrency),
      model_(with_.model, with_.timer, Patience(), quick_hash(settings_),
             [this] { return with_.lanes.stopped(); }),
      batch_(*this) {}

asio::awaitable<void> Job::run() {
  co_await begin();
  co_await batch_.run();
  co_await tally_lanes();
  if (source_failure_) std::rethrow_exception(source_failure_);
}

// So that the next process leaves them alone for as long as they have asked.
asio::awaitable<void> Job::tally_lanes() {
  Tally tally;
  for (const auto& lane : with_.lanes.all()) {
    LaneStats& stats = tally.lanes[lane->provider().name];
    stats = lane->stats();
    stats.backoff =
        std::chrono::duration_cast<Seconds>(lane->backoff(with_.timer.now()));
  }
  Change change(std::move(tally));
  co_await with_.store.write(std::move(change));
}

asio::awaitable<void> Job::begin() {
  highest_item_ = with_.reader.highest_item();
  job_ = with_.reader.job_of(kind_, settings_);
  if (job_ != 0) co_return;
  job_ = with_.reader.highest_job() + 1;
  Change change(JobRow{job_, kind_, settings_});
  co_await with_.store.write(std::move(change));
}

int Job::capacity() {
  return concurrency_ > 0 ? concurrency_ : places_on(with_.lanes);
}

asio::awaitable<std::optional<Job::Item>> Job::take() {
  while (!stopping_ && !at_end_ && !short_of_calls_ &&
         unanswered_in_a_row_ < kMostUnanswered) {
    Item item = next_item();
    at_end_ = item == nullptr;
    if (at_end_) break;
    std::string name = item->name();
    if (under_way_.contains(name)) continue;
    std::optional<ItemRow> row = with_.reader.item(job_, name);
    if (row && row->status == "done") {
      ++progress_.before;
      co_await tell_done(*row);
      continue;
    }
    // Only what is left to do wants more calls: a budget that was just enough
    // for all is no reason to come back.
    short_of_calls_ = with_.lanes.budget_spent();
    if (short_of_calls_) break;
    under_way_.insert(std::move(name));
    co_return item;
  }
  co_return std::nullopt;
}

// What is under way is not lost by a source that cannot go on.
Job::Item Job::next_item() {
  try {
    return source_.next();
  } catch (...) {
    source_failure_ = std::current_exception();
    return nullptr;
  }
}

asio::awaitable<void> Job::tell_done(const ItemRow& row) {
  std::vector<Change> changes = source_.done(row);
  for (Change& change : changes) {
    co_await with_.store.write(std::move(change));
  }
}

asio::awaitable<void> Job::perform(Item item) {
  try {
    co_await play(*item);
    under_way_.erase(item->name());
  } catch (...) {
    with_.lanes.stop();  // nobody goes on buying what cannot be kept
    throw;
  }
}

ItemRow Job::row_of(const JobItem& item) {
  std::optional<ItemRow> row = with_.reader.item(job_, item.name());
  if (!row) return {++highest_item_, job_, item.name()};
  // Failed before: what was answered is not asked again, the rest is.
  row->status = "open";
  row->reason.clear();
  return *row;
}

asio::awaitable<void> Job::play(JobItem& item) {
  ItemRow row = row_of(item);
  Change begun(row);
  co_await with_.store.write(std::move(begun));
  row = co_await outcome_of(item, std::move(row));
  co_await end(row);
}

asio::awaitable<ItemRow> Job::outcome_of(JobItem& item, ItemRow row) {
  ItemLog log(with_.store);
  Recorded recorded(model_, log, {row.item, kAttempt},
                    with_.reader.item_replies(row.item));
  ItemModel model(recorded, with_.cast, row, progress_.usage);
  ItemOutcome outcome;
  try {
    outcome = co_await item.perform(model);
    row.status = "done";
    row.result = std::move(outcome.result);
  } catch (const ItemFailure& failure) {
    row.status = "failed";
    row.reason = failure.what();
  } catch (const NoReply& failure) {
    note(failure, row);
  } catch (const Fatal&) {
    throw;
  } catch (const std::exception& what) {
    // A reply that trips us must not trip every later start.
    row.status = "failed";
    row.reason = what.what();
  }
  for (Change& change : outcome.changes) {
    co_await with_.store.write(std::move(change));
  }
  co_return row;
}

void Job::note(const NoReply& failure, ItemRow& row) {
  row.reason = failure.what();
  if (is_for_good(failure.failure().fault)) row.status = "failed";
  ++unanswered_in_a_row_;
}

asio::awaitable<void> Job::end(const ItemRow& row) {
  if (row.status == "open") {
    ++progress_.left_open;
    progress_.trouble = row.reason;
    co_return;
  }
  Change change(row);
  co_await with_.store.write(std::move(change));
  if (row.status == "failed") {
    ++progress_.failed;
    progress_.trouble = row.reason;
    co_return;
  }
  unanswered_in_a_row_ = 0;
  ++progress_.done;
  co_await tell_done(row);
}

JobProgress Job::progress() const {
  JobProgress now = progress_;
  now.in_flight = batch_.in_flight();
  return now;
}

}  // namespace simulate
