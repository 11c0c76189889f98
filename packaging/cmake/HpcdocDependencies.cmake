# Every package hpcdoc is built from; all of them are in Debian 12.
find_package(Threads REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tl-expected REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(libarchive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(nettle REQUIRED IMPORTED_TARGET nettle)

# toml++ is used header-only, without exceptions: a wrong file is a value with a line and a column.
add_library(hpcdoc_toml INTERFACE)
get_target_property(hpcdoc_toml_includes PkgConfig::tomlplusplus INTERFACE_INCLUDE_DIRECTORIES)
if(hpcdoc_toml_includes)
  target_include_directories(hpcdoc_toml SYSTEM INTERFACE ${hpcdoc_toml_includes})
endif()
target_compile_definitions(hpcdoc_toml INTERFACE TOML_HEADER_ONLY=1 TOML_EXCEPTIONS=0 TOML_ENABLE_FORMATTERS=0)
# It asserts on some wrong files ("[.a]", "[|", 3.3.0), and a wrong file must never end the program.
target_compile_options(hpcdoc_toml INTERFACE "-DTOML_ASSERT(expression)=static_cast<void>(0)")

# What would have to be loaded at each start is linked in, where the distribution has it in that form: half the time of
# `hpcdoc --version`, and a program that runs on a login node without our libraries.
find_library(HPCDOC_STATIC_RE2 libre2.a)
if(HPCDOC_STATIC_RE2)
  set_property(TARGET PkgConfig::re2 PROPERTY INTERFACE_LINK_LIBRARIES ${HPCDOC_STATIC_RE2} Threads::Threads)
endif()
find_library(HPCDOC_STATIC_NETTLE libnettle.a)
if(HPCDOC_STATIC_NETTLE)
  set_property(TARGET PkgConfig::nettle PROPERTY INTERFACE_LINK_LIBRARIES ${HPCDOC_STATIC_NETTLE})
endif()
add_library(hpcdoc_fmt INTERFACE)
if(CMAKE_BUILD_TYPE STREQUAL Release AND TARGET fmt::fmt-header-only)
  target_link_libraries(hpcdoc_fmt INTERFACE fmt::fmt-header-only)
else()
  target_link_libraries(hpcdoc_fmt INTERFACE fmt::fmt)
endif()
