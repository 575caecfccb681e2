#include "simulator/guards/vocabulary.h"

namespace simulate::guards {

void Vocabulary::add(const TextWords& read) {
  for (const Word& word : read.words) {
    Seen& seen = words_[word.plain];
    seen.as_name |= word.capital && !word.opens;
    seen.without_capital |= !word.capital;
  }
}

bool Vocabulary::has(const std::string& plain) const {
  return words_.count(plain) > 0 || (below_ && below_->has(plain));
}

bool Vocabulary::has_stem(const std::string& plain) const {
  return plain.empty() || has(plain) || has_stem_itself(plain) ||
         (below_ && below_->has_stem(plain));
}

// Words of one stem share their first three letters; in scripts without spaces,
// one may stand inside the other.
bool Vocabulary::has_stem_itself(const std::string& plain) const {
  bool anywhere = static_cast<signed char>(plain.front()) < 0;
  std::string first = anywhere ? "" : plain.substr(0, 3);
  for (auto at = words_.lower_bound(first);
       at != words_.end() && at->first.starts_with(first); ++at) {
    if (same_stem(plain, at->first)) return true;
  }
  return false;
}

bool Vocabulary::as_name(const std::string& plain) const {
  auto found = words_.find(plain);
  bool here = found != words_.end() && found->second.as_name;
  return here || (below_ && below_->as_name(plain));
}

bool Vocabulary::without_capital(const std::string& plain) const {
  auto found = words_.find(plain);
  bool here = found != words_.end() && found->second.without_capital;
  return here || (below_ && below_->without_capital(plain));
}

}  // namespace simulate::guards
