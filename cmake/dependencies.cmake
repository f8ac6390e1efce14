# Every library that we build on, as one target assistants_mock_deps::NAME each, whatever way this
# system brings it: its CMake package, its pkg-config file where there is only that (Debian: RE2 and
# cpp-httplib), and otherwise the sources of the version that Debian 12 has. The installed package
# reads this same file, so that its users link what we linked.
include(FetchContent)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(PkgConfig QUIET)

# assistants_mock_dependency(NAME [PKG_CONFIG module] PACKAGE package REPOSITORY url TAG tag
#                            TARGETS target... [SET variable=value...])
# TARGETS are the names that the library's own build files are known to give it, any one of which
# will do. SET holds options for its build when it is fetched.
function(assistants_mock_dependency name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PKG_CONFIG;PACKAGE;REPOSITORY;TAG" "TARGETS;SET")
  if(TARGET assistants_mock_deps::${name})
    return()
  endif()
  set(candidates ${arg_TARGETS})
  # A source directory given by hand (FETCHCONTENT_SOURCE_DIR_…) goes before what the system has.
  string(TOUPPER ${arg_PACKAGE} upper_package)
  if(arg_PKG_CONFIG AND PkgConfig_FOUND AND NOT FETCHCONTENT_SOURCE_DIR_${upper_package})
    pkg_check_modules(${arg_PKG_CONFIG} QUIET IMPORTED_TARGET ${arg_PKG_CONFIG})
    list(PREPEND candidates PkgConfig::${arg_PKG_CONFIG})
  endif()
  if(NOT TARGET PkgConfig::${arg_PKG_CONFIG})
    foreach(option IN LISTS arg_SET)
      string(REGEX MATCH "^([^=]+)=(.*)$" option "${option}")
      set(${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
    endforeach()
    set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)  # lets the lines above decide in older projects too
    FetchContent_Declare(${arg_PACKAGE} GIT_REPOSITORY ${arg_REPOSITORY} GIT_TAG ${arg_TAG}
                         FIND_PACKAGE_ARGS)
    FetchContent_MakeAvailable(${arg_PACKAGE})
  endif()
  foreach(target IN LISTS candidates)
    if(TARGET ${target})
      # Warnings in its headers are not ours to mend. FetchContent's own SYSTEM loses the URL in
      # CMake 3.25.1.
      get_target_property(aliased ${target} ALIASED_TARGET)
      if(aliased)
        set_target_properties(${aliased} PROPERTIES SYSTEM ON)
      endif()
      add_library(assistants_mock_deps::${name} INTERFACE IMPORTED)
      target_link_libraries(assistants_mock_deps::${name} INTERFACE ${target})
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "${arg_PACKAGE} was found, but gives none of the targets: ${candidates}")
endfunction()

assistants_mock_dependency(json
  PACKAGE nlohmann_json TARGETS nlohmann_json::nlohmann_json
  REPOSITORY https://github.com/nlohmann/json.git TAG v3.11.2
  SET JSON_Install=ON)
assistants_mock_dependency(yaml
  PACKAGE yaml-cpp TARGETS yaml-cpp::yaml-cpp yaml-cpp  # 0.8 and later, before
  REPOSITORY https://github.com/jbeder/yaml-cpp.git TAG yaml-cpp-0.7.0
  SET YAML_CPP_INSTALL=ON YAML_CPP_BUILD_TESTS=OFF YAML_CPP_BUILD_TOOLS=OFF YAML_CPP_BUILD_CONTRIB=OFF)
assistants_mock_dependency(re2
  PKG_CONFIG re2 PACKAGE re2 TARGETS re2::re2
  REPOSITORY https://github.com/google/re2.git TAG 2022-06-01  # later ones need Abseil
  SET RE2_BUILD_TESTING=OFF)
assistants_mock_dependency(zip
  PKG_CONFIG libzip PACKAGE libzip TARGETS libzip::zip zip  # Debian's package wants its tools too
  REPOSITORY https://github.com/nih-at/libzip.git TAG v1.7.3
  SET BUILD_TOOLS=OFF BUILD_REGRESS=OFF BUILD_EXAMPLES=OFF BUILD_DOC=OFF
      ENABLE_BZIP2=OFF ENABLE_LZMA=OFF ENABLE_ZSTD=OFF)
# libstemmer comes without build files: it is a header and a library, or it is missing.
if(NOT TARGET assistants_mock_deps::stemmer)
  find_path(ASSISTANTS_MOCK_STEMMER_INCLUDE libstemmer.h REQUIRED)
  find_library(ASSISTANTS_MOCK_STEMMER_LIBRARY stemmer REQUIRED)
  add_library(assistants_mock_deps::stemmer INTERFACE IMPORTED)
  target_include_directories(assistants_mock_deps::stemmer
    INTERFACE ${ASSISTANTS_MOCK_STEMMER_INCLUDE})
  target_link_libraries(assistants_mock_deps::stemmer INTERFACE ${ASSISTANTS_MOCK_STEMMER_LIBRARY})
endif()
# The flags that come with the target have to be those the library was built with: they change the
# layout of its classes.
assistants_mock_dependency(httplib
  PKG_CONFIG cpp-httplib PACKAGE httplib TARGETS httplib::httplib
  REPOSITORY https://github.com/yhirose/cpp-httplib.git TAG v0.11.4
  SET HTTPLIB_USE_OPENSSL_IF_AVAILABLE=OFF HTTPLIB_USE_ZLIB_IF_AVAILABLE=OFF
      HTTPLIB_USE_BROTLI_IF_AVAILABLE=OFF)
# MD5, which completing an upload may ask for. No part of a build of ours: cpp-httplib of Debian 12
# brings it along.
if(NOT TARGET assistants_mock_deps::crypto)
  find_package(OpenSSL REQUIRED COMPONENTS Crypto)
  add_library(assistants_mock_deps::crypto INTERFACE IMPORTED)
  target_link_libraries(assistants_mock_deps::crypto INTERFACE OpenSSL::Crypto)
endif()
