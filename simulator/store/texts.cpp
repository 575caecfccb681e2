#include "simulator/store/texts.h"

#include "simulator/base/hash.h"

namespace simulate {

std::string keep_text(Statements& statements, const std::string& body) {
  std::string hash = content_hash(body);
  statements.run("INSERT OR IGNORE INTO texts(hash, body) VALUES (?1, ?2)",
                 hash, body);
  return hash;
}

std::string text_with_hash(Statements& statements, const std::string& hash) {
  Query row = statements.query("SELECT body FROM texts WHERE hash = ?1");
  row.bind(1, hash);
  return row.next() ? row.column(0).getString() : "";
}

}  // namespace simulate
