#include "probes/certificate/selection.h"

#include <algorithm>
#include <array>

#include "probes/certificate/read.h"
#include "probes/tls/code_points.h"
#include "probes/tls/suites.h"

namespace kenshin {

namespace {

// RFC 6761 6.4: a name nobody can have.
constexpr std::string_view nobodys_name = "kenshin-asks-for-no-such-name.invalid";

struct Kind {
  std::string_view name;
  std::vector<std::uint16_t> schemes;
  std::vector<std::string_view> suites;  // parts of suite names whose authentication its key can do
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"RSA", {0x0401, 0x0501, 0x0601, 0x0804, 0x0805, 0x0806, 0x0201}, {"_ECDHE_RSA_", "_DHE_RSA_", "TLS_RSA_"}},
      {"EC", {0x0403, 0x0503, 0x0603, 0x081A, 0x081B, 0x081C, 0x0203}, {"_ECDHE_ECDSA_"}},
      {"Ed25519", {0x0807}, {"_ECDHE_ECDSA_"}},
      {"RSA-PSS", {0x0809, 0x080A, 0x080B}, {"_ECDHE_RSA_", "_DHE_RSA_"}},
  };
  return all;
}

using Open = std::vector<const Kind*>;

std::vector<SchemeId> schemes_of(const Open& open) {
  std::vector<SchemeId> out;
  for (const Kind* kind : open)
    for (const std::uint16_t scheme : kind->schemes) out.push_back(static_cast<SchemeId>(scheme));
  return out;
}

std::vector<SuiteId> suites_of(const Open& open) {
  std::vector<SuiteId> out;
  for (const SuiteId suite : common_suites()) {
    const std::string name = suite_name(suite);
    const bool asked = std::any_of(open.begin(), open.end(), [&](const Kind* kind) {
      return std::any_of(kind->suites.begin(), kind->suites.end(),
                         [&](std::string_view part) { return name.find(part) != std::string::npos; });
    });
    if (asked) out.push_back(suite);
  }
  return out;
}

void drop(Open& open, std::string_view name) {
  open.erase(std::remove_if(open.begin(), open.end(), [&](const Kind* kind) { return kind->name == name; }),
             open.end());
}

struct Leaf {
  std::string kind, sha256;
  bool must_staple = false;
};
Result<Leaf> leaf_of(const SentChain& chain) {
  if (chain.certificates.empty()) return Error{Error::Kind::Absent, "no certificate"};
  const OwnedX509 x509 = x509_from_der(chain.certificates.front());
  if (!x509) return Error{Error::Kind::Malformed, "no X.509"};
  const auto read = read_certificate(*x509);
  if (!read) return read.error();
  return Leaf{key_kind(read->key), read->sha256, read->must_staple};
}

class Selecting {
 public:
  Selecting(Conversation& conversation, Tally& tally, Selected& out)
      : conversation_(conversation), tally_(tally), out_(out) {}

  // Where it is none of those seen; what came along with a known one is added to it.
  void keep_chain(const SentChain& chain) {
    const auto known = std::find_if(out_.chains.begin(), out_.chains.end(),
                                    [&](const SentChain& other) { return other.certificates == chain.certificates; });
    if (known == out_.chains.end()) return out_.chains.push_back(chain);
    if (known->staple.empty()) known->staple = chain.staple;
    if (known->timestamps.empty()) known->timestamps = chain.timestamps;
    known->cut_off = known->cut_off && chain.cut_off;
  }

  // The kind of the chain, which is kept where it is a new one; empty where it cannot be read.
  std::string keep(const SentChain& chain) {
    const auto leaf = leaf_of(chain);
    if (!leaf) return {};
    out_.fact.by_key.try_emplace(leaf->kind, leaf->sha256);
    keep_chain(chain);
    return leaf->kind;
  }

  Open unseen() const {
    Open open;
    for (const Kind& kind : kinds())
      if (!out_.fact.by_key.contains(std::string(kind.name))) open.push_back(&kind);
    return open;
  }

  // Asks for all of `open` at once until the server refuses; returns what it refused.
  template <class Ask>
  Open walk(Open open, Ask ask) {
    for (std::size_t asked = 0; !open.empty() && asked <= kinds().size(); ++asked) {
      const Served served = ask(open);
      if (served.served == Answer::No) return remember(served), open;
      if (served.served != Answer::Yes) return {};
      const std::string kind = keep(served.chain);
      const std::size_t before = open.size();
      drop(open, kind);
      // Another kind than was asked for: it has none of these.
      if (open.size() == before) return kind.empty() ? Open() : open;
    }
    return {};
  }

  // Only kinds that share their suites are asked together: a server may choose the suite first and then fail for want
  // of a scheme.
  Open walk_before13(const Open& open) {
    Open refused;
    for (const auto& together : std::vector<std::vector<std::string_view>>{{"EC", "Ed25519"}, {"RSA"}, {"RSA-PSS"}}) {
      Open some;
      for (const Kind* kind : open)
        if (std::find(together.begin(), together.end(), kind->name) != together.end() &&
            !out_.fact.by_key.contains(std::string(kind->name)))
          some.push_back(kind);
      const Open no = walk(std::move(some), [this](const Open& asked) {
        return ask_before13(conversation_, suites_of(asked), schemes_of(asked), tally_);
      });
      refused.insert(refused.end(), no.begin(), no.end());
    }
    return refused;
  }
  Open walk_in13(Open open) {
    return walk(std::move(open),
                [this](const Open& asked) { return ask_in13(conversation_, schemes_of(asked), tally_); });
  }

  // A staple that is promised or was cut off is asked for again: some servers fetch theirs when they are first asked.
  void ask_for_staples() {
    constexpr int most_tries = 3;
    for (std::size_t i = 0; i < out_.chains.size(); ++i) {
      const auto leaf = leaf_of(out_.chains[i]);
      if (!leaf) continue;
      Open same;
      for (const Kind& kind : kinds())
        if (kind.name == leaf->kind) same.push_back(&kind);
      for (int tried = 0; tried < most_tries && !same.empty(); ++tried) {
        if (!out_.chains[i].staple.empty() || (!leaf->must_staple && !out_.chains[i].cut_off)) break;
        const Served again = out_.chains[i].version == TlsVersion::Tls13
                                 ? ask_in13(conversation_, schemes_of(same), tally_)
                                 : ask_before13(conversation_, suites_of(same), schemes_of(same), tally_);
        if (again.served == Answer::Yes) keep(again.chain);
      }
    }
  }

  void remember(const Served& served) {
    if (served.served == Answer::No) refusals_.push_back(served.heard);
  }
  bool any_in_doubt() const {
    return std::any_of(refusals_.begin(), refusals_.end(),
                       [this](const Heard& heard) { return conversation_.in_doubt(heard); });
  }
  bool has_refusals() const { return !refusals_.empty(); }

 private:
  Conversation& conversation_;
  Tally& tally_;
  Selected& out_;
  std::vector<Heard> refusals_;
};

bool contains(const Open& open, const Kind* kind) { return std::find(open.begin(), open.end(), kind) != open.end(); }

Served ask_once(Conversation& conversation, TlsVersion version, Tally& tally) {
  return version == TlsVersion::Tls13 ? ask_in13(conversation, {}, tally)
                                      : ask_before13(conversation, common_suites(), {}, tally);
}

// One refusal may be somebody else's.
Served ask_by(Conversation& conversation, TlsVersion version, Tally& tally, std::string& sha256) {
  Served served = ask_once(conversation, version, tally);
  if (served.served == Answer::No) served = ask_once(conversation, version, tally);
  if (served.served == Answer::Yes)
    if (const auto leaf = leaf_of(served.chain)) sha256 = leaf->sha256;
  return served;
}

bool is_for_the_name(const SentChain& chain, const std::string& name) {
  const OwnedX509 leaf = chain.certificates.empty() ? OwnedX509() : x509_from_der(chain.certificates.front());
  return leaf && is_for(*leaf, name);
}

// A server that has begun to refuse what it gave before proves nothing by refusing.
void take_back_refusals(CertificateSelection& fact) {
  fact.refused.clear();
  for (Decided* decided : {&fact.without_name, &fact.with_wrong_name})
    if (decided->accepted == Answer::No) *decided = {Answer::Unknown, decided->because + ", control failed"};
}

}  // namespace

std::string key_kind(std::string_view key) {
  for (const std::string_view kind : {"RSA-PSS", "RSA", "EC"})
    if (key.starts_with(kind)) return std::string(kind);
  return std::string(key);
}

Selected select_certificates(Conversation& conversation, const Asked& asked, Session& session, const SentChain& first,
                             Tally& tally) {
  Selected out;
  Selecting selecting(conversation, tally, out);
  selecting.keep(first);
  const bool before13 = first.version < TlsVersion::Tls13;
  Open old_ones = before13 ? selecting.unseen() : Open();
  if (first.version < TlsVersion::Tls12)  // nothing names schemes there
    for (const std::string_view name : {"Ed25519", "RSA-PSS"}) drop(old_ones, name);
  const Open asked_before13 = old_ones;
  const Open refused_before13 = selecting.walk_before13(old_ones);
  Open refused_in13 = selecting.walk_in13(selecting.unseen());
  // TLS 1.3 may have another certificate for the same kind of key. Asked after the refusals, it is a control, too.
  const Served in13 = before13 ? ask_in13(conversation, {}, tally) : Served{};
  selecting.remember(in13);
  if (in13.served == Answer::Yes) selecting.keep(in13.chain);
  if (in13.served == Answer::No) refused_in13 = selecting.unseen();
  for (const Kind* kind : selecting.unseen()) {
    const bool old_refused = !contains(asked_before13, kind) || contains(refused_before13, kind);
    if (old_refused && contains(refused_in13, kind)) out.fact.refused.emplace_back(kind->name);
  }
  selecting.ask_for_staples();
  Conversation without_name(asked, session, conversation);
  without_name.leave_out_name();
  Asked other = asked;
  other.target.name = nobodys_name;
  Conversation with_wrong_name(other, session, conversation);
  const Served unnamed = ask_by(without_name, first.version, tally, out.fact.without_name_sha256);
  const Served misnamed = ask_by(with_wrong_name, first.version, tally, out.fact.wrong_name_sha256);
  out.fact.without_name = {unnamed.served, unnamed.because};
  out.fact.with_wrong_name = {misnamed.served, misnamed.because};
  // A client that gives no name takes it for this one's; any other it refuses by the name in it.
  if (unnamed.served == Answer::Yes && is_for_the_name(unnamed.chain, asked.target.name))
    selecting.keep_chain(unnamed.chain);
  selecting.remember(unnamed);
  selecting.remember(misnamed);
  // Who was served after all refusals stands in the row of controls.
  const std::array last = {&in13, &unnamed, &misnamed};
  const auto served_last = static_cast<int>(
      std::count_if(last.begin(), last.end(), [](const Served* s) { return s->served == Answer::Yes; }));
  // Where both versions were asked, a kind is refused twice: three in a row are enough.
  const bool refused_twice = first.version == TlsVersion::Tls12 && served_last == static_cast<int>(last.size());
  if (selecting.has_refusals() && !refused_twice) conversation.controls(controls_in_a_row - served_last, tally);
  if (selecting.any_in_doubt()) take_back_refusals(out.fact);
  for (const Kind* kind : selecting.unseen())
    if (std::find(out.fact.refused.begin(), out.fact.refused.end(), kind->name) == out.fact.refused.end())
      out.fact.undecided.emplace_back(kind->name);
  return out;
}

}  // namespace kenshin
