# Writes OUTPUT, a source file that holds every *.yaml in the folders of FOLDER as a string:
#   cmake -DFOLDER=scenarios/library -DOUTPUT=library_texts.cc -P embed_library.cmake
file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*/*.yaml)
# In the order of their names, whatever folder they are in.
list(TRANSFORM files REPLACE "^(.+)/(.+)\\.yaml$" "\\2/\\1")
list(SORT files)
set(rows "")
set(last_name "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" DIRECTORY)
  get_filename_component(folder "${file}" NAME)
  set(file "${FOLDER}/${folder}/${name}.yaml")
  if(name STREQUAL last_name)
    message(FATAL_ERROR "two scenarios of the library are called ${name}")
  endif()
  set(last_name "${name}")
  file(READ "${file}" yaml)
  string(FIND "${yaml}" ")yaml\"" closing)
  if(NOT closing EQUAL -1)
    message(FATAL_ERROR "${file} contains )yaml\" and cannot be embedded")
  endif()
  string(APPEND rows "    {\"${name}\", \"${folder}\", R\"yaml(${yaml})yaml\"},\n")
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
