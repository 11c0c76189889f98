#!/bin/bash
ulimit -c 0
case $SLURM_ARRAY_TASK_ID in
3 | 9 | 17) python3 -c "import numpyx" ;;
5) exec python3 -c "import os; os.kill(os.getpid(), 11)" ;;
7) exec lammps_mpi ;;
11) python3 -c "x = bytearray(1000 * 1024 * 1024)" ;;
*) echo "task $SLURM_ARRAY_TASK_ID done" ;;
esac
