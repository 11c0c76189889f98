#!/bin/bash
srun python3 -c "x = bytearray(1000 * 1024 * 1024)"
echo "finished"
