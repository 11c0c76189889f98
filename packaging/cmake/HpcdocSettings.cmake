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
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(hpcdoc_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
  target_compile_options(hpcdoc_settings INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
                         -fno-sanitize-recover=undefined)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang") # its vptr check asks the kernel through a pipe, and fails when descriptors are used up
    target_compile_options(hpcdoc_settings INTERFACE -fno-sanitize=vptr)
  endif()
  target_link_options(hpcdoc_settings INTERFACE -fsanitize=address,undefined)
endif()

# With -DCMAKE_UNITY_BUILD=ON the files of a layer are compiled several at a time: a build from nothing takes a third of
# the time. So a name in an anonymous namespace stands once in its layer. Off by default: one changed file compiles alone.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 12 CACHE STRING "How many files make one unit")
