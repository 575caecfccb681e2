#include "simulator/run/persona_job.h"

#include <map>
#include <set>

#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/conversation/persona_list.h"
#include "simulator/metrics/near_duplicates.h"
#include "simulator/models/asked_twice.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr int kForm = 1;  // goes up when writers are asked in another way
constexpr size_t kLongestLine = 2'000;
constexpr double kTooLike = 0.5;  // of two people's words, in runs of three

class PersonaItem : public JobItem {
 public:
  PersonaItem(const PersonaOrder& order, OneLiner line)
      : order_(order), line_(std::move(line)) {}

  std::string name() const override {
    return short_hash(line_.text) + " " + std::to_string(line_.variant);
  }

  asio::awaitable<ItemOutcome> perform(ChatModel& model) override {
    std::string fault;
    std::function<std::optional<Persona>(const ChatReply&, std::string&)> read =
        [&fault](const ChatReply& reply, std::string& correction) {
          auto persona = written_persona(reply.content, correction);
          fault = correction;
          return persona;
        };
    ChatRequest request = persona_request(order_.asks, line_, order_.scripted);
    auto asking =
        ask_twice<Persona>(model, std::move(request), std::move(read));
    std::optional<Persona> persona = co_await std::move(asking);
    if (!persona) throw ItemFailure(fault);
    ItemOutcome outcome;
    outcome.result = Persona::without_unstated(persona->to_json());
    co_return outcome;
  }

 private:
  const PersonaOrder& order_;
  OneLiner line_;
};

std::string words_of(const Persona& persona) {
  std::vector<std::string> parts = {persona.background, persona.temperament,
                                    persona.speaking};
  for (const auto* list : {&persona.facts, &persona.goals, &persona.topics}) {
    parts.insert(parts.end(), list->begin(), list->end());
  }
  return joined(parts, "\n");
}

// "ivo_dunn"; of what no file may be called, its hash.
std::string stem_of(const Persona& persona) {
  std::string name;
  for (unsigned char c : lowered(persona.name)) {
    bool plain = std::isalnum(c) || c >= 0x80;
    if (plain) name += static_cast<char>(c);
    if (!plain && !name.empty() && name.back() != '_') name += '_';
  }
  while (name.ends_with('_')) name.pop_back();
  if (name.empty() || name.size() > 100) name = short_hash(persona.name);
  return name;
}

// One that no file has: names may differ in marks alone.
fs::path free_file(const fs::path& folder, const Persona& persona) {
  std::string stem = stem_of(persona);
  fs::path file = folder / (stem + ".json");
  std::error_code none;
  for (int number = 2; fs::exists(file, none); ++number) {
    file = folder / (stem + "_" + std::to_string(number) + ".json");
  }
  return file;
}

// Everybody who is in a folder, and who would come into it, in this order.
class Crowd {
 public:
  explicit Crowd(const fs::path& folder) {
    std::error_code none;
    if (!fs::exists(folder, none) || fs::is_empty(folder, none)) return;
    for (const Persona& persona : load_personas(folder)) add(persona);
  }

  void add(const Persona& persona) {
    names_[persona.name] = people_.size();
    like_.add(static_cast<int64_t>(people_.size()), words_of(persona));
    people_.push_back(persona);
  }

  const Persona* find(const std::string& name) const {
    auto found = names_.find(name);
    return found == names_.end() ? nullptr : &people_[found->second];
  }

  size_t size() const { return people_.size(); }
  const Persona& operator[](size_t index) const { return people_[index]; }
  std::vector<DuplicatePair> pairs() const { return like_.pairs(); }

 private:
  std::vector<Persona> people_;
  std::map<std::string, size_t> names_;
  NearDuplicates like_{kTooLike};
};

// visit(persona) for each of the order that is written.
template <class Visit>
void for_each_written(LedgerReader& reader, const PersonaOrder& order,
                      Visit visit) {
  int64_t job =
      reader.job_of(WrittenPersonas::kKind, to_text(order.settings()));
  WrittenPersonas all(order);
  while (std::unique_ptr<JobItem> item = all.next()) {
    std::optional<ItemRow> row = reader.item(job, item->name());
    if (!row || row->status != "done") continue;
    visit(persona_from(row->result, "item " + row->name));
  }
}

Json text_of(const Persona& persona) {
  return Persona::without_unstated(persona.to_json());
}

}  // namespace

Json PersonaOrder::settings() const {
  return {
      {"form", kForm}, {"asks", content_hash(asks)}, {"scripted", scripted}};
}

std::vector<std::string> one_liners_in(const fs::path& file) {
  std::string extension = file.extension().string();
  std::vector<std::string> lines;
  if (extension == ".json" || extension == ".jsonl" ||
      extension == ".parquet") {
    for (const Persona& persona : load_personas(file)) {
      lines.push_back(one_line(persona.background));
    }
    return lines;
  }
  for (const std::string& line : split(read_file(file, 256u << 20), '\n')) {
    if (!is_utf8(line) || line.size() > kLongestLine) {
      throw BadUsage(file.string() +
                     " is no file of one-liners: a line about each person, of "
                     "text, at most 2,000 bytes long");
    }
    std::string text = one_line(trimmed(written_text(line)));
    if (!text.empty()) lines.push_back(std::move(text));
  }
  if (lines.empty()) {
    throw BadUsage(file.string() +
                   " has no lines; write one about each person, as in: a "
                   "beekeeper who is afraid of heights");
  }
  return lines;
}

std::unique_ptr<JobItem> WrittenPersonas::next() {
  if (next_ >= order_.count) return nullptr;
  auto lines = static_cast<int64_t>(order_.lines.size());
  const std::string& text = order_.lines[static_cast<size_t>(next_++ % lines)];
  OneLiner line{text, ++variants_[text]};
  return std::make_unique<PersonaItem>(order_, std::move(line));
}

PutPersonas put_personas(LedgerReader& reader, const PersonaOrder& order,
                         const fs::path& folder) {
  Crowd crowd(folder);
  size_t before = crowd.size();
  PutPersonas result;
  for_each_written(reader, order, [&](const Persona& persona) {
    const Persona* same = crowd.find(persona.name);
    if (!same) return crowd.add(persona);
    if (text_of(*same) == text_of(persona)) {
      ++result.before;
    } else {
      result.left_out.push_back("another " + persona.name);
    }
  });
  std::set<size_t> dropped;
  for (const DuplicatePair& pair : crowd.pairs()) {
    auto second = static_cast<size_t>(pair.second);
    if (second < before) continue;
    dropped.insert(second);
    result.left_out.push_back(crowd[second].name + ", too like " +
                              crowd[static_cast<size_t>(pair.first)].name);
  }
  for (size_t i = before; i < crowd.size(); ++i) {
    if (dropped.contains(i)) continue;
    write_file(free_file(folder, crowd[i]), text_of(crowd[i]).dump(2) + '\n');
    ++result.made;
  }
  return result;
}

}  // namespace simulate
