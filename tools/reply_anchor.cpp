#include "tools/reply_anchor.h"

#include <re2/re2.h>

#include <algorithm>

namespace simulate {

namespace {

RE2::Options bytes() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_case_sensitive(false);
  return options;
}

// A tool tag counts without its ">" too: it must not be shown to anybody.
const RE2& pattern() {
  static const RE2 compiled(
      R"(<(/?)(?:(think)\s*>|(tool_calls?)\b\s*>?|(tool_result|tool_response)\b\s*>?))",
      bytes());
  return compiled;
}

Anchor described(std::string_view text, const re2::StringPiece* groups) {
  Anchor anchor;
  anchor.at = static_cast<size_t>(groups[0].data() - text.data());
  anchor.end = anchor.at + groups[0].size();
  anchor.closes = !groups[1].empty();
  if (!groups[2].empty()) {
    anchor.tag = Tag::think;
  } else {
    anchor.tag = groups[3].empty() ? Tag::result : Tag::call;
  }
  return anchor;
}

}  // namespace

Anchors::Anchors(std::string_view text) {
  re2::StringPiece whole(text.data(), text.size());
  re2::StringPiece groups[4];
  size_t at = text.find('<');
  if (at == std::string_view::npos) return;
  while (pattern().Match(whole, at, whole.size(), RE2::UNANCHORED, groups, 4)) {
    Anchor anchor = described(text, groups);
    last_[static_cast<int>(anchor.tag)][anchor.closes] = anchor.at + 1;
    all_.push_back(anchor);
    at = anchor.end;
  }
}

const Anchor* Anchors::from(size_t at) const {
  auto found =
      std::lower_bound(all_.begin(), all_.end(), at,
                       [](const Anchor& a, size_t at) { return a.at < at; });
  return found == all_.end() ? nullptr : &*found;
}

const Anchor* Anchors::at(size_t at) const {
  const Anchor* found = from(at);
  return found != nullptr && found->at == at ? found : nullptr;
}

const Anchor* Anchors::find(Tag tag, bool closes, size_t at,
                            size_t limit) const {
  if (!any_after(tag, closes, at)) return nullptr;
  const Anchor* end = all_.data() + all_.size();
  for (const Anchor* a = from(at); a != nullptr && a != end; ++a) {
    if (a->at >= limit) break;
    if (a->is(tag, closes)) return a;
  }
  return nullptr;
}

bool Anchors::any_after(Tag tag, bool closes, size_t at) const {
  return last_[static_cast<int>(tag)][closes] > at;
}

}  // namespace simulate
