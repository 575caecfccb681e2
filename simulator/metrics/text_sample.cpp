#include "simulator/metrics/text_sample.h"

#include <algorithm>

namespace simulate {

void TextSample::add(std::string_view text) {
  ++seen_;
  uint64_t rank = random_.next();
  if (rank >= bound_) return;
  kept_.push_back({rank, std::string(text.substr(0, kLongestText))});
  held_ += size_of(kept_.back());
  std::push_heap(kept_.begin(), kept_.end(), ranks_lower);
  while (held_ > bytes_) drop_highest();
}

// Who ranks above one that was dropped would not be in the sample either if it
// had come before it: taking it, where there is room again, would favour the
// texts that come last.
void TextSample::drop_highest() {
  std::pop_heap(kept_.begin(), kept_.end(), ranks_lower);
  bound_ = kept_.back().rank;
  held_ -= size_of(kept_.back());
  kept_.pop_back();
}

std::vector<std::string_view> TextSample::texts() const {
  std::vector<const Kept*> order;
  for (const Kept& kept : kept_) order.push_back(&kept);
  std::sort(order.begin(), order.end(), [](const Kept* one, const Kept* other) {
    return ranks_lower(*one, *other);
  });
  std::vector<std::string_view> texts;
  for (const Kept* kept : order) texts.push_back(kept->text);
  return texts;
}

}  // namespace simulate
