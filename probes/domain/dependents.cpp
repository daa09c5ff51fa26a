#include "probes/domain/dependents.h"

#include <algorithm>
#include <functional>

#include "probes/base/text.h"
#include "probes/dns/said.h"
#include "probes/domain/named_by_records.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/registration.h"
#include "probes/domain/takeover_data.h"
#include "probes/net/fetch_url.h"
#include "probes/net/side_by_side.h"
#include "probes/web/page_references.h"

namespace kenshin {

namespace {

constexpr std::size_t most_pages = 50, most_names = 300, most_registry_questions = 20;

DependentKind kind_of(ReferenceKind kind) {
  switch (kind) {
    case ReferenceKind::Script: return DependentKind::Script;
    case ReferenceKind::Form: return DependentKind::Form;
    case ReferenceKind::Frame: return DependentKind::Frame;
    case ReferenceKind::Link: break;
  }
  return DependentKind::Link;
}

std::string page_url(const AskedEndpoint& endpoint) {
  const std::string port = endpoint.target.port == 443 ? std::string() : ":" + std::to_string(endpoint.target.port);
  return "https://" + endpoint.target.name + port + "/";
}

// Why more hosts may be named than the reply tells; empty: these are all. Where no page is, none is named.
std::string why_not_whole(const HttpReply& reply) {
  if (reply.status == 404 || reply.status == 410 || reply.status == 204) return {};
  if (reply.status != 200) return "HTTP " + std::to_string(reply.status);
  if (reply.truncated) return "longer than 1 MiB: its beginning was read";
  return trim(text_of(reply.body)).empty() ? "an empty page" : "";
}

// The page of a declared endpoint, and the hosts it names.
PageRead read_page(const AskedEndpoint& endpoint, const Session& session, std::vector<NamedBy>& out) {
  PageRead seen;
  seen.url = page_url(endpoint);
  UrlRequest request;
  request.url = seen.url;
  request.address = endpoint.address;
  request.follow = 3;
  const auto reply = fetch_url(request, session);
  if (!reply) {
    seen.because = std::string(error_name(reply.error().kind)) + ": " + reply.error().detail;
    return seen;
  }
  seen.because = why_not_whole(*reply);
  const auto shown = reply->url == seen.url ? endpoint.target.name : host_of_url(reply->url);
  if (shown != endpoint.target.name) {  // what stands there is shown in the page's place
    if (shown.empty()) seen.because = "leads to " + one_line(reply->url, 120);
    else ++seen.references, out.push_back({shown, DependentKind::Frame, seen.url});
  }
  for (PageReference& it : page_references(text_of(reply->body)))
    if (it.host != endpoint.target.name) {
      ++seen.references;
      out.push_back({std::move(it.host), kind_of(it.kind), seen.url});
    }
  return seen;
}

bool was_read(const PageRead& page) { return page.because.empty() || page.references > 0; }

void read_pages(const Asked& asked, const Session& session, std::set<NamedBy>& names, DomainDependents& out) {
  std::vector<const AskedEndpoint*> pages;
  for (const AskedEndpoint& endpoint : asked.endpoints)
    if (endpoint.target.protocol == Protocol::Tls && pages.size() < most_pages) pages.push_back(&endpoint);
  std::vector<std::vector<NamedBy>> found(pages.size());
  out.pages.resize(pages.size());
  std::vector<std::function<void()>> work;
  for (std::size_t i = 0; i < pages.size(); ++i)
    work.emplace_back([&, i] { out.pages[i] = read_page(*pages[i], session, found[i]); });
  side_by_side(work);
  for (const auto& one : found) names.insert(one.begin(), one.end());
  for (const PageRead& page : out.pages)
    if (!page.because.empty()) out.untold.push_back(page.url + ": " + page.because);
}

void resolve(std::vector<Dependent>& dependents, const Session& session) {
  std::vector<DnsQuestion> questions;
  for (const Dependent& it : dependents)
    for (const auto& question : address_questions(it.name)) questions.push_back(question);
  const auto answers_of_all = session.dns->ask(questions, session);
  for (std::size_t i = 0; i < dependents.size(); ++i) {
    const DnsSaid both =
        either(said(answers_of_all[2 * i], DnsType::A), said(answers_of_all[2 * i + 1], DnsType::Aaaa));
    dependents[i].resolves = both.found;
    dependents[i].because = both.because;
  }
}

// Whether the page behind the alias says what the provider says of a name nobody holds.
void ask_provider(Dependent& it, const TakeoverFingerprint& print, const Session& session) {
  UrlRequest request;
  request.url = "http://" + it.found_in.substr(0, it.found_in.find(' ')) + "/";
  request.follow = 3;  // to https, mostly
  const auto reply = fetch_url(request, session);
  if (!reply) {
    it.claimable = Answer::Unknown;
    it.claimable_because = std::string(error_name(reply.error().kind)) + ": " + reply.error().detail;
    return;
  }
  const bool shown = text_of(reply->body).find(print.text) != std::string_view::npos;
  const bool held = !shown && reply->status == 200 && !reply->truncated && !reply->body.empty();
  it.claimable = shown ? Answer::Yes : held ? Answer::No : Answer::Unknown;
  it.claimable_because = shown              ? "the page says: " + print.text
                         : reply->truncated ? "a page longer than 1 MiB"
                                            : "HTTP " + std::to_string(reply->status);
}

void look_at_provider(Dependent& it, const std::set<std::string>& wildcard, const Session& session) {
  if (it.kind != DependentKind::Cname) return;
  const TakeoverFingerprint* print = shipped_takeover_fingerprints().of(it.name);
  if (print == nullptr) return;
  it.provider = print->provider;
  it.claimable = Answer::Unknown;
  if (wildcard.count(it.name) > 0) {
    it.claimable_because = "every label of the domain leads there";
  } else if (print->shows == ShownBy::HttpText) {
    ask_provider(it, *print, session);
  } else if (it.resolves == DnsFound::NoName) {
    it.claimable = Answer::Yes;
    it.claimable_because = "the name does not exist";
  } else if (it.resolves == DnsFound::Records || it.resolves == DnsFound::NoRecords) {
    it.claimable = Answer::No;
  } else {
    it.claimable_because = it.because;
  }
}

RegistryWord word_of(const std::string& name, Session& session) {
  RegistryWord out;
  const auto seen = registration_of(name, session, Freshness::Dependent);
  if (!seen) {
    out.because = std::string(error_name(seen.error().kind)) + ": " + seen.error().detail;
    return out;
  }
  out.registered = seen->registered;
  out.kind = seen->kind;
  out.state = seen->state;
  out.created = seen->created;
  out.expires = seen->expires;
  return out;
}

// Names that can do harm at once are asked first.
bool weighs_more(DependentKind kind) {
  return kind != DependentKind::Link && kind != DependentKind::Dmarc && kind != DependentKind::Spf;
}

void ask_registries(DomainDependents& out, Session& session) {
  std::size_t asked = 0;
  for (const bool first : {true, false})
    for (const Dependent& it : out.dependents) {
      if (it.registry_name.empty() || weighs_more(it.kind) != first || out.registry.count(it.registry_name) > 0)
        continue;
      RegistryWord& word = out.registry[it.registry_name];
      if (is_well_known(it.registry_name)) word.because = "well known, not asked";
      else if (asked == most_registry_questions) word.because = "too many names: not asked";
      else ++asked, word = word_of(it.registry_name, session);
    }
}

}  // namespace

std::vector<Observation> observe_dependents(const Asked& asked, Session& session) {
  const auto seen = [&](Result<DomainDependents> fact) {
    return std::vector{observed<DomainDependents>(asked.target, "", session.now(), 0, std::move(fact))};
  };
  const std::string& domain = asked.target.name;
  const auto own = registry_name(domain);
  if (!own) return seen(Error{Error::Kind::Unsupported, "no registrable name in " + domain});
  std::vector<std::string> hosts;
  for (const AskedEndpoint& endpoint : asked.endpoints)
    if (hosts.size() < most_pages) hosts.push_back(endpoint.target.name);

  NamedByRecords named = named_by_records(domain, hosts, session);
  DomainDependents out;
  out.untold = std::move(named.untold);
  read_pages(asked, session, named.names, out);
  const bool any_page = std::any_of(out.pages.begin(), out.pages.end(), [](const auto& it) { return was_read(it); });
  if (named.silent && !any_page) return seen(*named.silent);
  for (const NamedBy& it : named.names) {
    if (out.dependents.size() == most_names) {
      out.untold.push_back("more than 300 names: the rest was left out");
      break;
    }
    Dependent dependent;
    dependent.name = it.name;
    dependent.kind = it.kind;
    dependent.found_in = it.found_in;
    if (const auto registered = registry_name(it.name); registered && *registered != *own)
      dependent.registry_name = *registered;
    out.dependents.push_back(std::move(dependent));
  }
  resolve(out.dependents, session);
  for (Dependent& it : out.dependents) look_at_provider(it, named.wildcard_aliases, session);
  ask_registries(out, session);
  return seen(std::move(out));
}

}  // namespace kenshin
