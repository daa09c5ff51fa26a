#include "reports/criteria/finding.h"

namespace kenshin {

namespace {

constexpr int severity(Verdict verdict) {
  switch (verdict) {
    case Verdict::NotApplicable: return 0;
    case Verdict::Met: return 1;
    case Verdict::Conditional: return 2;
    case Verdict::Unknown: return 3;
    case Verdict::Attention: return 4;
    case Verdict::NotMet: return 5;
  }
  return 3;
}

// The value below `count` that `name_of` calls by that word.
template <class E>
bool named(std::string_view word, std::string_view (*name_of)(E), int count, E& value) {
  for (int i = 0; i < count; ++i)
    if (name_of(static_cast<E>(i)) == word) return value = static_cast<E>(i), true;
  return false;
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::Unknown: return "unknown";
    case Verdict::NotApplicable: return "not_applicable";
    case Verdict::Met: return "met";
    case Verdict::Conditional: return "conditional";
    case Verdict::Attention: return "attention";
    case Verdict::NotMet: return "not_met";
  }
  return "unknown";
}

std::string_view force_name(Force force) {
  switch (force) {
    case Force::Note: return "note";
    case Force::Should: return "should";
    case Force::Must: return "must";
  }
  return "note";
}

std::string_view mark_name(Mark mark) {
  switch (mark) {
    case Mark::Policy: return "policy";
    case Mark::Recalled: return "recalled";
    case Mark::Secondary: return "secondary";
    case Mark::Confirmed: return "confirmed";
  }
  return "policy";
}

bool verdict_named(std::string_view word, Verdict& value) { return named(word, verdict_name, 6, value); }
bool force_named(std::string_view word, Force& value) { return named(word, force_name, 3, value); }
bool mark_named(std::string_view word, Mark& value) { return named(word, mark_name, 4, value); }

bool is_worse(Verdict a, Verdict b) { return severity(a) > severity(b); }

}  // namespace kenshin
