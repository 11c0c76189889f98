# shellcheck shell=bash
# Jobs that failed by their own hand: before the first line, by signal, by exit code.

# scenario: output-unwritable | job.output-unwritable | the directory of --output cannot be written (0:53)
submit_output_unwritable() { job alice -o /nosuch/dir/job-%j.out <<<'#!/bin/bash
hostname'; }

# scenario: output-unwritable-mode | job.output-unwritable | the directory belongs to somebody else
submit_output_unwritable_mode() { job alice -o /home/sue/job-%j.out <<<'#!/bin/bash
hostname'; }

# scenario: workdir-missing | job.workdir-missing | --chdir does not exist on the node: it ran in /tmp
submit_workdir_missing() { job alice -D /home/alice/no-such-run -o /home/alice/work/job-%j.out <<<'#!/bin/bash
cat input.dat'; }

# scenario: command-not-found | job.command-not-found | exit 127
submit_command_not_found() { job alice <<<'#!/bin/bash
lammps_mpi -in melt.in'; }

# scenario: not-executable | job.not-executable | exit 126
submit_not_executable() {
    put alice solver 644 <<<'#!/bin/bash
echo never'
    job alice <<<'#!/bin/bash
./solver'
}

# scenario: bad-interpreter | job.bad-interpreter | the script's own interpreter does not exist
submit_bad_interpreter() { job alice <<<'#!/opt/python/3.99/bin/python
print("never")'; }

# scenario: bad-interpreter-crlf | job.bad-interpreter | it calls a script with DOS line ends
submit_bad_interpreter_crlf() {
    printf '#!/bin/bash\r\necho never\r\n' | put alice prepare.sh 755
    job alice <<<'#!/bin/bash
./prepare.sh'
}

# scenario: segfault | job.segfault | the batch script itself dies of SIGSEGV
submit_segfault() { job alice <<<'#!/bin/bash
ulimit -c 0
kill -SEGV $$'; }

# scenario: segfault-step | job.segfault | an srun step dies of SIGSEGV
submit_segfault_step() { job alice <<<'#!/bin/bash
ulimit -c 0
set -e
srun python3 -c "import os; os.kill(os.getpid(), 11)"'; }

# scenario: segfault-child | job.segfault | a program of the script dies of SIGSEGV: exit 139
submit_segfault_child() { job alice <<<'#!/bin/bash
ulimit -c 0
python3 -c "import os; os.kill(os.getpid(), 11)"'; }

# scenario: aborted | job.aborted | SIGABRT in a program: exit 134
submit_aborted() { job alice <<<'#!/bin/bash
ulimit -c 0
python3 -c "import os; os.abort()"'; }

# scenario: bus-error | job.bus-error | SIGBUS in a program: exit 135
submit_bus_error() { job alice <<<'#!/bin/bash
ulimit -c 0
python3 -c "import os; os.kill(os.getpid(), 7)"'; }

# scenario: illegal-instruction | job.illegal-instruction | SIGILL in a program: exit 132
submit_illegal_instruction() { job alice <<<'#!/bin/bash
ulimit -c 0
python3 -c "import os; os.kill(os.getpid(), 4)"'; }

# scenario: float-exception | job.float-exception | SIGFPE in a program: exit 136
submit_float_exception() { job alice <<<'#!/bin/bash
ulimit -c 0
python3 -c "import os; os.kill(os.getpid(), 8)"'; }

# scenario: killed | job.killed | kill -9 of the script itself
submit_killed() { job alice <<<'#!/bin/bash
kill -KILL $$'; }

# scenario: killed-child | job.killed | kill -9 of a program: exit 137, no sign of memory trouble
submit_killed_child() { job alice <<<'#!/bin/bash
python3 -c "import os; os.kill(os.getpid(), 9)"'; }

# scenario: terminated | job.terminated | kill -15 of the script itself
submit_terminated() { job alice <<<'#!/bin/bash
kill -TERM $$'; }

# scenario: failed-python-module | job.failed-in-application | ModuleNotFoundError
submit_failed_python_module() { job alice <<<'#!/bin/bash
python3 -c "import numpyx"'; }

# scenario: failed-disk-quota | job.failed-in-application | Disk quota exceeded
submit_failed_disk_quota() { job alice <<<'#!/bin/bash
echo "writing checkpoint 12"
echo "cp: error writing '"'/scratch/alice/ckpt.12'"': Disk quota exceeded" >&2
exit 1'; }

# scenario: failed-fortran | job.failed-in-application | a Fortran runtime error, exit 2
submit_failed_fortran() { job alice <<<'#!/bin/bash
echo " reading grid.dat"
printf "At line 42 of file solve.f90 (unit = 10, file = '"'grid.dat'"')\nFortran runtime error: End of file\n" >&2
exit 2'; }

# scenario: failed-mpi-abort | job.failed-in-application | MPI_ABORT, exit 16
submit_failed_mpi_abort() { job alice <<<'#!/bin/bash
cat >&2 <<TEXT
--------------------------------------------------------------------------
MPI_ABORT was invoked on rank 3 in communicator MPI_COMM_WORLD
with errorcode 16.
--------------------------------------------------------------------------
TEXT
exit 16'; }

# scenario: failed-exit-code | job.failed-in-application | exit 3 and not a word in the log
submit_failed_exit_code() { job alice <<<'#!/bin/bash
exit 3'; }

# scenario: step-failed | job.step-failed | the step fails, the script goes on and ends 0
submit_step_failed() { job alice <<<'#!/bin/bash
srun bash -c "echo no convergence after 500 iterations >&2; exit 7"
echo ok'; }
until_step_failed() { ended_as "$1" COMPLETED; }

# scenario: step-failed-pipe | job.step-failed | srun into tee hides the failure
submit_step_failed_pipe() { job alice <<<'#!/bin/bash
srun bash -c "echo starting; exit 5" | tee run.log'; }
until_step_failed_pipe() { ended_as "$1" COMPLETED; }
