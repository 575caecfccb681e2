// What becomes of a conversation on its way to a trainer: the choices that a
// user has, and what the trainer's format can express.
// Tested by tests/samples/sample_test.cpp.
#pragma once

namespace simulate {

struct Family;

// What a sample looks like.
enum class SampleFormat {
  record,      // as it stands in the training file
  messages,    // role and content, calls and thoughts beside it
  sharegpt,    // from and value
  hermes,      // the same, with everything in tags
  rendered,    // text, by the model's own chat template
  preference,  // a reply and one that is worse
};

// Of what one sample is made.
enum class SampleUnit {
  automatic,     // the conversation where nothing is lost by it
  conversation,  // all of it, each message that is to be learnt at once
  message,       // one that is to be learnt, behind what came before it
};

// Which thoughts there are to train on.
enum class TrainedThoughts {
  all,
  last_turn,  // only the last turn is trained on, with its thoughts
  none,       // words and calls without any
};

// What becomes of messages that are not to be learnt, such as faulty calls.
enum class Untrained {
  mask,  // they stay, as history
  drop,  // a conversation ends before the turn of its first
};

struct SampleRules {
  SampleUnit unit = SampleUnit::automatic;
  TrainedThoughts thoughts = TrainedThoughts::all;
  Untrained errors = Untrained::mask;
  const Family* family = nullptr;
  bool last_only = false;  // the trainer learns the last message of a sample
};

}  // namespace simulate
