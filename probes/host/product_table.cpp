#include "probes/host/product_table.h"

#include <stdexcept>

#include "probes/base/json_fields.h"

namespace kenshin {

constexpr EnumNames<ProductKind, 5> enum_names(ProductKind) {
  return {{{ProductKind::Av, "av"},
           {ProductKind::Edr, "edr"},
           {ProductKind::Ids, "ids"},
           {ProductKind::Audit, "audit"},
           {ProductKind::Management, "management"}}};
}
constexpr EnumNames<ProductSignatures, 2> enum_names(ProductSignatures) {
  return {{{ProductSignatures::Daily, "daily"}, {ProductSignatures::None, "none"}}};
}

template <class V>
void fields(V& v, WindowsNames& f) {
  v("services", f.services);
  v("processes", f.processes);
}
template <class V>
void fields(V& v, LinuxNames& f) {
  v("processes", f.processes);
  v("packages", f.packages);
}
template <class V>
void fields(V& v, MacosNames& f) {
  v("bundles", f.bundles);
}
template <class V>
void fields(V& v, KnownProduct& f) {
  v("id", f.id);
  v("name", f.product);
  v("kind", f.kind);
  v("windows", f.on_windows);
  v("linux", f.on_linux);
  v("macos", f.on_macos);
  v("signatures", f.signatures);
  v("mark", f.mark);
  v("source", f.source);
}
template <class V>
void fields(V& v, ProductTable& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("mark", f.mark);
  v("description", f.description);
  v("products", f.products);
}

namespace {
constexpr std::string_view table_file = "probes/host/products.json";
}

Result<ProductTable> load_product_table(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<ProductTable>(text, file_name);
  if (!read) return read;
  const auto malformed = [&](const std::string& what) {
    return Error{Error::Kind::Malformed, std::string(file_name) + ": " + what};
  };
  const std::string* before = nullptr;
  for (const KnownProduct& it : read->products) {
    if (it.id.empty() || it.product.empty() || it.source.empty())
      return malformed("a product lacks id, name or source");
    if (before && *before >= it.id) return malformed(it.id + ": ids stand ascending, each once");
    before = &it.id;
  }
  if (!read->products.empty() && !read->as_of) return malformed("a list without a date");
  return read;
}

Result<ProductTable> read_product_table(const DataFiles& data) {
  const auto text = data.read(table_file);
  if (!text) return text.error();
  return load_product_table(*text, table_file);
}

const ProductTable& shipped_product_table() {
  static const ProductTable shipped = [] {
    auto table = read_product_table(installed_data());
    if (!table) throw std::runtime_error(table.error().detail);
    return std::move(*table);
  }();
  return shipped;
}

}  // namespace kenshin
