# Writes OUTPUT, a source file that holds every *.yaml of FOLDER as a string:
#   cmake -DFOLDER=scenarios/library -DOUTPUT=library_texts.cc -P embed_library.cmake
file(GLOB files ${FOLDER}/*.yaml)
list(SORT files)
set(rows "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME_WE)
  file(READ "${file}" yaml)
  string(FIND "${yaml}" ")yaml\"" closing)
  if(NOT closing EQUAL -1)
    message(FATAL_ERROR "${file} contains )yaml\" and cannot be embedded")
  endif()
  string(APPEND rows "    {\"${name}\", R\"yaml(${yaml})yaml\"},\n")
endforeach()
file(WRITE "${OUTPUT}"
"// Made by embed_library.cmake from the files of scenarios/library.
#include \"scenarios/library_texts.h\"

#include <array>

namespace assistants_mock::scenarios {

namespace {

constexpr auto texts = std::to_array<LibraryText>({
${rows}});

}  // namespace

std::span<const LibraryText> library_texts() { return texts; }

}  // namespace assistants_mock::scenarios
")
