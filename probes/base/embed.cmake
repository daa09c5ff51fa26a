# Writes OUTPUT, a C++ file that holds FILES (paths below ROOT) as string literals.
set(text "#include <array>\n#include <span>\n#include <string_view>\n\nnamespace kenshin {\nstruct EmbeddedFile {\n  std::string_view name, text;\n};\nstd::span<const EmbeddedFile> embedded_files();\nstd::span<const EmbeddedFile> embedded_files() {\n  using namespace std::string_view_literals;\n  static constexpr EmbeddedFile files[] = {\n")
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} content HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" content "${content}")
  string(APPEND text "      {\"${file}\"sv, \"${content}\"sv},\n")
endforeach()
string(APPEND text "      {\"\"sv, \"\"sv}};\n  return std::span(files).first(std::size(files) - 1);\n}\n}  // namespace kenshin\n")
file(WRITE ${OUTPUT} "${text}")
