// Where the tags of our own syntax stand in a reply. Finding them says nothing
// about what they mean: one inside a string argument is text, and only who
// reads the call knows that.
#pragma once

#include <string_view>
#include <vector>

namespace simulate {

enum class Tag { think, call, result };

struct Anchor {
  size_t at = 0;   // of its "<"
  size_t end = 0;  // behind its ">"
  Tag tag = Tag::think;
  bool closes = false;

  bool is(Tag other, bool closing) const {
    return tag == other && closes == closing;
  }
};

// A value: the anchors of one text in their order.
class Anchors {
 public:
  explicit Anchors(std::string_view text);

  // The first that begins at `at` or behind it; null when there is none.
  const Anchor* from(size_t at) const;
  // The one that begins exactly there.
  const Anchor* at(size_t at) const;
  // The first of its kind at or behind `at` and before `limit`. Looks at all
  // between.
  const Anchor* find(Tag tag, bool closes, size_t at, size_t limit) const;
  // Whether one of its kind begins at or behind `at`. Costs nothing.
  bool any_after(Tag tag, bool closes, size_t at) const;

 private:
  std::vector<Anchor> all_;
  size_t last_[3][2] = {};  // one behind where the last of its kind begins
};

}  // namespace simulate
