#include "simulator/store/repair/damaged.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/store/guarded.h"
#include "simulator/store/ledger.h"
#include "simulator/store/migration.h"
#include "simulator/store/read_only.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr size_t kPage = 4096;

// What SQLite's file format says of the first page.
constexpr size_t kPageCount = 28;
constexpr size_t kFreePages = 32;  // first one, and how many: eight bytes
constexpr size_t kTree = 100;      // the root of the schema's tree
constexpr unsigned char kInnerNode = 5;
constexpr unsigned char kLeaf = 13;

// Both for a file that is shorter than it says, and for a schema in which one
// entry is wrong: SQLite then reads the rest.
void read_whatever_is_there(SQLite::Database& database) {
  allow_broken_schema(database);
  database.exec("PRAGMA writable_schema = ON");
}

// Without the views, which nothing is read from, and which may be older ones.
std::set<std::string> schema_of(SQLite::Database& database) {
  std::set<std::string> entries;
  try {
    SQLite::Statement row(database,
                          "SELECT type || name || ' ' || rootpage || ' ' || "
                          "coalesce(sql, '') FROM sqlite_master WHERE type <> "
                          "'view'");
    while (row.executeStep()) entries.insert(row.getColumn(0).getString());
  } catch (const SQLite::Exception&) {
    // What came before it counts.
  }
  return entries;
}

// A ledger that version 1 or 2 began has its tables on other pages, and most of
// its schema is another one.
bool is_of_first_versions(const std::set<std::string>& found,
                          const std::set<std::string>& wanted, size_t same) {
  return 2 * found.size() >= wanted.size() && 2 * same < found.size();
}

// Added columns leave the tables on their pages.
bool lost_its_schema(const std::set<std::string>& found) {
  for (int version = kWholeVersion; version <= kLedgerVersion; ++version) {
    SQLite::Database whole(":memory:",
                           SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    create_schema(whole, version);
    std::set<std::string> wanted = schema_of(whole);
    size_t same = 0;
    for (const std::string& entry : found) same += wanted.count(entry);
    if (same == wanted.size()) return false;
    if (is_of_first_versions(found, wanted, same)) return false;
  }
  return true;
}

uint32_t number_at(const std::string& bytes, size_t at, int size) {
  uint32_t number = 0;
  for (int i = 0; i < size; ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes.at(at + i));
  }
  return number;
}

void put_number(std::string& bytes, size_t at, uint32_t number) {
  for (int i = 3; i >= 0; --i, number >>= 8) {
    bytes.at(at + i) = static_cast<char>(number & 0xff);
  }
}

// The pages of the schema in a new ledger: its first one, and the leaves that
// this one names.
std::vector<uint32_t> schema_pages(const std::string& ledger) {
  std::vector<uint32_t> pages = {1};
  auto kind = static_cast<unsigned char>(ledger.at(kTree));
  if (kind == kLeaf) return pages;
  if (kind != kInnerNode) throw Fatal("a new ledger has another form");
  uint32_t cells = number_at(ledger, kTree + 3, 2);
  pages.push_back(number_at(ledger, kTree + 8, 4));
  for (uint32_t i = 0; i < cells; ++i) {
    uint32_t cell = number_at(ledger, kTree + 12 + 2 * i, 2);
    pages.push_back(number_at(ledger, cell, 4));
  }
  return pages;
}

void put_schema_back(const fs::path& copy, std::string whole) {
  auto pages = static_cast<uint32_t>(fs::file_size(copy) / kPage);
  put_number(whole, kPageCount, std::max<uint32_t>(1, pages));
  put_number(whole, kFreePages, 0);
  put_number(whole, kFreePages + 4, 0);
  std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
  for (uint32_t page : schema_pages(whole)) {
    auto at = static_cast<size_t>(page - 1) * kPage;
    file.seekp(static_cast<std::streamoff>(at));
    file.write(whole.data() + at, kPage);
  }
  file.close();
  if (!file) throw Fatal("cannot write " + copy.string());
}

void copy_if_there(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  if (!fs::exists(from, failed)) return;
  fs::copy_file(from, to, failed);
  if (failed) {
    throw Fatal("cannot copy " + from.string() + " to " + to.string() + ": " +
                failed.message());
  }
}

}  // namespace

std::unique_ptr<SQLite::Database> open_damaged(const fs::path& ledger,
                                               const fs::path& folder) {
  fs::path fresh = folder / "new.db";
  { Ledger made(fresh, ToolSyntax::python); }
  std::unique_ptr<SQLite::Database> database = open_read_only(ledger, false);
  read_whatever_is_there(*database);
  if (!lost_its_schema(schema_of(*database))) return database;
  database.reset();
  fs::path copy = folder / "copy.db";
  copy_if_there(ledger, copy);
  copy_if_there(ledger.string() + "-wal", copy.string() + "-wal");
  put_schema_back(copy, read_file(fresh));
  database =
      std::make_unique<SQLite::Database>(copy.string(), SQLite::OPEN_READWRITE);
  guard(*database);
  read_whatever_is_there(*database);
  return database;
}

}  // namespace simulate
