// Turning many texts into vectors: an item is a batch of texts, and a text that
// has its vector is not sent again, whatever batch it is in.
// Tested by tests/program/dedup_test.cpp.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "simulator/models/embeddings.h"
#include "simulator/run/job.h"

namespace simulate {

class EmbeddedTexts : public JobSource {
 public:
  static constexpr const char* kKind = "embeddings";

  // The next text; nothing at the end.
  using NextText = std::function<std::optional<std::string>()>;

  // `model` is who is asked, "mistral:mistral-embed". The job's vectors of
  // earlier starts are read first.
  EmbeddedTexts(LedgerReader& reader, const std::string& model, NextText next);

  static Json settings(const std::string& model) { return {{"model", model}}; }

  std::unique_ptr<JobItem> next() override;
  std::vector<Change> done(const ItemRow& item) override;

  // In the order of the texts. Throws Fatal when one is missing, or of another
  // length.
  std::vector<Vector> vectors() const;

 private:
  NextText next_;
  std::set<std::string> asked_;            // hashes of texts in batches
  std::vector<std::string> texts_;         // by their hashes, in order
  std::map<std::string, Vector> vectors_;  // by the texts' hashes
};

}  // namespace simulate
