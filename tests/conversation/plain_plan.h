// Plans in which nothing but the old things are drawn: no situations, no axes,
// storylines of the same length.
#pragma once

#include <vector>

#include "simulator/conversation/plan.h"

namespace simulate {

inline const Situations& no_situations() {
  static const Situations none;
  return none;
}

inline Draw plain_draw() {
  static const Shares none;
  return {no_situations(), none, "memory,diary,reminders,watch"};
}

inline Slot plain_slot(const Wave& wave, int64_t place, int64_t slot) {
  return draw_slot(wave, place, slot, {}, plain_draw());
}

inline Wave plain_wave(std::vector<PlannedPersona> personas, int sessions = 3) {
  Wave wave;
  wave.sessions = {sessions, sessions};
  wave.personas = std::move(personas);
  draw_lengths(wave);
  return wave;
}

}  // namespace simulate
