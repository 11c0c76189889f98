# Two INTERFACE targets, linked privately by our own code and never by third-party code.
add_library(hpcdoc_settings INTERFACE)
target_compile_features(hpcdoc_settings INTERFACE cxx_std_20)
target_include_directories(hpcdoc_settings INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(hpcdoc_settings INTERFACE Threads::Threads)
target_compile_options(hpcdoc_settings INTERFACE -pthread) # everywhere or nowhere: re2 asks for it
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(HPCDOC_DEV "Warnings are errors, assertions in the standard library" OFF)
option(HPCDOC_SANITIZE "Address and undefined-behaviour sanitizers" OFF)

add_library(hpcdoc_warnings INTERFACE)
target_compile_options(hpcdoc_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wconversion -Wsign-conversion
  -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(hpcdoc_warnings INTERFACE -Wno-restrict) # false alarms on "text" + string (GCC bug 105651)
endif()
if(HPCDOC_DEV)
  target_compile_options(hpcdoc_warnings INTERFACE -Werror)
  target_compile_definitions(hpcdoc_settings INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(CMAKE_BUILD_TYPE STREQUAL Release)
  target_compile_options(hpcdoc_settings INTERFACE -ffunction-sections -fdata-sections)
endif()
if(HPCDOC_SANITIZE)
  # GCC sees uninitialised values in the code that the sanitizers add (gcc(1), -fsanitize); they find the real ones.
  target_compile_options(hpcdoc_warnings INTERFACE -Wno-maybe-uninitialized)
  target_compile_options(hpcdoc_settings INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
                         -fno-sanitize-recover=undefined)
  target_link_options(hpcdoc_settings INTERFACE -fsanitize=address,undefined)
endif()

# Headers that nearly every file reads, parsed once for all layers and once for all unit tests: more than halves the time
# of a build from nothing. Off where single files are compiled again and again through ccache, which would have to be told
# (sloppiness pch_defines,time_macros).
option(HPCDOC_PCH "Precompile common headers" OFF)

# hpcdoc_precompiled(NAME header...): a set of headers, for hpcdoc_use_precompiled(target NAME).
function(hpcdoc_precompiled name)
  if(HPCDOC_PCH)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/${name}.cpp CONTENT "" @ONLY)
    add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/generated/${name}.cpp)
    target_link_libraries(${name} PRIVATE hpcdoc_settings hpcdoc_warnings tl::expected hpcdoc_fmt)
    target_precompile_headers(${name} PRIVATE
      <algorithm> <chrono> <filesystem> <functional> <map> <memory> <optional> <span> <string> <string_view> <vector>
      <fmt/format.h> <tl/expected.hpp> ${ARGN})
  endif()
endfunction()

function(hpcdoc_use_precompiled target name)
  if(HPCDOC_PCH)
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()
