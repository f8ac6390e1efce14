# Installs the build in BUILD_DIR, moves the installed copy so that a path into the build or to the
# first place would be noticed, and then does what a user would: configure, build and run the example
# with nothing but that copy.
foreach(variable IN ITEMS BUILD_DIR GENERATOR CXX_COMPILER BUILD_TYPE)
  if(NOT ${variable})
    message(FATAL_ERROR "${variable} is not given")
  endif()
endforeach()

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  message("${text}")
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " line)
    message(FATAL_ERROR "failed (${status}): ${line}")
  endif()
endfunction()

set(work ${BUILD_DIR}/installed_package)
file(REMOVE_RECURSE ${work})
run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${work}/first_place)
file(RENAME ${work}/first_place ${work}/prefix)
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${work}/build -G ${GENERATOR}
    -DCMAKE_BUILD_TYPE=${BUILD_TYPE} -DCMAKE_CXX_COMPILER=${CXX_COMPILER}
    -DCMAKE_PREFIX_PATH=${work}/prefix)
run(${CMAKE_COMMAND} --build ${work}/build)
run(${work}/build/example)
run(${work}/build/check_example)
run(${work}/prefix/bin/assistants-mock --version)
