// Cuts a stream of bytes into lines, in bounded memory: of a line that is too
// long only its two ends are kept. A value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simulate {

class LineCutter {
 public:
  struct Line {
    std::string text;  // of a line that is too long: its beginning
    bool too_long = false;
    std::string end;  // of a line that is too long
  };

  explicit LineCutter(size_t longest) : longest_(longest) {}

  // The lines that these bytes complete, without their line breaks.
  std::vector<Line> add(std::string_view bytes);

  // What came since the last line break.
  const std::string& rest() const { return line_.text; }

 private:
  void extend(std::string_view part);

  size_t longest_;
  Line line_;
};

}  // namespace simulate
