#include "simulator/conversation/persona_list.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/line_cutter.h"
#include "simulator/base/text.h"
#include "simulator/conversation/persona_collections.h"
#include "simulator/tables/parquet_file.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr size_t kMostBytes = 256 << 10;  // of one persona's text

[[noreturn]] void wrong(const std::string& where, const std::string& what) {
  throw BadUsage("persona '" + where + "': " + what);
}

// People one after the other: lines, or rows of a table.
class Rows {
 public:
  Rows(const fs::path& path, PersonaList& into)
      : name_(path.filename().string()), into_(into) {}

  // `number` counts from 1.
  void add(const Json& row, size_t number) {
    if (!row.is_object()) wrong(where(number), "is no JSON object");
    if (is_collection_row(row)) {
      add_of_collection(persona_from_row(row, where(number), number));
    } else {
      into_.add(persona_from(row, where(number)));
    }
  }

  void refuse_long(size_t number) const {
    wrong(where(number), "has more than " + bytes_text(kMostBytes));
  }

 private:
  std::string where(size_t number) const {
    return name_ + ":" + std::to_string(number);
  }

  // Many there have one name.
  void add_of_collection(Persona persona) {
    const std::string name = persona.name;
    while (into_.find(persona.name)) {
      size_t& so_far = of_one_name_.try_emplace(name, 1).first->second;
      persona.name = name + " (" + std::to_string(++so_far) + ")";
    }
    into_.add(persona);
  }

  std::string name_;
  PersonaList& into_;
  std::unordered_map<std::string, size_t> of_one_name_;
};

// A file of JSON lines, in whatever pieces it is read.
class Lines {
 public:
  Lines(const fs::path& path, PersonaList& into) : rows_(path, into) {}

  void add(std::string_view bytes) {
    for (const LineCutter::Line& line : cutter_.add(bytes)) take(line);
  }

 private:
  void take(const LineCutter::Line& line) {
    ++number_;
    if (!line.too_long && trimmed(line.text).empty()) return;
    if (line.too_long) rows_.refuse_long(number_);
    rows_.add(parse_json(line.text).value_or(Json()), number_);
  }

  Rows rows_;
  LineCutter cutter_{kMostBytes};
  size_t number_ = 0;
};

void load_lines(const fs::path& path, PersonaList& into) {
  Descriptor file = opened_file(path);
  Lines lines(path, into);
  char part[64 << 10];
  for (;;) {
    ssize_t got = ::read(file.number(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw BadUsage("cannot read " + path.string());
    if (got == 0) break;
    lines.add({part, static_cast<size_t>(got)});
  }
  lines.add("\n");  // behind the last one there may be none
}

void load_table(const fs::path& path, PersonaList& into) {
  ParquetFile table(path);
  Rows rows(path, into);
  while (std::optional<Json> row = table.next()) {
    auto number = static_cast<size_t>(table.row());
    if (table.bytes() > kMostBytes) rows.refuse_long(number);
    rows.add(*row, number);
  }
}

bool is_table(const fs::path& path) { return path.extension() == ".parquet"; }

void load_one(const fs::path& path, PersonaList& into) {
  std::string where = path.filename().string();
  std::string text = read_file(path, kMostBytes);
  std::optional<Json> value = parse_json(text);
  if (!value) wrong(where, "is not JSON; " + json_trouble(text));
  into.add(persona_from(*value, where));
}

void load_folder(const fs::path& path, PersonaList& into) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::directory_iterator entries(path, error);
  if (error) {
    throw BadUsage("cannot read " + path.string() + ": " + error.message());
  }
  for (const auto& entry : entries) {
    const fs::path& file = entry.path();
    if (file.extension() == ".json" || is_table(file)) files.push_back(file);
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    is_table(file) ? load_table(file, into) : load_one(file, into);
  }
}

}  // namespace

void PersonaList::add(const Persona& persona) {
  if (find(persona.name)) {
    throw BadUsage("two personas are called \"" + quotable(persona.name) +
                   "\"; give one of them another name");
  }
  by_name_.emplace(quick_hash(persona.name), static_cast<uint32_t>(size()));
  if (!persona.state.empty()) with_state_.push_back(size());
  const Json whole = persona.to_json();
  texts_ += to_text(Persona::without_unstated(whole));
  ends_.push_back(texts_.size());
  hash_.add(to_text(whole));
  ++languages_[persona.language];
  if (!persona.licence.empty()) {
    ++licences_[persona.licence + ", of " +
                (persona.source.empty() ? "a source that is not stated"
                                        : persona.source)];
  }
}

Persona PersonaList::operator[](size_t index) const {
  size_t begin = index == 0 ? 0 : ends_[index - 1];
  std::string_view text(texts_.data() + begin, ends_.at(index) - begin);
  return persona_from(parse_json(text).value_or(Json()), "of the list");
}

std::optional<size_t> PersonaList::find(const std::string& name) const {
  auto [first, last] = by_name_.equal_range(quick_hash(name));
  for (; first != last; ++first) {
    if ((*this)[first->second].name == name) return first->second;
  }
  return std::nullopt;
}

PersonaList load_personas(const fs::path& path) {
  std::error_code none;
  if (!fs::exists(path, none)) {
    throw BadUsage(
        "there are no personas at " + path.string() +
        "; give --personas a folder, a .json file, JSON lines or Parquet");
  }
  PersonaList personas;
  if (fs::is_directory(path, none)) {
    load_folder(path, personas);
  } else if (path.extension() == ".json") {
    load_one(path, personas);
  } else if (is_table(path) || is_parquet(path)) {
    load_table(path, personas);
  } else {
    load_lines(path, personas);
  }
  if (personas.empty()) {
    throw BadUsage("there is no persona in " + path.string() +
                   "; put at least one .json file there, such as the ones "
                   "that ship in personas/");
  }
  return personas;
}

}  // namespace simulate
