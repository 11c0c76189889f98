-- Lmod module for hpcdoc: put it into MODULEPATH as hpcdoc/0.1.0.lua and set root to where it was installed
-- (cmake --install build/release --prefix /opt/hpcdoc/0.1.0).
local root = "/opt/hpcdoc/0.1.0"

whatis("hpcdoc: says what is wrong on an HPC cluster, why, and what to do next")
help([[hpcdoc job explain JOBID]])
prepend_path("PATH", pathJoin(root, "bin"))
prepend_path("MANPATH", pathJoin(root, "share/man"))
