# Every JSON golden file against the published schema, and the schema against each change of one key.
find_program(HPCDOC_PYTHON NAMES python3 REQUIRED)
file(GLOB documents CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/golden/*.json)
add_test(NAME report_schema COMMAND ${HPCDOC_PYTHON} ${PROJECT_SOURCE_DIR}/tests/lint/validate_schema.py --tight
                                    ${PROJECT_SOURCE_DIR}/share/hpcdoc/schema/report.json ${documents})
