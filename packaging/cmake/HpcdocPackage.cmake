# `cpack -G DEB` or `cpack -G RPM` in a build directory of the preset `release` makes a package of what is installed.
set(CPACK_PACKAGE_NAME hpcdoc)
set(CPACK_PACKAGE_VENDOR "hpcdoc")
set(CPACK_PACKAGE_CONTACT "hpcdoc maintainers <root@localhost>" CACHE STRING "Who made the package")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "says what is wrong on an HPC cluster, why, and what to do next")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libarchive13") # loaded when --from names an archive
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "slurm-client")

set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "Apache-2.0")
set(CPACK_RPM_PACKAGE_GROUP "System Environment/Base")
set(CPACK_RPM_PACKAGE_SUGGESTS "libarchive")
# Directories that belong to other packages.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/share/man /usr/share/man/man1 /usr/share/man/man5 /usr/share/man/man7 /usr/share/bash-completion
  /usr/share/bash-completion/completions /usr/share/zsh /usr/share/zsh/site-functions /usr/share/fish
  /usr/share/fish/vendor_completions.d)
include(CPack)
