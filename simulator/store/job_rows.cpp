#include "simulator/store/job_rows.h"

namespace simulate {

const Columns<ItemRow>& item_columns() {
  using R = ItemRow;
  static const Columns<R> columns(
      "items",
      {column<R, &R::item>("item"), column<R, &R::job>("job"),
       column<R, &R::name>("name"), column<R, &R::status>("status"),
       column<R, &R::reason>("reason"), column<R, &R::result>("result")},
      {.has_hash = true});
  return columns;
}

const Columns<VerdictRow>& verdict_columns() {
  using R = VerdictRow;
  using V = JudgeVerdict;
  static const Columns<R> columns(
      "verdicts",
      {column<R, &R::key, &AttemptKey::slot>("slot"),
       column<R, &R::key, &AttemptKey::attempt>("attempt"),
       column<R, &R::verdict, &V::rubric>("rubric"),
       column<R, &R::verdict, &V::judge, &Player::provider>("provider"),
       column<R, &R::verdict, &V::judge, &Player::model>("model"),
       column<R, &R::verdict, &V::answers>("answers"),
       column<R, &R::verdict, &V::good>("good")},
      {.has_hash = true});
  return columns;
}

}  // namespace simulate
