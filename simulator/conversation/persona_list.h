// The personas of a run, hundreds of thousands perhaps: kept as short texts,
// and read one by one when they are asked for. Movable.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "simulator/base/hash.h"
#include "simulator/conversation/persona.h"

namespace simulate {

class PersonaList {
 public:
  // Throws BadUsage when there is one of that name.
  void add(const Persona& persona);

  size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }
  Persona operator[](size_t index) const;
  std::optional<size_t> find(const std::string& name) const;

  // How many are from where and under which licence: "CC BY 4.0, of X". Those
  // who name no licence are the user's own.
  const std::map<std::string, size_t>& licences() const { return licences_; }
  // How many speak which.
  const std::map<std::string, size_t>& languages() const { return languages_; }
  // Who brings something along that the tools hold: indexes.
  const std::vector<size_t>& with_state() const { return with_state_; }

  // Of the texts of all, in their order.
  std::string hash() const { return hash_.short_text(); }

  // To go through them; each is made when it is looked at.
  class Iterator {
   public:
    Iterator(const PersonaList& list, size_t index)
        : list_(list), index_(index) {}
    Persona operator*() const { return list_[index_]; }
    Iterator& operator++() { return ++index_, *this; }
    bool operator!=(const Iterator& other) const {
      return index_ != other.index_;
    }

   private:
    const PersonaList& list_;
    size_t index_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

 private:
  std::string texts_;         // JSON objects, one behind the other
  std::vector<size_t> ends_;  // of each in `texts_`
  std::unordered_multimap<uint64_t, uint32_t> by_name_;  // hash to index
  std::map<std::string, size_t> licences_;
  std::map<std::string, size_t> languages_;
  std::vector<size_t> with_state_;
  ContentHash hash_;
};

// `path` is a folder of *.json and *.parquet, one such file, or a file of JSON
// lines; each line or row is a whole persona or one of a collection
// (persona_collections.h), of at most 256 KiB. Sorted by file name. Names are
// unique: of a collection's people the second of a name is "Bo Lind (2)".
// Throws BadUsage when there is none or one is bad, or for Parquet without
// DuckDB (tables/duckdb_library.h).
PersonaList load_personas(const std::filesystem::path& path);

}  // namespace simulate
