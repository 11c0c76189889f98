target_link_libraries(unit_app PRIVATE CLI11::CLI11)
