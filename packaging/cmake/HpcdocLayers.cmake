# hpcdoc_layer(NAME [LINK library...]): src/NAME/**/*.cpp as the static library hpcdoc_NAME. A layer links the layers
# listed before it in src/CMakeLists.txt and nothing else of ours.
set_property(GLOBAL PROPERTY HPCDOC_LAYERS "")

function(hpcdoc_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  get_property(below GLOBAL PROPERTY HPCDOC_LAYERS)
  if(sources)
    add_library(hpcdoc_${name} STATIC ${sources})
    target_link_libraries(hpcdoc_${name} PUBLIC hpcdoc_settings tl::expected hpcdoc_fmt ${below} PRIVATE hpcdoc_warnings ${arg_LINK})
    set_property(GLOBAL APPEND PROPERTY HPCDOC_LAYERS hpcdoc_${name})
  endif()
endfunction()

# hpcdoc_add_command("job explain" [LINK library...]): the folder of the caller. All its *.cpp are compiled; help.md becomes
# the help text; tests/cmd/<folder> holds its proof. The folder's code defines `CommandEntry hpcdoc_command_job_explain()`.
function(hpcdoc_add_command path)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
  string(REGEX REPLACE "[ -]" "_" ident "${path}")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(help ${CMAKE_CURRENT_SOURCE_DIR}/help.md)
  set(header ${CMAKE_BINARY_DIR}/generated/help/${ident}.hpp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${help})
  file(READ ${help} text)
  # One symbol for each command: a shared name in several headers would break the one-definition rule in silence.
  file(CONFIGURE OUTPUT ${header} CONTENT
"// Made from @help@
#pragma once
inline constexpr char hpcdoc_help_@ident@[] = R\"hpcdoc(@text@)hpcdoc\";
" @ONLY)
  set_property(GLOBAL APPEND PROPERTY HPCDOC_COMMAND_SOURCES ${sources})
  set_property(GLOBAL APPEND PROPERTY HPCDOC_COMMAND_LINKS ${arg_LINK})
  set_property(GLOBAL APPEND PROPERTY HPCDOC_COMMANDS ${ident})
  set_property(GLOBAL APPEND PROPERTY HPCDOC_COMMAND_PATHS "${path}")
endfunction()
