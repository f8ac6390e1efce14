# How every target of ours is compiled. Nothing here reaches a user of the installed package.
find_program(ASSISTANTS_MOCK_CCACHE ccache)
if(ASSISTANTS_MOCK_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${ASSISTANTS_MOCK_CCACHE})
endif()

add_library(assistants_mock_compiler INTERFACE)
target_compile_options(assistants_mock_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Werror
  # Its -Wrestrict, part of -Wall, sees overlaps in `"a" + std::string` that cannot be
  # (https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651, mended in 13).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  # Files that are compiled together are included, and then it takes their anonymous namespaces for
  # those of a header.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>
  # The front defines functions of httplib's classes that only some of its versions have.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-inconsistent-missing-override>)
target_compile_definitions(assistants_mock_compiler INTERFACE
  $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

# A sanitizer has to see all code, fetched libraries included.
if(ASSISTANTS_MOCK_SANITIZE)
  add_compile_options(-fsanitize=${ASSISTANTS_MOCK_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ASSISTANTS_MOCK_SANITIZE})
endif()
