# The golden manifest against the published schema.
find_program(HPCDOC_PYTHON NAMES python3 REQUIRED)
add_test(NAME manifest_schema COMMAND ${HPCDOC_PYTHON} ${PROJECT_SOURCE_DIR}/tests/lint/validate_schema.py
                                      ${PROJECT_SOURCE_DIR}/share/hpcdoc/schema/manifest.json
                                      ${CMAKE_CURRENT_LIST_DIR}/golden/manifest.json)
