// The other hosts a page names: a tolerant reader of tags and attributes (HTML Living Standard 13.2), without a tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kenshin {

// Script: what runs in the page or paints it (script, stylesheet, base); Frame: what is shown in it as a page of its
// own; Form: where it sends what is typed; Link: everything else.
enum class ReferenceKind { Script, Form, Frame, Link };

struct PageReference {
  ReferenceKind kind = ReferenceKind::Link;
  std::string host;  // canonical_host()
  friend auto operator<=>(const PageReference&, const PageReference&) = default;
};

// The host of an absolute or scheme-relative URL of http, https, ws or wss, in the form of canonical_host(); empty for
// all others, and where it is an address: that is nobody's name.
std::string host_of_url(std::string_view url);

// Ascending, each once, at most 1000; references to the page's own host (those without one) are left out. What stands
// in comments, scripts and styles is not read. Work is linear in the page's length.
std::vector<PageReference> page_references(std::string_view html);

}  // namespace kenshin
