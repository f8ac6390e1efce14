# The programs that `./dev test fuzz` runs, one for each fuzz target.
if(NOT ASSISTANTS_MOCK_FUZZ)
  return()
endif()
add_custom_target(fuzz_programs)
foreach(target IN ITEMS request api scenario multipart text)
  add_executable(fuzz_${target} ${PROJECT_SOURCE_DIR}/tests/fuzz/libfuzzer_entry.cc)
  target_compile_definitions(fuzz_${target} PRIVATE ASSISTANTS_MOCK_FUZZ_TARGET="${target}")
  target_link_libraries(fuzz_${target} PRIVATE
    assistants_mock_fuzz_targets assistants_mock_compiler)
  target_link_options(fuzz_${target} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzz_programs fuzz_${target})
endforeach()
