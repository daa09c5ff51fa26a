# Writes OUTPUT, the rows of TABLE (probes/host/products.json) that name services or processes of Windows, as a function
# of C++: a reader of JSON would be a tenth of the program.
file(READ ${TABLE} table)
set(rows "")
string(JSON count LENGTH "${table}" products)
math(EXPR last "${count} - 1")

# "a", "b" of the list at the path in ARGN, or nothing.
function(quoted out)
  set(texts "")
  string(JSON length ERROR_VARIABLE none LENGTH "${table}" ${ARGN})
  if(length GREATER 0)
    math(EXPR end "${length} - 1")
    foreach(i RANGE ${end})
      string(JSON text GET "${table}" ${ARGN} ${i})
      string(APPEND texts "\"${text}\", ")
    endforeach()
  endif()
  set(${out} "{${texts}}" PARENT_SCOPE)
endfunction()

foreach(row RANGE ${last})
  quoted(services products ${row} windows services)
  quoted(processes products ${row} windows processes)
  if(services STREQUAL "{}" AND processes STREQUAL "{}")
    continue()
  endif()
  foreach(key id name kind signatures)
    string(JSON ${key} ERROR_VARIABLE none GET "${table}" products ${row} ${key})
  endforeach()
  set(without false)
  if(signatures STREQUAL "none")
    set(without true)
  endif()
  string(APPEND rows "      {\"${id}\", \"${name}\", \"${kind}\", ${services}, ${processes}, ${without}},\n")
endforeach()
file(WRITE ${OUTPUT}
     "#include \"probes/host/collectors/windows/product_table.h\"\n\nnamespace kenshin::windows {\n"
     "std::vector<KnownProduct> product_table() {\n  return {\n${rows}  };\n}\n}  // namespace kenshin::windows\n")
