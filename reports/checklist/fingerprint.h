// Recognising an item's wording without holding it.
//
// The text (item and notes together, so that it does not matter where lines were wrapped) is reduced to its letters and
// digits: NFKC, lower case, then only kana, kanji, a-z and 0-9 remain; spaces, boxes, bullets, brackets and other
// punctuation go. Each pair of neighbouring characters is hashed to 16 bits (FNV-1a over the two code points, mixed,
// folded). The lowest hashes are the fingerprint, a bottom-k sketch: two thirds of them, but 24 at least (where there
// are so many) and 64 at most. About 70 pairs of common characters share each value, none says where it stood, and most
// of a sentence is missing, so the wording cannot be read back.
//
// Likeness estimates the Jaccard index of two texts' pairs. The document's side is known whole, so the estimate looks
// at every hash up to the sketch's largest: shared / (shared + in one only). One character in ten replaced costs about
// a third of the likeness; texts of the same subject that are not the same item stay below a fifth.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kenshin {

struct Fingerprint {  // ascending, no duplicates; empty: no wording known
  std::vector<std::uint16_t> hashes;
  bool empty() const { return hashes.empty(); }
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

struct PairHashes {  // of a whole text, ascending, no duplicates
  std::vector<std::uint16_t> hashes;
};

PairHashes pair_hashes(std::string_view text);
Fingerprint fingerprint_of(const PairHashes&);

// 0 (nothing in common) to 1 (the same). 0 where either is empty.
double likeness(const Fingerprint&, const PairHashes&);

// Four lower-case hex digits a hash, as editions/*.json hold it.
std::string to_key(const Fingerprint&);
bool from_key(std::string_view, Fingerprint&);  // false unless well-formed, ascending and distinct

}  // namespace kenshin
