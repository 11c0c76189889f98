// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "job/script.hpp"

namespace script_test {

using hpcdoc::job::read_script;
using hpcdoc::job::ScriptFacts;

TEST_CASE("directives count only before the first command, and at the start of the line")
{
    const ScriptFacts facts = read_script(
        "#!/bin/bash\n#SBATCH --mem=4G\n# a remark\n  #SBATCH --time=1\n\n#SBATCH -c 8\necho\n#SBATCH --mem=8G\n");
    REQUIRE(facts.directives.size() == 2);
    CHECK(facts.directives[0].line == 2);
    CHECK(facts.directives[1].line == 6);
    REQUIRE(facts.directive("--mem") != nullptr);
    CHECK(facts.directive("--mem")->text == "#SBATCH --mem=4G");
    CHECK(facts.directive("--time") == nullptr);
}

TEST_CASE("short forms name the same option, and the last one wins")
{
    const ScriptFacts facts =
        read_script("#!/bin/bash\n#SBATCH -t 1:00:00 -c4\n#SBATCH --cpus-per-task 8\n#SBATCH -o out.txt\n");
    REQUIRE(facts.directive("--time") != nullptr);
    CHECK(facts.directive("--time")->line == 2);
    REQUIRE(facts.directive("--cpus-per-task") != nullptr);
    CHECK(facts.directive("--cpus-per-task")->line == 3);
    CHECK(facts.directive("--output") != nullptr);
    CHECK(facts.directive("--ntasks") == nullptr);
}

TEST_CASE("an option that only begins alike is another one")
{
    const ScriptFacts facts =
        read_script("#SBATCH --mem-per-cpu=1G\n#SBATCH --ntasks-per-node=4\n#SBATCH --time-min=5\n");
    CHECK(facts.directive("--mem") == nullptr);
    CHECK(facts.directive("--mem-per-cpu") != nullptr);
    CHECK(facts.directive("--ntasks") == nullptr);
    CHECK(facts.directive("--time") == nullptr);
}

TEST_CASE("python buffers its output unless it is told not to")
{
    CHECK(read_script("#!/bin/bash\npython train.py\n").buffered_python.has_value());
    CHECK(read_script("srun python3.11 train.py --lr 1\n").buffered_python.has_value());
    CHECK(read_script("/opt/conda/bin/python train.py\n").buffered_python.has_value());
    CHECK_FALSE(read_script("python -u train.py\n").buffered_python.has_value());
    CHECK_FALSE(read_script("python3 -Bu train.py\n").buffered_python.has_value());
    CHECK_FALSE(read_script("export PYTHONUNBUFFERED=1\npython train.py\n").buffered_python.has_value());
    CHECK_FALSE(read_script("stdbuf -oL python train.py\n").buffered_python.has_value());
    CHECK_FALSE(read_script("# python train.py\necho done\n").buffered_python.has_value());
    CHECK_FALSE(read_script("module load python/3.11\n").buffered_python.has_value());
    CHECK_FALSE(read_script("pythonic train.py\n").buffered_python.has_value());
}

TEST_CASE("a redirection names the file that the output goes to")
{
    CHECK(read_script("./solver > result.txt\n").redirect_target == "result.txt");
    CHECK(read_script("./solver >> result.txt 2>&1\n").redirect_target == "result.txt");
    CHECK(read_script("exec >\"all.$SLURM_JOB_ID\"\n").redirect.has_value());
    CHECK(read_script("./solver &> both.txt\n").redirect_target == "both.txt");
    CHECK_FALSE(read_script("./solver > /dev/null\n").redirect.has_value());
    CHECK_FALSE(read_script("./solver 2> errors.txt\n").redirect.has_value());
    CHECK_FALSE(read_script("./solver 2>&1\n").redirect.has_value());
    CHECK_FALSE(read_script("if (( a -> b )); then :; fi\n").redirect.has_value());
}

TEST_CASE("the number of threads is read where it is a number")
{
    CHECK(read_script("export OMP_NUM_THREADS=8\n").thread_count == 8);
    CHECK(read_script("MKL_NUM_THREADS=4 ./solver\n").thread_count == 4);
    CHECK_FALSE(read_script("export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK\n").threads.has_value());
    CHECK_FALSE(read_script("export OMP_NUM_THREADS=0\n").threads.has_value());
    CHECK_FALSE(read_script("export OMP_NUM_THREADS=99999999999\n").threads.has_value());
}

TEST_CASE("a launcher is noticed anywhere in a line, but not within a word")
{
    CHECK(read_script("time srun ./a.out\n").launches);
    CHECK(read_script("torchrun --nproc 4 train.py\n").launches);
    CHECK_FALSE(read_script("echo mysrunner\n").launches);
    CHECK_FALSE(read_script("#SBATCH --mem=1\n# srun here\n").launches);
}

TEST_CASE("a script that is none is read without harm")
{
    CHECK(read_script("").directives.empty());
    CHECK(read_script(std::string(1 << 20, '\n')).directives.empty());
    CHECK(read_script(std::string("\x7f"
                                  "ELF\0\xff\xfe\n#SBATCH --mem=1\n",
                                  24))
              .directives.empty());
    CHECK(read_script("#SBATCH --mem=4G\r\n#SBATCH --time=5\r\n").directive("--mem")->text == "#SBATCH --mem=4G");
    CHECK(read_script(std::string(1 << 20, 'x') + " > out").redirect_target == "out");
}

} // namespace script_test
