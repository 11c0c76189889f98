# How the program is linked, and what it calls its build.

# The build id: the commit, or "release" from a source archive.
if(NOT DEFINED HPCDOC_BUILD)
  set(HPCDOC_BUILD release)
  find_program(HPCDOC_GIT git)
  if(HPCDOC_GIT AND EXISTS ${PROJECT_SOURCE_DIR}/.git)
    execute_process(COMMAND ${HPCDOC_GIT} -C ${PROJECT_SOURCE_DIR} describe --always --dirty --tags
                    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed AND described)
      set(HPCDOC_BUILD ${described})
    endif()
  endif()
endif()

# The date of the manual pages; SOURCE_DATE_EPOCH makes it reproducible.
string(TIMESTAMP HPCDOC_DATE "%Y-%m-%d" UTC)

# Few libraries to load, so that it starts fast and runs on a login node that has none of ours.
function(hpcdoc_program_link_options target)
  if(NOT HPCDOC_SANITIZE)
    target_link_options(${target} PRIVATE -static-libstdc++ -static-libgcc)
  endif()
  target_link_options(${target} PRIVATE -Wl,--as-needed -Wl,--gc-sections -Wl,-z,relro -Wl,-z,now)
endfunction()
